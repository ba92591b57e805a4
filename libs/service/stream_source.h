#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/base/interruption.h"
#include "libs/storage/inbox.h"
#include "libs/storage/outbox.h"

namespace grpc {
class ChannelInterface;
}

namespace xiufu::storage {
class Database;
}

namespace xiufu::service {

// A producer's streams as a consumer sees them: how far they go, and the events themselves. What
// catching up stands on.
class StreamSource {
 public:
  virtual ~StreamSource() = default;

  // All epochs of the producer's streams that match `patterns`, by stream then epoch. `marks` (all
  // that the consumer has of them) are kept by the producer for retention. Blocking, with a
  // deadline; any worker thread.
  virtual absl::StatusOr<std::vector<storage::StreamHead>> Heads(
      const std::string& consumer, const std::vector<std::string>& patterns,
      const std::vector<storage::Mark>& marks) = 0;

  // Calls `take` with each run's bytes (as messaging::DecodeRun expects) from `from_seq` to the
  // head at the time of the call, or until take returns false, which is OK too. NOT_FOUND for a
  // stream or epoch that the producer does not hold; OUT_OF_RANGE below the floor, with reason
  // metadata "first" (libs/base/status.h).
  virtual absl::Status Read(const std::string& consumer, const std::string& stream, int64_t epoch,
                            int64_t from_seq, absl::FunctionRef<bool(std::string run)> take) = 0;
};

// Over a channel to the producer's StreamService (libs/rpc/channel.h). Heads takes at most
// `heads_timeout`; Read at most `read_timeout` in all. UNAVAILABLE or DEADLINE_EXCEEDED when the
// producer does not answer: try again later, from the mark then reached; CANCELLED when
// `interruption` (nullptr: none; else outlives it) cut the call short.
std::unique_ptr<StreamSource> NewGrpcStreamSource(
    const std::shared_ptr<grpc::ChannelInterface>& channel,
    absl::Duration heads_timeout = absl::Seconds(5),
    absl::Duration read_timeout = absl::Seconds(60), Interruption* interruption = nullptr);

// Over a store in the same process: the simulation and tests. With Options::run_inline the marks
// are written by the next RunPending().
std::unique_ptr<StreamSource> NewLocalStreamSource(storage::Database* database, const Clock* clock);

}  // namespace xiufu::service
