#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/storage/database.h"
#include "libs/storage/outbox.h"

namespace xiufu::service {

// Reads a stream of this store as runs, from a seq to the head at the time of Open, one page at a
// time. One thread.
class RunReader {
 public:
  // NOT_FOUND for a stream or epoch that this store does not hold, OUT_OF_RANGE below the floor
  // (outbox.h), INVALID_ARGUMENT with a violation for a from_seq below 1.
  static absl::StatusOr<RunReader> Open(storage::Database* database, std::string stream,
                                        int64_t epoch, int64_t from_seq);

  // The next run: at most 64 events and 256 KiB, from the stored bytes. Empty after the last one.
  absl::StatusOr<std::string> Next();

 private:
  RunReader(storage::Database* database, std::string stream, int64_t epoch, int64_t next,
            int64_t head)
      : database_(database), stream_(std::move(stream)), epoch_(epoch), next_(next), head_(head) {}
  absl::Status FillPage();

  storage::Database* database_;
  std::string stream_;
  int64_t epoch_;
  int64_t next_;  // first seq not yet in a run
  int64_t head_;
  std::vector<storage::OutboxRow> page_;  // what one read brought and a run could not hold yet
  size_t taken_ = 0;                      // of page_
};

}  // namespace xiufu::service
