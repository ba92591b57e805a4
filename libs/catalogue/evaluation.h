#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/catalogue/messages.h"
#include "libs/catalogue/rule.h"

namespace xiufu::catalogue {

enum class Verdict {
  kEligible,
  kNotYet,         // `earliest` says from when
  kNotRepairable,  // nothing to apply for: excluded, not to be published, or it ends by itself
  kNeedsPerson,    // the machine does not decide this: it may be submitted and a person decides
};
absl::string_view ToString(
    Verdict verdict);  // "ELIGIBLE", "NOT_YET", "NOT_REPAIRABLE", "NEEDS_PERSON"

// What one rule says about the time of one record.
struct Window {
  std::string rule_id;
  calendar::Period minimum;
  Anchor anchor = Anchor::kDecision;       // of the minimum
  std::optional<absl::CivilDay> earliest;  // first day on which one may apply
  std::optional<absl::CivilDay> end;       // last day of publicity
  // Why there is no `earliest`, where there is none.
  enum class Open {
    kAnchorMissing,   // the record does not tell the day that the minimum starts from
    kBeforeAllRules,  // no rule known here was in force then
    kTied,            // nothing tells apart the rules that were
    kByPerson,        // the rule leaves it to the authority
    kNever,           // the law of its time allowed no application at all
  };
  Open open = Open::kAnchorMissing;
  bool anchor_assumed = false;  // the day of the determination had to stand for it: only earlier
  std::string source;
  std::string confidence;
};

// A condition and whether it holds.
struct ConditionState {
  enum class State {
    kMet,
    kNotMet,
    kToProve,      // the papers must show it
    kByAuthority,  // the authority knows
  };
  std::string id;
  BilingualText name;
  State state = State::kToProve;
  std::vector<std::string> materials;  // that prove it
};
absl::string_view ToString(ConditionState::State state);  // "MET", "NOT_MET", ...

// A rule that fits the record but does not govern it alone.
struct Considered {
  std::string rule_id;
  BilingualText why;
};

struct Evaluation {
  Verdict verdict = Verdict::kNeedsPerson;
  // The rule that governs the procedure, also where a person decides. Empty only when no rule is in
  // force on that day or nothing tells two of them apart: then nothing can be submitted.
  std::string rule_id;
  std::optional<RecordClass> record_class;  // nothing where the law of that day knows no classes
  std::optional<absl::CivilDay> earliest;   // first day on which one may apply
  std::optional<absl::CivilDay> publicity_end;  // last day of publicity
  BilingualText why_no_end;                     // where there is none; empty: the first reason
  bool publishable = true;                      // false: it may not be published at all
  std::vector<BilingualText> reasons;           // for the applicant, most important first
  std::vector<Window>
      windows;  // of the governing rule, then of those that are worked out beside it
  std::vector<Considered> considered;
  std::vector<ConditionState> conditions;
  std::vector<std::string> to_prove;   // ids of the conditions that papers must show
  std::vector<std::string> materials;  // kinds, see Catalogue::FindMaterial
  std::string source;                  // articles the verdict rests on
  std::string confidence;              // of the least sure of them
};

}  // namespace xiufu::catalogue
