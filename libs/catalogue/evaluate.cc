#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/legal_day.h"
#include "libs/catalogue/catalogue.h"
#include "libs/catalogue/classify.h"
#include "libs/catalogue/reason_keys.h"
#include "libs/catalogue/select.h"
#include "libs/catalogue/tables.h"
#include "libs/catalogue/window.h"

namespace xiufu::catalogue {
namespace {

const Exclusion* ExclusionFor(const CatalogueData& data, const RecordFacts& facts,
                              absl::CivilDay on) {
  for (const Exclusion& row : data.exclusions) {
    const bool kind_fits = row.kinds.empty() ||
                           std::any_of(facts.kinds.begin(), facts.kinds.end(),
                                       [&](const auto& kind) { return FitsAny(row.kinds, kind); });
    if (kind_fits && FitsAny(row.authority_kinds, facts.authority_kind) &&
        FitsAny(row.authorities, facts.authority_code) && row.provenance.InForce(on)) {
      return &row;
    }
  }
  return nullptr;
}

// A is surest, C least: a verdict is as sure as its weakest leg.
const std::string& Weaker(const std::string& a, const std::string& b) {
  constexpr absl::string_view kFromSureToUnsure = "ATSFMIC";
  return kFromSureToUnsure.find(a) < kFromSureToUnsure.find(b) ? b : a;
}

bool HasText(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

std::string IdsOf(const std::vector<const Rule*>& rules) {
  return absl::StrJoin(rules, ", ",
                       [](std::string* out, const Rule* rule) { absl::StrAppend(out, rule->id); });
}

// Builds one evaluation step by step.
class Judge {
 public:
  Judge(const CatalogueData& data, const RecordFacts& facts, absl::CivilDay on)
      : data_(data),
        facts_(facts),
        on_(on),
        class_(Classify(data, facts, on)),
        selected_(SelectRule(data, facts, class_.record_class, on)),
        rule_(AsConfirmedBy(data, selected_.rule, facts.authority_code)),
        then_(IsOlder() ? OfItsTime() : Selection()),
        earlier_(AsConfirmedBy(data, then_.rule, facts.authority_code)) {}

  Evaluation Decide() {
    out_.record_class = class_.record_class;
    if (rule_ == nullptr) return NoOneRule();
    out_.rule_id = rule_->id;
    out_.materials = rule_->materials;
    AddGroundMaterials();
    Rest(rule_->provenance.source, rule_->provenance.confidence);
    if (class_.standard != nullptr) {
      Rest(class_.standard->provenance.source,
           ConfidenceFor(data_, *class_.standard, facts_.authority_code));
    }
    for (const Rule* behind : selected_.set_aside) {
      out_.considered.push_back(
          {behind->id, Text(kRuleGoesBehind, {{"rule", rule_->id}, {"other", behind->id}})});
    }
    const Exclusion* exclusion = ExclusionFor(data_, facts_, on_);
    if (exclusion != nullptr && rule_->applied_for) {
      Excluded(*exclusion);
    } else if (!rule_->published || (earlier_ != nullptr && !earlier_->published)) {
      NotPublishable(rule_->published ? *earlier_ : *rule_);
    } else if (rule_->by_person) {
      Say(Verdict::kNeedsPerson, kByPerson, {{"source", rule_->provenance.source}});
      Conditions();
    } else {
      FillWindows();
      Time();
    }
    return std::move(out_);
  }

 private:
  // What shows that the very reason of a listing is gone.
  void AddGroundMaterials() {
    for (const Ground& ground : data_.grounds) {
      if (ground.id != facts_.ground) continue;
      for (const std::string& kind : ground.materials) {
        if (!HasText(out_.materials, kind)) out_.materials.push_back(kind);
      }
    }
  }

  // The record is older than the rule of today, and the policy asks for the law of its time.
  bool IsOlder() const {
    return rule_ != nullptr && facts_.determined_on < rule_->provenance.effective_from &&
           data_.transition.periods != TransitionPolicy::Periods::kApplication;
  }
  Selection OfItsTime() const {
    const absl::CivilDay then = facts_.determined_on;
    return SelectRule(data_, facts_, Classify(data_, facts_, then).record_class, then);
  }
  // The rule differs by class, and which class it is only the department can say.
  bool IsPending() const {
    return class_.record_class == RecordClass::kPending && !rule_->when.classes.empty();
  }

  Evaluation NoOneRule() {
    out_.confidence = "C";
    if (selected_.tied.empty()) {
      Say(Verdict::kNeedsPerson, kNoRuleInForce, {{"date", FormatDay(on_)}});
    } else {
      Say(Verdict::kNeedsPerson, kRulesTied, {{"rules", IdsOf(selected_.tied)}});
      for (const Rule* rule : selected_.tied) {
        out_.considered.push_back({rule->id, {rule->name, rule->name_en}});
      }
    }
    return std::move(out_);
  }

  void Excluded(const Exclusion& exclusion) {
    out_.source = exclusion.provenance.source;
    out_.confidence = exclusion.provenance.confidence;
    out_.materials.clear();
    Say(Verdict::kNotRepairable, kExcluded, {{"source", exclusion.provenance.source}});
  }

  void NotPublishable(const Rule& rule) {
    Rest(rule.provenance.source, rule.provenance.confidence);
    out_.publishable = false;
    out_.materials.clear();
    Say(Verdict::kNotRepairable, kNotPublishable, {{"source", rule.provenance.source}});
  }

  void FillWindows() {
    const bool then_alone = earlier_ != nullptr &&
                            data_.transition.periods == TransitionPolicy::Periods::kDetermination;
    // The periods of a class that nobody has settled are nobody's.
    if (!then_alone && !IsPending()) out_.windows.push_back(WindowOf(*rule_, facts_));
    if (!out_.windows.empty()) out_.publicity_end = out_.windows.front().end;
    if (IsOlder()) {
      out_.windows.push_back(EarlierWindow());
      // Publicity stops by itself only when the maximum of the time of the determination is over.
      if (out_.windows.back().end) out_.publicity_end = out_.windows.back().end;
    }
    governing_windows_ = out_.windows.size();
    const Rule* beside = IsPending() ? nullptr : RuleOn(data_, rule_->beside, on_);
    if (beside != nullptr) {
      beside = AsConfirmedBy(data_, beside, facts_.authority_code);
      out_.windows.push_back(WindowOf(*beside, facts_));
    }
    for (const Window& window : out_.windows) Rest(window.source, window.confidence);
    if (IsOlder()) Rest(data_.transition.source, "");
  }

  // What the law of the time of the determination said.
  Window EarlierWindow() const {
    if (!then_.tied.empty()) return TiedWindow();
    if (earlier_ == nullptr) return BeforeAllRules();
    Window window = WindowOf(*earlier_, facts_);
    const Exclusion* exclusion = ExclusionFor(data_, facts_, facts_.determined_on);
    if (exclusion != nullptr && earlier_->applied_for) {
      window.earliest.reset();
      window.open = Window::Open::kNever;
      window.source = exclusion->provenance.source;
      window.confidence = exclusion->provenance.confidence;
    } else if (earlier_->by_person) {
      window.open = Window::Open::kByPerson;
    }
    return window;
  }

  // Which of several rules governed then a person says; publicity ended with the last of them.
  Window TiedWindow() const {
    Window window;
    window.rule_id = IdsOf(then_.tied);
    window.open = Window::Open::kTied;
    window.confidence = "C";
    for (const Rule* rule : then_.tied) {
      const Window one = WindowOf(*rule, facts_);
      if (!one.end) {
        window.end.reset();
        break;
      }
      window.end = window.end ? std::max(*window.end, *one.end) : *one.end;
    }
    return window;
  }

  // Nothing is known of so old a regime but that publicity lasted no longer than this; what has no
  // maximum today is not taken to have had one then.
  Window BeforeAllRules() const {
    Window window;
    if (rule_->maximum) {
      window.end = calendar::EndOf(facts_.determined_on, data_.transition.longest_before);
    }
    window.source = data_.transition.source;
    window.confidence = data_.transition.confidence;
    window.open = Window::Open::kBeforeAllRules;
    return window;
  }

  void Time() {
    SetEarliest();
    if (out_.publicity_end && on_ > *out_.publicity_end) {
      Over();
    } else if (!rule_->applied_for) {
      out_.earliest.reset();
      const BilingualText until = PublicityText();
      Say(Verdict::kNotRepairable, kEndsByItself, {{"until", until.zh, until.en}});
    } else if (IsPending()) {
      out_.earliest.reset();
      Say(Verdict::kNeedsPerson, kClassPending);
    } else {
      Compare();
    }
    if (out_.record_class && !IsPending()) Tell(kClassIs, {ClassName()});
    if (out_.windows.size() > 1 || IsPending()) {
      for (const Window& window : out_.windows) TellWindow(window);
    }
    for (const Window& window : out_.windows) {
      if (window.anchor_assumed) {
        Tell(kAnchorAssumed, {AnchorName(window.anchor)});
        break;
      }
    }
    if (rule_->applied_for && !(IsPending() && !out_.publicity_end)) Tell(PublicityText());
    if (!out_.publicity_end && !IsPending()) out_.why_no_end = PublicityText();
    Conditions();
  }

  // The maximum is over by the rule that governs; where another one stands beside it that keeps
  // the record public for longer, nobody is sent away.
  void Over() {
    const bool still_public = std::any_of(
        out_.windows.begin() + static_cast<std::ptrdiff_t>(governing_windows_), out_.windows.end(),
        [&](const Window& window) { return window.end && on_ <= *window.end; });
    if (still_public && rule_->applied_for) {
      Differ();
    } else {
      Say(Verdict::kNotRepairable, kPublicityOver, {{"date", FormatDay(*out_.publicity_end)}});
    }
  }

  // By the rule that governs, of today and of its time the later; none at all when one of them
  // cannot be told. A rule beside it decides nothing: where it asks for longer, a person does.
  void SetEarliest() {
    out_.earliest = LatestOf(governing_windows_);
    if (RestrictionKnown() && out_.earliest) {
      out_.earliest = std::max(*out_.earliest, *facts_.restriction_until + 1);
    }
  }

  // What a law of its time never allowed, today's rule may: its day counts alone.
  std::optional<absl::CivilDay> LatestOf(size_t windows) const {
    std::optional<absl::CivilDay> latest;
    for (size_t i = 0; i < windows; ++i) {
      const Window& window = out_.windows[i];
      if (window.open == Window::Open::kNever && windows > 1) continue;
      if (!window.earliest) return std::nullopt;
      latest = latest ? std::max(*latest, *window.earliest) : *window.earliest;
    }
    return latest;
  }

  void Compare() {
    const auto missing =
        std::find_if(out_.windows.begin(), out_.windows.end(), [](const Window& window) {
          return !window.earliest && window.open != Window::Open::kNever;
        });
    if (missing != out_.windows.end()) {
      out_.confidence = "C";
      Unknown(*missing);
    } else if (RestrictionKnown() && on_ <= *facts_.restriction_until) {
      Say(Verdict::kNotYet, kRestrictionRuns, {{"date", FormatDay(*out_.earliest)}});
    } else if (out_.windows.size() == 1 && out_.windows.front().earliest) {
      OneWindow(out_.windows.front());
    } else {
      SeveralWindows();
    }
  }

  // Why nobody can tell from this window when one may apply.
  void Unknown(const Window& window) {
    switch (window.open) {
      case Window::Open::kBeforeAllRules:
        return Say(Verdict::kNeedsPerson, kRegimeUnknown,
                   {{"date", FormatDay(facts_.determined_on)}});
      case Window::Open::kTied:
        return Say(Verdict::kNeedsPerson, kRulesTied, {{"rules", window.rule_id}});
      case Window::Open::kByPerson:
        return Say(Verdict::kNeedsPerson, kByPerson, {{"source", window.source}});
      case Window::Open::kNever:
      case Window::Open::kAnchorMissing:
        break;
    }
    Say(Verdict::kNeedsPerson, kAnchorMissing, {AnchorName(window.anchor)});
  }

  void OneWindow(const Window& window) {
    const MessageArg date("date", FormatDay(*window.earliest));
    const MessageArg period("period", calendar::FormatPeriodZh(window.minimum),
                            calendar::FormatPeriodEn(window.minimum));
    if (on_ < *window.earliest) {
      Say(Verdict::kNotYet, kNotYet, {date, period});
    } else if (window.minimum.IsZero()) {
      Say(Verdict::kEligible, kEligibleAtOnce);
    } else {
      Say(Verdict::kEligible, kEligibleAfterMinimum, {date, period});
    }
  }

  // It is open which of the rules governs: only where they agree does the machine speak.
  void SeveralWindows() {
    const auto allowing = std::count_if(
        out_.windows.begin(), out_.windows.end(),
        [&](const Window& window) { return window.earliest && on_ >= *window.earliest; });
    if (allowing == static_cast<std::ptrdiff_t>(out_.windows.size())) {
      Say(Verdict::kEligible, kWindowsAllow, {{"date", FormatDay(*LatestOf(out_.windows.size()))}});
    } else if (allowing == 0 && out_.earliest) {
      Say(Verdict::kNotYet, kWindowsRefuse,
          {{"first", FormatDay(FirstOfWindows())},
           {"date", FormatDay(*LatestOf(out_.windows.size()))}});
    } else {
      Differ();
    }
  }

  absl::CivilDay FirstOfWindows() const {
    absl::CivilDay first = absl::CivilDay::max();
    for (const Window& window : out_.windows) {
      if (window.earliest) first = std::min(first, *window.earliest);
    }
    return first;
  }

  void Differ() {
    out_.confidence = "C";
    Say(Verdict::kNeedsPerson, kWindowsDiffer);
  }

  void TellWindow(const Window& window) {
    if (!window.earliest) return;
    const std::string end = window.end ? FormatDay(*window.end) : "—";
    Tell(kWindowSays, {{"rule", window.rule_id},
                       {"source", window.source},
                       {"date", FormatDay(*window.earliest)},
                       {"end", end}});
  }

  BilingualText PublicityText() const {
    if (!out_.publicity_end) return Text(kPublicityOpen);
    return Text(kPublicityUntil, {{"date", FormatDay(*out_.publicity_end)}});
  }

  bool RestrictionKnown() const {
    return facts_.restriction_until &&
           std::any_of(
               rule_->conditions.begin(), rule_->conditions.end(),
               [](const Condition& condition) { return condition.proof == Proof::kRestriction; });
  }

  void Conditions() {
    if (rule_->applied_for && rule_->minimum && !rule_->minimum->period.IsZero()) {
      const bool known = out_.earliest && out_.verdict != Verdict::kNeedsPerson;
      Add({std::string(kConditionMinimum),
           Text(kConditionMinimum),
           !known                  ? ConditionState::State::kByAuthority
           : on_ >= *out_.earliest ? ConditionState::State::kMet
                                   : ConditionState::State::kNotMet,
           {}});
    }
    for (const Condition& condition : rule_->conditions) {
      const std::vector<std::string> of_ground = PapersOfGround(condition);
      const bool shown = !of_ground.empty();
      Add({condition.id,
           {condition.name, condition.name_en},
           shown ? ConditionState::State::kToProve : StateOf(condition),
           shown ? of_ground : condition.materials});
      Tell({condition.name, condition.name_en});
    }
  }

  // The papers that show that the reason of a listing is gone, without those that are fetched.
  std::vector<std::string> PapersOfGround(const Condition& condition) const {
    std::vector<std::string> papers;
    for (const Ground& ground : data_.grounds) {
      if (!condition.by_ground || ground.id != facts_.ground) continue;
      for (const MaterialKind& material : data_.materials) {
        if (!material.fetched && HasText(ground.materials, material.kind)) {
          papers.push_back(material.kind);
        }
      }
    }
    return papers;
  }

  ConditionState::State StateOf(const Condition& condition) const {
    if (condition.proof == Proof::kPapers) return ConditionState::State::kToProve;
    if (condition.proof != Proof::kRestriction || !facts_.restriction_until) {
      return ConditionState::State::kByAuthority;
    }
    return on_ > *facts_.restriction_until ? ConditionState::State::kMet
                                           : ConditionState::State::kNotMet;
  }

  void Add(ConditionState condition) {
    if (condition.state == ConditionState::State::kToProve) out_.to_prove.push_back(condition.id);
    out_.conditions.push_back(std::move(condition));
  }

  MessageArg ClassName() const {
    const BilingualText name = Text(ClassKey(*out_.record_class));
    return {"class", name.zh, name.en};
  }
  MessageArg AnchorName(Anchor anchor) const {
    const BilingualText name = Text(AnchorKey(anchor));
    return {"anchor", name.zh, name.en};
  }

  BilingualText Text(absl::string_view key, const std::vector<MessageArg>& args = {}) const {
    return data_.reasons.Text(key, args);
  }
  void Say(Verdict verdict, absl::string_view key, const std::vector<MessageArg>& args = {}) {
    out_.verdict = verdict;
    Tell(key, args);
  }
  void Tell(absl::string_view key, const std::vector<MessageArg>& args = {}) {
    Tell(Text(key, args));
  }
  void Tell(BilingualText text) { out_.reasons.push_back(std::move(text)); }
  // One more row that the verdict rests on.
  void Rest(const std::string& source, const std::string& confidence) {
    if (!source.empty() && out_.source.find(source) == std::string::npos) {
      absl::StrAppend(&out_.source, out_.source.empty() ? "" : "；", source);
    }
    if (confidence.empty()) return;
    out_.confidence = out_.confidence.empty() ? confidence : Weaker(out_.confidence, confidence);
  }

  const CatalogueData& data_;
  const RecordFacts& facts_;
  const absl::CivilDay on_;
  const Classification class_;
  const Selection selected_;
  const Rule* const rule_;
  const Selection then_;          // the rules of the time of the determination, of an older record
  const Rule* const earlier_;     // the one of them that governed
  size_t governing_windows_ = 0;  // those behind them are of a rule beside it
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

absl::string_view ToString(ConditionState::State state) {
  switch (state) {
    case ConditionState::State::kMet:
      return "MET";
    case ConditionState::State::kNotMet:
      return "NOT_MET";
    case ConditionState::State::kToProve:
      return "TO_PROVE";
    case ConditionState::State::kByAuthority:
      break;
  }
  return "BY_AUTHORITY";
}

Evaluation Catalogue::Evaluate(const RecordFacts& facts, absl::CivilDay on) const {
  return Judge(*data_, facts, on).Decide();
}

}  // namespace xiufu::catalogue
