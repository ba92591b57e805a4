#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/catalogue/catalogue.h"
#include "libs/catalogue/classify.h"
#include "libs/catalogue/reason_keys.h"
#include "libs/catalogue/tables.h"

namespace xiufu::catalogue {
namespace {

// What one regime says about the time of one decision.
struct Window {
  absl::CivilDay earliest;  // first day on which one may apply
  absl::CivilDay end;       // last day of publicity
};

Window WindowOf(absl::CivilDay decided, calendar::Period minimum, calendar::Period maximum) {
  // The minimum is reached on the corresponding day, so one may apply from the day after it.
  return {minimum.IsZero() ? decided : calendar::EndOf(decided, minimum) + 1,
          calendar::EndOf(decided, maximum)};
}

const Transition* TransitionFor(const CatalogueData& data, const PenaltyFacts& facts) {
  for (const Transition& row : data.transitions) {
    if (row.decided_from <= facts.decision_date && facts.decision_date <= row.decided_to &&
        FitsAny(row.authorities, facts.authority_code)) {
      return &row;
    }
  }
  return nullptr;
}

const Exclusion* ExclusionFor(const CatalogueData& data, const PenaltyFacts& facts,
                              absl::CivilDay on) {
  for (const Exclusion& row : data.exclusions) {
    const bool kind_fits = row.kinds.empty() ||
                           std::any_of(facts.kinds.begin(), facts.kinds.end(),
                                       [&](const auto& kind) { return FitsAny(row.kinds, kind); });
    if (kind_fits && FitsAny(row.authorities, facts.authority_code) && row.provenance.InForce(on)) {
      return &row;
    }
  }
  return nullptr;
}

// T is surest, C least: a verdict is as sure as its weakest leg.
const std::string& Weaker(const std::string& a, const std::string& b) {
  constexpr absl::string_view kFromSureToUnsure = "TSFMIC";
  return kFromSureToUnsure.find(a) < kFromSureToUnsure.find(b) ? b : a;
}

// Builds one evaluation step by step.
class Judge {
 public:
  Judge(const CatalogueData& data, const PenaltyFacts& facts, absl::CivilDay on)
      : data_(data), facts_(facts), on_(on), found_(Classify(data, facts, on)) {}

  Evaluation Decide() {
    if (found_.rule == nullptr) return NoRule();
    out_.rule_id = found_.rule->id;
    out_.record_class = found_.record_class;
    out_.materials = found_.rule->materials;
    Rest(found_.rule->provenance.source, found_.rule->provenance.confidence);
    Rest(found_.standard->provenance.source, found_.standard->provenance.confidence);
    if (const Exclusion* exclusion = ExclusionFor(data_, facts_, on_)) {
      Excluded(*exclusion);
    } else if (found_.record_class == RecordClass::kPending) {
      Say(Verdict::kNeedsPerson, kClassPending);
    } else {
      Time();
    }
    return std::move(out_);
  }

 private:
  Evaluation NoRule() {
    out_.confidence = "C";
    Say(Verdict::kNeedsPerson, kNoRuleInForce, {{"date", FormatDay(on_)}});
    return std::move(out_);
  }

  void Excluded(const Exclusion& exclusion) {
    out_.source = exclusion.provenance.source;
    out_.confidence = exclusion.provenance.confidence;
    out_.materials.clear();
    Say(Verdict::kNotRepairable, kExcluded, {{"source", exclusion.provenance.source}});
  }

  void Time() {
    const Rule& rule = *found_.rule;
    const Window now = WindowOf(facts_.decision_date, rule.minimum, rule.maximum);
    out_.earliest = now.earliest;
    out_.publicity_end = now.end;
    if (facts_.decision_date >= rule.provenance.effective_from) {
      OneRegime(now);
    } else if (const Transition* earlier = TransitionFor(data_, facts_)) {
      TwoRegimes(now, *earlier);
    } else {
      out_.confidence = "C";
      Say(Verdict::kNeedsPerson, kRegimeUnknown, {{"date", FormatDay(facts_.decision_date)}});
    }
    Tell(kClassIs, {ClassName()});
    Tell(kPublicityUntil, {{"date", FormatDay(*out_.publicity_end)}});
    for (const std::string& condition : rule.conditions) Tell(condition);
  }

