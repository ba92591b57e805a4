#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/messaging/envelope.h"
#include "libs/storage/session.h"
#include "libs/storage/tx.h"

namespace xiufu::storage {

class WaitingIndex;  // waiting_index.h, private to this library

enum class WaitingState { kRetry, kParked, kBehind, kDiscarded };

// A claimed event whose handling is not done. Never deleted before it succeeded; a discarded one is
// kept as well.
struct WaitingRow {
  int64_t id = 0;  // ascending: the order of an application's events
  WaitingState state = WaitingState::kRetry;
  int attempts = 0;
  absl::Time due;        // kRetry only
  absl::Time first_now;  // time of first delivery: the `now` of every attempt
  std::string reason;
  messaging::EncodedEvent event;
  absl::Time discarded;        // kDiscarded: when
  std::string discard_reason;  // kDiscarded
};

// What could not be parsed, for lists.
struct PoisonRow {
  int64_t id = 0;
  std::string queue;
  std::string reason;
  int64_t size = 0;
  absl::Time received;
};

// Events that wait in the store: to be retried, parked for a person, or behind another of their
// application. Two events belong together when they are of the same application and either has no
// case or both have the same.
class Waiting {
 public:
  Waiting();
  ~Waiting();

  // True when a row that is not discarded stands before an event with these ids. Cheap when nothing
  // waits.
  bool Blocks(Tx& tx, const Id& application, const Id& case_id) const;

  void Add(Tx& tx, const messaging::EncodedEvent& event, WaitingState state, int attempts,
           absl::Time due, absl::Time first_now, absl::string_view reason);

  // The earliest retry row that is due; nothing when none is.
  std::optional<WaitingRow> NextDue(Session& session, absl::Time now) const;
  // When the next retry row is due; InfiniteFuture when none waits.
  absl::Time NextDueTime(Session& session) const;
  std::optional<WaitingRow> Find(Session& session, int64_t id) const;

  void Reschedule(Tx& tx, int64_t id, int attempts, absl::Time due, absl::string_view reason);
  void Park(Tx& tx, int64_t id, int attempts, absl::string_view reason);
  // Done: deletes the row and makes the rows that stood behind it, and behind no other, due at
  // once.
  void Release(Tx& tx, int64_t id, absl::Time now);

  // Operator's verbs. FAILED_PRECONDITION when the row is not parked, NOT_FOUND when it does not
  // exist.
  absl::Status Replay(Tx& tx, int64_t id, absl::Time now);
  absl::Status Discard(Tx& tx, int64_t id, absl::string_view reason, absl::Time now);

  // Rows after `after_id` in id order; all states when `state` is nothing.
  std::vector<WaitingRow> List(Session& session, std::optional<WaitingState> state,
                               int64_t after_id, int limit) const;
  std::vector<PoisonRow> ListPoison(Session& session, int64_t after_id, int limit) const;

  struct Counts {
    int64_t retry = 0, parked = 0, behind = 0, poison = 0;
  };
  Counts Count(Session& session) const;

 private:
  friend struct Engine;
  void Changed(Tx& tx, const Id& application);
  void SetState(Tx& tx, int64_t id, WaitingState state, int attempts, absl::Time due,
                absl::string_view reason);
  void FreeFollowers(Tx& tx, const Id& application, absl::Time now);
  absl::Status Parked(Session& session, int64_t id) const;

  std::unique_ptr<WaitingIndex> index_;
};

}  // namespace xiufu::storage
