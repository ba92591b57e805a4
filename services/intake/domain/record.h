#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "libs/base/id.h"
#include "libs/catalogue/facts.h"
#include "services/intake/domain/codes.h"

namespace xiufu::intake {

// A determining authority (认定单位) as a record names it.
struct Authority {
  std::string code;
  std::string name;
  std::string uscc;
  friend bool operator==(const Authority&, const Authority&) = default;
};

// Public data of a record as publication gave it at one version.
struct RecordSnapshot {
  Id record;
  uint64_t version = 0;
  std::string subject_uscc;
  std::string subject_name;
  Authority authority;
  std::string document_no;
  absl::CivilDay decision_date;  // of an entry of a list: 列入日期
  std::vector<std::string> penalty_kinds;
  int64_t fine_fen = 0;
  int64_t confiscated_fen = 0;
  RecordState state = RecordState::kUnspecified;
  std::string violation;
  std::optional<absl::CivilDay> publicity_end;  // where the feed gave one
  std::string procedure;
  catalogue::MatterKind matter = catalogue::MatterKind::kPenalty;
  std::string list_name;    // of lists and marks
  std::string ground;       // 列入事由, its first characters
  std::string legal_basis;  // 处罚依据, its first characters
  std::optional<absl::CivilDay> published_on;
  std::optional<absl::CivilDay> corrected_on;
  std::optional<absl::CivilDay> restriction_until;
  catalogue::Basis repair_basis = catalogue::Basis::kOrdinary;
  friend bool operator==(const RecordSnapshot&, const RecordSnapshot&) = default;
};

// Which rule, in which edition of catalogue and calendar, something was decided by.
struct RuleRef {
  std::string rule_id;
  std::string catalogue_version;
  std::string catalogue_sha256;
  std::string calendar_version;
  friend bool operator==(const RuleRef&, const RuleRef&) = default;
};

}  // namespace xiufu::intake
