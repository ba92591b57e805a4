#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "libs/service/catch_up.h"
#include "libs/service/dispatcher.h"
#include "libs/service/due_work.h"
#include "libs/service/handling.h"
#include "libs/service/job_desk.h"
#include "libs/service/stopped_streams.h"
#include "libs/service/stream_source.h"
#include "libs/service/wiring.h"
#include "libs/storage/database.h"

namespace xiufu::simulation {

// What service::Host is with threads, broker and gRPC, this is without: one service on one thread,
// driven step by step. The same wiring, dispatcher, handling, catch-up, jobs and timers.
class SimNode : public storage::CommitListener {
 public:
  SimNode(service::Wiring wiring, storage::Database* database, const Clock* clock);

  const std::string& name() const { return wiring_.service; }
  storage::Database& database() { return *database_; }

  // A message of the bus for one of this service's subscriptions; ignored when none matches.
  void Deliver(const storage::OutboxRow& row);
  // One round of everything that can be done now; true when anything was done.
  bool Step();
  // Asks a producer what is missing.
  void CatchUpWith(SimNode& producer);
  // When something is next due by itself; InfiniteFuture when nothing is.
  absl::Time NextDue() const { return std::min(due_at_, job_at_); }
  // Events committed since the last call, for the bus.
  std::vector<storage::OutboxRow> TakeCommitted();
  // True once a stream's events came with something missing before them; asking resets it.
  bool TakeGap();
  // Streams that were stopped, with the reasons: must stay empty.
  std::map<std::string, std::string> stopped() const { return stopped_.All(); }

  void OnCommitted(storage::Committed& committed) override;

 private:
  struct Line {
    const service::Subscription* subscription = nullptr;
    std::unique_ptr<service::Dispatcher> dispatcher;
    std::unique_ptr<service::CatchUp> catch_up;
  };

  bool RunJobs();
  bool RunDue();
  const std::vector<Line*>& LinesOf(const std::string& stream);

  service::Wiring wiring_;
  storage::Database* const database_;
  const Clock* const clock_;
  service::StoppedStreams stopped_;
  service::Handling handling_;
  service::DueWork due_work_;
  service::JobDesk desk_;
  std::vector<Line> lines_;
  std::map<std::string, std::vector<Line*>> by_stream_;
  // When timers and retries, and when jobs are worth another look: what the store said last, until
  // a commit brings more of them.
  absl::Time due_at_ = absl::InfinitePast();
  absl::Time job_at_ = absl::InfinitePast();
  std::vector<storage::OutboxRow> committed_;
  bool gap_ = false;
};

}  // namespace xiufu::simulation
