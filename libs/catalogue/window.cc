#include "libs/catalogue/window.h"

#include <algorithm>
#include <utility>

namespace xiufu::catalogue {
namespace {

// The day a period starts from, and whether another one had to stand for it.
struct AnchorDay {
  std::optional<absl::CivilDay> day;
  bool assumed = false;
};

AnchorDay DayOf(const Rule& rule, Anchor anchor, const RecordFacts& facts) {
  if (rule.restarts_on_revocation && facts.restarted_on) return {facts.restarted_on, false};
  switch (anchor) {
    case Anchor::kPublicity:
      // Nothing is published before it is decided: this only ever asks earlier, never refuses.
      if (!facts.published_on) return {facts.determined_on, true};
      return {facts.published_on, false};
    case Anchor::kCorrection:
      return {facts.corrected_on, false};
    case Anchor::kDecision:
    case Anchor::kDocument:
    case Anchor::kListing:
      break;
  }
  return {facts.determined_on, false};
}

// As sure as the row, or confirmed where the authority has confirmed its periods alone.
std::string ConfidenceOf(const Rule& rule) {
  const auto confirmed = [&](bool asked, const char* field) {
    return !asked ||
           std::find(rule.confirmed.begin(), rule.confirmed.end(), field) != rule.confirmed.end();
  };
  const bool both = confirmed(rule.minimum.has_value(), "minimum") &&
                    confirmed(rule.maximum.has_value(), "maximum");
  return both && !rule.confirmed.empty() ? kConfirmedByAuthority : rule.provenance.confidence;
}

}  // namespace

Window WindowOf(const Rule& rule, const RecordFacts& facts) {
  Window window;
  window.rule_id = rule.id;
  window.source = rule.provenance.source;
  window.confidence = ConfidenceOf(rule);
  if (rule.minimum) {
    const AnchorDay from = DayOf(rule, rule.minimum->from, facts);
    window.anchor_assumed = from.assumed;
    window.anchor = rule.minimum->from;
    window.minimum = rule.minimum->period;
    if (from.day) {
      // The minimum is reached on the corresponding day, so one may apply from the day after it.
      window.earliest =
          window.minimum.IsZero() ? *from.day : calendar::EndOf(*from.day, window.minimum) + 1;
    }
  }
  if (rule.maximum) {
    const AnchorDay from = DayOf(rule, rule.maximum->from, facts);
    window.anchor_assumed |= from.assumed;
    if (from.day) window.end = calendar::EndOf(*from.day, rule.maximum->period);
  }
  return window;
}

}  // namespace xiufu::catalogue
