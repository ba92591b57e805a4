#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/id.h"
#include "services/publication/domain/decision.h"
#include "services/publication/domain/record.h"

namespace xiufu::publication {

// A person has compared a refused decision with the record as it is now.
struct LetStand {
  std::string person;
  std::string why;
  absl::Time at;
};

// What became of a decision here. Kept for ever: the same decision again finds it.
struct Ending {
  enum class Outcome { kEnded = 1, kRefused = 2 };  // stored numbers
  EnteredDecision decision;
  std::vector<std::string> effects;  // of the decision's, those that publication carries
  Outcome outcome = Outcome::kRefused;
  uint64_t version = 0;                       // of the record: after the change, or as it was found
  std::string reason;                         // of a refusal, kept when it is carried out after all
  RecordState now = RecordState::kPublished;  // of the record, once decided
  // What it had to be restored to, if the decision were revoked: the record's state before, and the
  // decision that had led to that.
  RecordState former = RecordState::kPublished;
  Id former_by;
  Id revoked_by;                      // none while the decision is valid
  std::optional<LetStand> let_stand;  // carried out by this
};

// The effects that publication carries; none: the decision is no business of ours.
std::vector<std::string> OwnEffects(const EnteredDecision& decision);

// Ends the record's publicity or shields it, or refuses: a record whose version has changed is not
// the one that was decided upon. Changes `record` exactly when the outcome is kEnded.
Ending DecideEnding(const EnteredDecision& decision, Record& record);

// True when both are about the same decision with the same content.
bool SameDecision(const EnteredDecision& a, const EnteredDecision& b);

}  // namespace xiufu::publication
