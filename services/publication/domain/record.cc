#include "services/publication/domain/record.h"

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"

namespace xiufu::publication {
namespace {

// Length-prefixed, so that no two contents have one encoding.
void AppendPart(std::string& bytes, absl::string_view part) {
  absl::StrAppend(&bytes, part.size(), ":", part);
}

void AppendDay(std::string& bytes, const std::optional<absl::CivilDay>& day) {
  AppendPart(bytes, day ? FormatDay(*day) : "");
}

// What other kinds of records than penalties, or later layouts, tell besides. Nothing where there
// is nothing of it, so that records of before keep their fingerprints.
void AppendListing(std::string& bytes, const RecordContent& content) {
  const bool plain = content.key.matter == catalogue::MatterKind::kPenalty &&
                     content.procedure.empty() && !content.published_on && !content.corrected_on &&
                     !content.restriction_until &&
                     content.repair_basis == catalogue::Basis::kOrdinary;
  if (plain) return;
  for (absl::string_view part :
       {ToString(content.key.matter), absl::string_view(content.key.entry),
        absl::string_view(content.list_name), absl::string_view(content.ground),
        absl::string_view(content.procedure), ToString(content.repair_basis)}) {
    AppendPart(bytes, part);
  }
  AppendDay(bytes, content.published_on);
  AppendDay(bytes, content.corrected_on);
  AppendDay(bytes, content.restriction_until);
}

void AppendReported(std::string& bytes, const std::optional<Reported>& reported) {
  if (!reported) return;
  for (absl::string_view part :
       {ToString(reported->kind), absl::string_view(reported->authority_name),
        absl::string_view(reported->authority_uscc), absl::string_view(reported->reason)}) {
    AppendPart(bytes, part);
  }
  AppendDay(bytes, reported->day);
}

}  // namespace

absl::string_view ToString(RecordState state) {
  switch (state) {
    case RecordState::kPublished:
      return "PUBLISHED";
    case RecordState::kNotPublished:
      return "NOT_PUBLISHED";
    case RecordState::kEnded:
      return "ENDED";
    case RecordState::kExpired:
      return "EXPIRED";
    case RecordState::kWithdrawn:
      return "WITHDRAWN";
    case RecordState::kShielded:
      return "SHIELDED";
  }
  return "UNKNOWN";
}

std::string Fingerprint(const RecordContent& content) {
  std::string bytes;
  for (absl::string_view part :
       {absl::string_view(content.key.authority_uscc), absl::string_view(content.key.document_no),
        absl::string_view(content.key.subject_uscc), absl::string_view(content.subject_name),
        absl::string_view(content.subject_kind), absl::string_view(content.authority_name),
        absl::string_view(content.violation), absl::string_view(content.facts),
        absl::string_view(content.basis), absl::string_view(content.penalty),
        absl::string_view(content.licence), absl::string_view(content.source_name),
        absl::string_view(content.source_uscc), absl::string_view(content.remark)}) {
    AppendPart(bytes, part);
  }
  AppendDay(bytes, content.decision_date);
  AppendDay(bytes, content.valid_until);
  AppendDay(bytes, content.publicity_end);
  absl::StrAppend(&bytes, content.fine_fen, ";", content.confiscated_fen, ";",
                  content.penalty_kinds.size(), ";");
  for (const std::string& kind : content.penalty_kinds) AppendPart(bytes, kind);
  for (const auto& [column, value] : content.extra) {
    AppendPart(bytes, column);
    AppendPart(bytes, value);
  }
  AppendListing(bytes, content);
  AppendReported(bytes, content.reported);
  return Sha256(bytes);
}

}  // namespace xiufu::publication
