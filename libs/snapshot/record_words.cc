#include "libs/snapshot/record_words.h"

#include <optional>

#include "absl/strings/strip.h"
#include "libs/base/legal_day.h"

namespace xiufu {
namespace {

// A snapshot of before there were other kinds says nothing of its kind.
std::optional<catalogue::MatterKind> MatterOf(const common::v1::RecordSnapshot& snapshot) {
  if (snapshot.matter() == common::v1::MATTER_KIND_UNSPECIFIED) {
    return catalogue::MatterKind::kPenalty;
  }
  absl::string_view name = common::v1::MatterKind_Name(snapshot.matter());
  absl::ConsumePrefix(&name, "MATTER_KIND_");
  return catalogue::MatterNamed(name);
}

std::optional<catalogue::Basis> BasisOf(const common::v1::RecordSnapshot& snapshot) {
  if (snapshot.repair_basis().empty()) return catalogue::Basis::kOrdinary;
  return catalogue::BasisNamed(snapshot.repair_basis());
}

// False for what is neither empty nor a day.
bool TakeDay(absl::string_view text, std::optional<absl::CivilDay>& day) {
  if (text.empty()) return true;
  const absl::StatusOr<absl::CivilDay> parsed = ParseDay(text);
  if (parsed.ok()) day = *parsed;
  return parsed.ok();
}

}  // namespace

absl::StatusOr<catalogue::WordedRecord> WordsOf(const common::v1::RecordSnapshot& snapshot) {
  catalogue::WordedRecord words;
  const absl::StatusOr<absl::CivilDay> determined_on = ParseDay(snapshot.decision_date());
  if (!determined_on.ok()) {
    return absl::InvalidArgumentError("a record without a proper decision date");
  }
  words.determined_on = *determined_on;
  const std::optional<catalogue::MatterKind> matter = MatterOf(snapshot);
  if (!matter) return absl::InvalidArgumentError("a record of an unknown kind");
  words.matter = *matter;
  const std::optional<catalogue::Basis> basis = BasisOf(snapshot);
  if (!basis) return absl::InvalidArgumentError("a record with an unknown basis of repair");
  words.basis = *basis;
  if (!TakeDay(snapshot.published_on(), words.published_on) ||
      !TakeDay(snapshot.corrected_on(), words.corrected_on) ||
      !TakeDay(snapshot.restriction_until(), words.restriction_until) ||
      !TakeDay(snapshot.restarted_on(), words.restarted_on)) {
    return absl::InvalidArgumentError("a record with something that is no day");
  }
  words.authority_name = snapshot.authority().name();
  words.authority_uscc = snapshot.authority().uscc();
  words.kinds.assign(snapshot.penalty_kinds().begin(), snapshot.penalty_kinds().end());
  words.fine_fen = snapshot.fine_fen();
  words.confiscated_fen = snapshot.confiscated_fen();
  words.procedure = snapshot.procedure();
  words.violation = snapshot.violation();
  words.legal_basis = snapshot.legal_basis();
  words.list_name = snapshot.list_name();
  words.ground = snapshot.ground();
  return words;
}

}  // namespace xiufu
