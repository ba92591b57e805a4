#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/catalogue/messages.h"
#include "libs/catalogue/rule.h"

namespace xiufu::catalogue {

// What the law looks at in one administrative penalty. Public record data only.
struct PenaltyFacts {
  std::string authority_code;  // of deploy/authorities
  std::vector<std::string> kinds;  // of 行政处罚法 art. 9, as penalty_kinds.toml names them: "罚款"
  int64_t fine_fen = 0;
  int64_t confiscated_fen = 0;
  absl::CivilDay decision_date;
  std::string procedure;  // "简易", "普通" or empty where the feed does not say
};

enum class Verdict {
  kEligible,
  kNotYet,         // `earliest` says from when
  kNotRepairable,  // a law excludes it
  kNeedsPerson,    // the machine does not decide this: it may be submitted and a person decides
};
absl::string_view ToString(
    Verdict verdict);  // "ELIGIBLE", "NOT_YET", "NOT_REPAIRABLE", "NEEDS_PERSON"

struct Evaluation {
  Verdict verdict = Verdict::kNeedsPerson;
  // The rule that governs the procedure, also where a person decides. Empty only when no rule is in
  // force on that day: then nothing can be submitted.
  std::string rule_id;
  RecordClass record_class = RecordClass::kPending;
  std::optional<absl::CivilDay>
      earliest;  // first day on which one may apply; unknown for a pending class
  std::optional<absl::CivilDay>
      publicity_end;                   // last day of publicity; unknown for a pending class
  std::vector<BilingualText> reasons;  // for the applicant, most important first
  std::vector<std::string> materials;  // kinds, see Catalogue::FindMaterial
  std::string source;                  // article the verdict rests on
  std::string confidence;
};

}  // namespace xiufu::catalogue
