#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/messaging/envelope.h"
#include "libs/storage/session.h"
#include "libs/storage/tx.h"

namespace xiufu::storage {

class OutboxHeads;  // outbox_heads.h, private to this library

// An event that a commit added to a stream.
struct OutboxRow {
  std::string stream;
  int64_t epoch = 0;
  int64_t seq = 0;
  std::string type;
  std::string bytes;  // encoded Envelope
};

// What is known of one epoch of one stream that this store produces.
struct StreamHead {
  std::string stream;
  int64_t epoch = 0;
  int64_t first = 1;  // lowest seq still held; head + 1 when none
  int64_t head = 0;
  int64_t sent_through = 0;
  int64_t previous_epoch = 0;
  int64_t previous_last = 0;
  Id last_id;
};

// The streams this service produces. Numbers are contiguous in each (stream, epoch); the row is the
// event.
class Outbox {
 public:
  Outbox();
  ~Outbox();

  // Completes the envelope (stream's epoch, seq, previous_id) and appends it, inside the caller's
  // savepoint. An envelope without id, type or stream, or too large for a Run, makes the
  // transaction fail with INVALID_ARGUMENT. The caller sets id, source, type, subject, time,
  // dataschema, data, stream, application, case_id, cause, place.
  void Append(Tx& tx, messaging::Envelope envelope);

  // All epochs of all streams that match one of the patterns (all streams for an empty list), by
  // stream then epoch. A stream that has no event in the present epoch is listed with head 0.
  std::vector<StreamHead> Heads(Session& session, const std::vector<std::string>& patterns) const;

  // Up to `max_events` events from `from_seq` on, none above the head. NOT_FOUND for an unknown
  // stream or epoch; OUT_OF_RANGE below the floor, with the first seq available as reason metadata
  // "first" (libs/base/status.h).
  absl::StatusOr<std::vector<OutboxRow>> ReadFrom(Session& session, absl::string_view stream,
                                                  int64_t epoch, int64_t from_seq,
                                                  size_t max_events) const;

  // Remembers how far a consumer says it is (for retention). Epoch 0: it knows of no event yet. A
  // lower mark than before is believed: the consumer was restored.
  void NoteConsumer(Tx& tx, absl::string_view consumer, absl::string_view stream, int64_t epoch,
                    int64_t seq, absl::Time now);

  // Deletes at most `limit` events appended before `keep_after` that every consumer ever heard of
  // is past (while none was heard of: that are sent). The newest event of each epoch of a stream
  // always stays. Returns how many.
  int64_t Prune(Tx& tx, absl::Time keep_after, int64_t limit);

 private:
  friend struct Engine;
  std::unique_ptr<OutboxHeads> heads_;
};

}  // namespace xiufu::storage
