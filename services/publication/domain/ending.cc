#include "services/publication/domain/ending.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace xiufu::publication {
namespace {

constexpr char kOwnSuffix[] = "@publication";
constexpr char kShield[] = "SHIELD@publication";

// It ended without a decision: by itself, or because the authority ended or annulled it.
bool EndedOtherwise(const Record& record) {
  const bool by_authority =
      record.state == RecordState::kEnded || record.state == RecordState::kWithdrawn;
  return record.state == RecordState::kExpired || (by_authority && record.ended_by.IsNone());
}

// Nothing changed since it was decided upon, or nothing but that it ended otherwise: then the
// decision stands, and the subject is repaired and not merely forgotten.
bool IsTheOneDecidedUpon(const EnteredDecision& decision, const Record& record) {
  return record.version == decision.record_version ||
         (EndedOtherwise(record) && record.version == decision.record_version + 1);
}

// Why a record in this state can not be ended by a repair; empty when it can.
std::string Obstacle(const EnteredDecision& decision, const Record& record) {
  if (!IsTheOneDecidedUpon(decision, record)) {
    return absl::StrCat("记录版本已变更：决定针对版本", decision.record_version, "，现为版本",
                        record.version, " / the record has changed since it was decided upon");
  }
  if (EndedOtherwise(record)) return "";
  switch (record.state) {
    case RecordState::kPublished:
    case RecordState::kNotPublished:
    case RecordState::kShielded:
      return "";
    case RecordState::kEnded:
    case RecordState::kExpired:
    case RecordState::kWithdrawn:
      break;
  }
  return absl::StrCat("记录公示状态为", ToString(record.state), "，不能终止公示 / the record is ",
                      ToString(record.state), ", nothing is left to end");
}

// For the time of a reorganisation plan only (暂时屏蔽).
bool IsForATime(const std::vector<std::string>& effects) {
  return std::find(effects.begin(), effects.end(), kShield) != effects.end();
}

// What was over before has nothing to be shielded; one that the authority itself ended or annulled
// keeps the day and the word of that.
void CarryOutOn(const EnteredDecision& decision, bool for_a_time, Record& record) {
  if (for_a_time && EndedOtherwise(record)) return;
  record.version += 1;
  record.ended_by = decision.decision;
  if (record.state == RecordState::kEnded || record.state == RecordState::kWithdrawn) return;
  record.state = for_a_time ? RecordState::kShielded : RecordState::kEnded;
  record.ended_at = decision.entered_at;
  record.result_word = decision.result_word;
}

auto Tied(const EnteredDecision& d) {
  return std::tie(d.decision, d.case_id, d.application, d.record, d.record_version, d.approved,
                  d.entered_at, d.effects, d.result_word);
}

}  // namespace

std::vector<std::string> OwnEffects(const EnteredDecision& decision) {
  std::vector<std::string> own;
  if (!decision.approved) return own;
  for (const std::string& effect : decision.effects) {
    if (absl::EndsWith(effect, kOwnSuffix)) own.push_back(effect);
  }
  return own;
}

Ending DecideEnding(const EnteredDecision& decision, Record& record) {
  Ending ending{decision, OwnEffects(decision)};
  ending.reason = Obstacle(decision, record);
  ending.former = record.state;
  ending.former_by = record.ended_by;
  if (ending.reason.empty()) {
    ending.outcome = Ending::Outcome::kEnded;
    CarryOutOn(decision, IsForATime(ending.effects), record);
  }
  ending.version = record.version;
  ending.now = record.state;
  return ending;
}

bool SameDecision(const EnteredDecision& a, const EnteredDecision& b) { return Tied(a) == Tied(b); }

}  // namespace xiufu::publication
