#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "libs/base/id.h"
#include "libs/catalogue/worded_record.h"
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
  RecordState state = RecordState::kUnspecified;
  std::optional<absl::CivilDay> publicity_end;  // where the feed gave one
  // What the law looks at; of long texts the first characters. Which authority it is, `authority`
  // tells.
  catalogue::WordedRecord words;
  friend bool operator==(const RecordSnapshot&, const RecordSnapshot&) = default;
};

// Why all records of a request should end, where the request says; nothing: as each record has it.
using ChosenBasis = std::optional<catalogue::Basis>;
// What an applicant may name. Everything else a document of an authority names.
inline bool IsForApplicants(catalogue::Basis basis) {
  return basis == catalogue::Basis::kOrdinary || basis == catalogue::Basis::kBankruptcyPlan ||
         basis == catalogue::Basis::kBankruptcyExecuted || basis == catalogue::Basis::kContribution;
}
inline void Choose(const ChosenBasis& basis, std::vector<RecordSnapshot>& records) {
  if (!basis) return;
  for (RecordSnapshot& record : records) {
    // That of a breach is the finding itself.
    if (record.words.matter != catalogue::MatterKind::kBreach) record.words.basis = *basis;
  }
}

// Which rule, in which edition of catalogue and calendar, something was decided by.
struct RuleRef {
  std::string rule_id;
  std::string catalogue_version;
  std::string catalogue_sha256;
  std::string calendar_version;
  friend bool operator==(const RuleRef&, const RuleRef&) = default;
};

}  // namespace xiufu::intake
