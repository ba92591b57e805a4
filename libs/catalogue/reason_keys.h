#pragma once

#include "absl/strings/string_view.h"
#include "libs/catalogue/rule.h"

namespace xiufu::catalogue {

// Keys of reasons.toml that evaluation uses; loading insists on them and their arguments.
inline constexpr absl::string_view kEligibleAtOnce = "ELIGIBLE_AT_ONCE";
inline constexpr absl::string_view kEligibleAfterMinimum = "ELIGIBLE_AFTER_MINIMUM";
inline constexpr absl::string_view kNotYet = "NOT_YET";
inline constexpr absl::string_view kPublicityOver = "PUBLICITY_OVER";
inline constexpr absl::string_view kPublicityUntil = "PUBLICITY_UNTIL";
inline constexpr absl::string_view kExcluded = "EXCLUDED";
inline constexpr absl::string_view kNoRuleInForce = "NO_RULE_IN_FORCE";
inline constexpr absl::string_view kClassIs = "CLASS_IS";
inline constexpr absl::string_view kClassPending = "CLASS_PENDING";
inline constexpr absl::string_view kRegimesAllow = "REGIMES_ALLOW";
inline constexpr absl::string_view kRegimesRefuse = "REGIMES_REFUSE";
inline constexpr absl::string_view kRegimesDiffer = "REGIMES_DIFFER";
inline constexpr absl::string_view kRegimeUnknown = "REGIME_UNKNOWN";

// The name of a class that is settled.
inline absl::string_view ClassKey(RecordClass record_class) {
  return record_class == RecordClass::kMinor     ? "CLASS_MINOR"
         : record_class == RecordClass::kGeneral ? "CLASS_GENERAL"
                                                 : "CLASS_SERIOUS";
}

inline constexpr absl::string_view kReasonKeys[] = {
    kEligibleAtOnce, kEligibleAfterMinimum, kNotYet,        kPublicityOver, kPublicityUntil,
    kExcluded,       kNoRuleInForce,        kClassIs,       kClassPending,  kRegimesAllow,
    kRegimesRefuse,  kRegimesDiffer,        kRegimeUnknown, "CLASS_MINOR",  "CLASS_GENERAL",
    "CLASS_SERIOUS"};

}  // namespace xiufu::catalogue
