#pragma once

#include <map>

#include "libs/service/work.h"
#include "libs/storage/database.h"
#include "services/intake/app/tell_upstream.h"

namespace xiufu::intake {

// The job: one return to its door. On a worker thread; reads the store, never writes it.
class ReturnUpstream {
 public:
  ReturnUpstream(storage::Database* database, const ReturnTable* returns, const TellUpstream* tell,
                 std::map<FrontDoor, UpstreamDoor*> doors)
      : database_(database), returns_(returns), tell_(tell), doors_(std::move(doors)) {}

  service::JobOutcome operator()(const storage::Job& job, absl::Time deadline) const;

 private:
  storage::Database* const database_;
  const ReturnTable* const returns_;
  const TellUpstream* const tell_;
  const std::map<FrontDoor, UpstreamDoor*> doors_;
};

}  // namespace xiufu::intake