  void OneRegime(const Window& window) {
    const calendar::Period minimum = found_.rule->minimum;
    const MessageArg period("period", calendar::FormatPeriodZh(minimum),
                            calendar::FormatPeriodEn(minimum));
    if (on_ < window.earliest) {
      Say(Verdict::kNotYet, kNotYet, {{"date", FormatDay(window.earliest)}, period});
    } else if (on_ > window.end) {
      Say(Verdict::kNeedsPerson, kPublicityOver, {{"date", FormatDay(window.end)}});
    } else if (minimum.IsZero()) {
      Say(Verdict::kEligible, kEligibleAtOnce);
    } else {
      Say(Verdict::kEligible, kEligibleAfterMinimum,
          {{"date", FormatDay(window.earliest)}, period});
    }
  }

  // It is open which regime governs a decision from before the rule: both are worked out, and only
  // where they agree does the machine speak. Publicity stops by itself only when the longer maximum
  // is over.
  void TwoRegimes(const Window& now, const Transition& earlier) {
    const Window then = WindowOf(facts_.decision_date, earlier.minimum, earlier.maximum);
    out_.earliest = std::max(now.earliest, then.earliest);
    out_.publicity_end = std::max(now.end, then.end);
    Rest(earlier.source, earlier.confidence);
    const MessageArg today("now", FormatDay(now.earliest)), old("then", FormatDay(then.earliest));
    if (on_ > *out_.publicity_end) {
      Say(Verdict::kNeedsPerson, kPublicityOver, {{"date", FormatDay(*out_.publicity_end)}});
    } else if (on_ >= *out_.earliest) {
      Say(Verdict::kEligible, kRegimesAllow, {today, old});
    } else if (on_ < now.earliest && on_ < then.earliest) {
      Say(Verdict::kNotYet, kRegimesRefuse, {today, old});
    } else {
      out_.confidence = "C";
      Say(Verdict::kNeedsPerson, kRegimesDiffer, {today, old});
    }
  }

  MessageArg ClassName() const {
    const BilingualText name = data_.reasons.Text(ClassKey(found_.record_class));
    return {"class", name.zh, name.en};
  }

  void Say(Verdict verdict, absl::string_view key, const std::vector<MessageArg>& args = {}) {
    out_.verdict = verdict;
    Tell(key, args);
  }
  void Tell(absl::string_view key, const std::vector<MessageArg>& args = {}) {
    out_.reasons.push_back(data_.reasons.Text(key, args));
  }
  // One more row that the verdict rests on.
  void Rest(const std::string& source, const std::string& confidence) {
    if (out_.source.find(source) == std::string::npos) {
      absl::StrAppend(&out_.source, out_.source.empty() ? "" : "；", source);
    }
    out_.confidence = out_.confidence.empty() ? confidence : Weaker(out_.confidence, confidence);
  }

  const CatalogueData& data_;
  const PenaltyFacts& facts_;
  const absl::CivilDay on_;
  const Classification found_;
  Evaluation out_;
};

}  // namespace

absl::string_view ToString(Verdict verdict) {
  switch (verdict) {
    case Verdict::kEligible:
      return "ELIGIBLE";
    case Verdict::kNotYet:
      return "NOT_YET";
    case Verdict::kNotRepairable:
      return "NOT_REPAIRABLE";
    case Verdict::kNeedsPerson:
      break;
  }
  return "NEEDS_PERSON";
}

Evaluation Catalogue::Evaluate(const PenaltyFacts& facts, absl::CivilDay on) const {
  return Judge(*data_, facts, on).Decide();
}

}  // namespace xiufu::catalogue
