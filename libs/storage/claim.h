#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "libs/messaging/envelope.h"
#include "libs/storage/inbox.h"

namespace xiufu::storage {

// A mark, and whether its epoch turned out to be no part of the producer's history any more
// (restored twice). A left epoch counts as none for where the stream is.
struct EpochMark {
  Mark mark;
  bool left = false;
  bool unwritten = false;  // its row is not up to date
};

// The epoch a stream is in: the newest that is not left; nullptr when there is none. `marks` are
// those of one stream, by epoch.
const EpochMark* PresentMark(absl::Span<const EpochMark> marks);

// What a claim comes to, decided from the marks alone.
struct ClaimDecision {
  Claim claim = Claim::kBroken;
  std::vector<Divergence> found;
  // Not 0: the producer's history goes through this epoch and not through newer ones; go back to
  // it.
  int64_t back_to = 0;
};

ClaimDecision DecideClaim(absl::Span<const EpochMark> marks, const messaging::Envelope& envelope);

// Whether an epoch may begin whose producer says that it still holds the one before it up to
// `previous_last`.
struct EntryDecision {
  bool complete = false;
  std::vector<Divergence> found;
  int64_t back_to = 0;
};

EntryDecision DecideEntry(absl::Span<const EpochMark> marks, int64_t epoch, int64_t previous_epoch,
                          int64_t previous_last);

}  // namespace xiufu::storage
