#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "libs/base/clock.h"
#include "libs/service/dispatcher.h"
#include "libs/service/stopped_streams.h"
#include "libs/service/stream_source.h"
#include "libs/service/wiring.h"
#include "libs/storage/database.h"

namespace xiufu::service {

// Brings one subscription level with one producer: asks for its heads, begins new epochs, reads
// what is missing through the dispatcher. Without threads of its own; the CatchUpLoop calls it, and
// so does the simulation.
class CatchUp {
 public:
  struct Parts {
    const Subscription* subscription = nullptr;
    storage::Database* database = nullptr;
    Dispatcher* dispatcher = nullptr;
    StoppedStreams* stopped = nullptr;
    const Clock* clock = nullptr;
    std::function<void(const std::string& stream, const std::string& reason)> on_stopped;
    // Waits until what was submitted to the database is settled; RunPending in the simulation.
    std::function<void()> settle = [] {};
    // True once the service stops: a read under way ends after its present run.
    std::function<bool()> stopping = [] { return false; };
  };
  explicit CatchUp(Parts parts);

  // Blocking. Not OK: the producer did not answer, or the store could not take it; try again later.
  absl::Status Run(StreamSource& source);

 private:
  using Marks = std::vector<storage::Mark>;
  absl::Status LevelStream(StreamSource& source, const storage::StreamHead& head, bool newest_epoch,
                           const Marks& marks_told);
  absl::Status EnterEpoch(const storage::StreamHead& head);
  absl::Status ReadMissing(StreamSource& source, const storage::StreamHead& head, int64_t from);
  bool Contradicts(const storage::StreamHead& head, const Marks& marks_told);
  void Stop(const std::string& stream, const std::string& reason);

  const Parts parts_;
};

}  // namespace xiufu::service
