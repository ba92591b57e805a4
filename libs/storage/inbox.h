#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/messaging/envelope.h"
#include "libs/storage/session.h"
#include "libs/storage/tx.h"

namespace xiufu::storage {

class InboxMarks;  // inbox_marks.h, private to this library

// How far this store has come in one epoch of one stream that it consumes. Kept for ever.
struct Mark {
  std::string stream;
  int64_t epoch = 0;
  int64_t seq = 0;
  Id last_id;  // id of the event at seq; none at 0
};

enum class Claim {
  kNew,     // the mark has moved: handle it now, it will never be offered again
  kDone,    // taken before
  kAhead,   // something before it is missing: read from the mark
  kStale,   // of an epoch that this stream has left behind; recorded for the operator
  kBroken,  // wrong predecessor, or another event where the mark stands: the stream must stop with
            // an alarm
};

// A disagreement that a person should know of: events that one side has and the other has not.
struct Divergence {
  std::string stream;
  int64_t epoch = 0;
  int64_t from_seq = 0;
  int64_t to_seq = 0;
  std::string note;  // kTakenNotHeld, kLateNotTaken, or the caller's own words
};
// This store took them, and the restored producer no longer holds them.
inline constexpr char kTakenNotHeld[] = "taken here, no longer held by the restored producer";
// They came when this store had left their epoch behind.
inline constexpr char kLateNotTaken[] = "came after their epoch was left behind, not taken";

// Effects once: marks move by one, outside savepoints, and are never rolled back by a handler's
// failure.
class Inbox {
 public:
  Inbox();
  ~Inbox();

  // Outside any savepoint. A first event of a newer epoch is new when this store has all that its
  // envelope says the producer still holds of the epoch before; what this store has beyond that is
  // recorded as a Divergence.
  Claim TryClaim(Tx& tx, const messaging::Envelope& envelope, absl::Time now);

  // From the producer's Heads: begins an epoch of which no event has come yet (mark 0), once
  // everything the producer holds of the epochs before it is here. FAILED_PRECONDITION when it is
  // not; keep what it wrote even then (return OK from the write): when the epoch before is an older
  // one than this store is in, because the producer was restored twice, the store has gone back to
  // it, and Newest is it.
  absl::Status EnterEpoch(Tx& tx, absl::string_view stream, int64_t epoch, int64_t previous_epoch,
                          int64_t previous_last, absl::Time now);

  // Of all streams that match one of the patterns, by stream then epoch; what is committed. Any
  // thread.
  std::vector<Mark> Marks(const std::vector<std::string>& patterns) const;
  // Of the epoch that the stream is in, as committed; seq 0 and epoch 0 when the stream is unknown.
  // Any thread.
  Mark Newest(absl::string_view stream) const;

  void RecordDivergence(Tx& tx, const Divergence& divergence, absl::Time now);
  std::vector<Divergence> Divergences(Session& session) const;

  // The attempt rows of a careful start: how often handling this event was begun and not finished,
  // this time included (1 the first time).
  int BeginAttempt(Tx& tx, const messaging::Envelope& envelope);
  void EndAttempt(Tx& tx, const messaging::Envelope& envelope);

  // Leaves what was handled, with what, so that it can be recomputed.
  void RecordInput(Tx& tx, const messaging::EncodedEvent& event, absl::Time now,
                   absl::string_view versions);

  // Keeps what could not be parsed, once per queue and content. Returns true when it was not known.
  bool KeepPoison(Tx& tx, absl::string_view queue, absl::string_view reason, absl::string_view raw,
                  int64_t full_size, absl::Time now);

 private:
  friend struct Engine;
  std::unique_ptr<InboxMarks> marks_;
};

}  // namespace xiufu::storage
