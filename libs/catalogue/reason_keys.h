#pragma once

#include "absl/strings/string_view.h"
#include "libs/catalogue/rule.h"

namespace xiufu::catalogue {

// Keys of reasons.toml that evaluation uses; loading insists on them and their arguments.
inline constexpr absl::string_view kEligibleAtOnce = "ELIGIBLE_AT_ONCE";
inline constexpr absl::string_view kEligibleAfterMinimum = "ELIGIBLE_AFTER_MINIMUM";
inline constexpr absl::string_view kNotYet = "NOT_YET";
inline constexpr absl::string_view kRestrictionRuns = "RESTRICTION_RUNS";
inline constexpr absl::string_view kPublicityOver = "PUBLICITY_OVER";
inline constexpr absl::string_view kPublicityUntil = "PUBLICITY_UNTIL";
inline constexpr absl::string_view kPublicityOpen = "PUBLICITY_OPEN";
inline constexpr absl::string_view kNotPublishable = "NOT_PUBLISHABLE";
inline constexpr absl::string_view kEndsByItself = "ENDS_BY_ITSELF";
inline constexpr absl::string_view kByPerson = "BY_PERSON";
inline constexpr absl::string_view kExcluded = "EXCLUDED";
inline constexpr absl::string_view kNoRuleInForce = "NO_RULE_IN_FORCE";
inline constexpr absl::string_view kRulesTied = "RULES_TIED";
inline constexpr absl::string_view kRuleGoesBehind = "RULE_GOES_BEHIND";
inline constexpr absl::string_view kClassIs = "CLASS_IS";
inline constexpr absl::string_view kClassPending = "CLASS_PENDING";
inline constexpr absl::string_view kAnchorMissing = "ANCHOR_MISSING";
inline constexpr absl::string_view kAnchorAssumed = "ANCHOR_ASSUMED";
inline constexpr absl::string_view kWindowsAllow = "WINDOWS_ALLOW";
inline constexpr absl::string_view kWindowsRefuse = "WINDOWS_REFUSE";
inline constexpr absl::string_view kWindowsDiffer = "WINDOWS_DIFFER";
inline constexpr absl::string_view kWindowSays = "WINDOW_SAYS";
inline constexpr absl::string_view kRegimeUnknown = "REGIME_UNKNOWN";
inline constexpr absl::string_view kConditionMinimum = "CONDITION_MINIMUM";

// The name of a class.
inline absl::string_view ClassKey(RecordClass record_class) {
  switch (record_class) {
    case RecordClass::kMinor:
      return "CLASS_MINOR";
    case RecordClass::kGeneral:
      return "CLASS_GENERAL";
    case RecordClass::kSerious:
      return "CLASS_SERIOUS";
    case RecordClass::kPending:
      break;
  }
  return kClassPending;
}

// The name of what a period starts from.
inline absl::string_view AnchorKey(Anchor anchor) {
  switch (anchor) {
    case Anchor::kDocument:
      return "ANCHOR_DOCUMENT";
    case Anchor::kListing:
      return "ANCHOR_LISTING";
    case Anchor::kPublicity:
      return "ANCHOR_PUBLICITY";
    case Anchor::kCorrection:
      return "ANCHOR_CORRECTION";
    case Anchor::kDecision:
      break;
  }
  return "ANCHOR_DECISION";
}

inline constexpr absl::string_view kReasonKeys[] = {kEligibleAtOnce,
                                                    kEligibleAfterMinimum,
                                                    kNotYet,
                                                    kRestrictionRuns,
                                                    kPublicityOver,
                                                    kPublicityUntil,
                                                    kPublicityOpen,
                                                    kNotPublishable,
                                                    kEndsByItself,
                                                    kExcluded,
                                                    kNoRuleInForce,
                                                    kRulesTied,
                                                    kRuleGoesBehind,
                                                    kClassIs,
                                                    kClassPending,
                                                    kAnchorMissing,
                                                    kAnchorAssumed,
                                                    kWindowsAllow,
                                                    kWindowsRefuse,
                                                    kWindowsDiffer,
                                                    kWindowSays,
                                                    kRegimeUnknown,
                                                    kConditionMinimum,
                                                    "CLASS_MINOR",
                                                    "CLASS_GENERAL",
                                                    "CLASS_SERIOUS",
                                                    "ANCHOR_DECISION",
                                                    "ANCHOR_DOCUMENT",
                                                    "ANCHOR_LISTING",
                                                    "ANCHOR_PUBLICITY",
                                                    "ANCHOR_CORRECTION"};

}  // namespace xiufu::catalogue
