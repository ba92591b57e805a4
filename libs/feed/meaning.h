#pragma once

#include <optional>

#include "absl/strings/string_view.h"

namespace xiufu::feed {

// What a column of a feed can tell. The names are those of deploy/feeds.
enum class Meaning {
  kSubjectName,
  kSubjectKind,
  kSubjectUscc,
  kDocumentNo,
  kViolation,
  kFacts,
  kLegalBasis,
  kPenaltyKinds,
  kPenalty,
  kFine,
  kConfiscated,
  kLicence,
  kProcedure,
  kListName,
  kGround,
  kDeterminedOn,
  kValidUntil,
  kPublicityEnd,
  kPublishedOn,
  kCorrectedOn,
  kRestrictionUntil,
  kRepairBasis,
  kAuthorityName,
  kAuthorityUscc,
  kAuthorityCode,  // a code that counts only when it is a 统一社会信用代码
  kSourceName,
  kSourceUscc,
  kRemark,
  kStatus,
  kReportedOn,
  kReportedBy,
  kReportedByCode,
  kReportedReason,
};
constexpr size_t kMeaningCount = static_cast<size_t>(Meaning::kReportedReason) + 1;

absl::string_view ToString(Meaning meaning);  // "SUBJECT_NAME", ...
std::optional<Meaning> MeaningNamed(absl::string_view name);

}  // namespace xiufu::feed
