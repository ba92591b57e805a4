#include "services/xiufuctl/rehearsal.h"

#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/catalogue/receipt.h"
#include "libs/catalogue/start_event.h"

namespace xiufu::ctl {
namespace {

using catalogue::Catalogue;
using catalogue::DeadlineReceipt;
using catalogue::Evaluation;
using catalogue::Verdict;

Effect EffectOf(Verdict verdict) {
  if (verdict == Verdict::kEligible) return Effect::kAccepted;
  return verdict == Verdict::kNeedsPerson ? Effect::kPerson : Effect::kRefused;
}

Said VerdictOf(const Evaluation& found) {
  return {std::string(catalogue::ToString(found.verdict)), found.earliest, found.rule_id,
          found.source, found.confidence};
}

constexpr char kNotPublished[] = "NOT_PUBLISHED";
constexpr char kByPerson[] = "NEEDS_PERSON";
constexpr char kUntilRemoved[] = "UNTIL_REMOVED";

Said PublicityOf(const Evaluation& found) {
  Said said = {"", found.publicity_end, found.rule_id, found.source, found.confidence};
  if (!found.publishable) {
    said.verdict = kNotPublished;
  } else if (!said.day && found.verdict == Verdict::kNeedsPerson && found.windows.empty()) {
    said.verdict = kByPerson;
  } else if (!said.day) {
    said.verdict = kUntilRemoved;
  }
  return said;
}

// What is never published ends before everything, what ends by no day of the calendar after it.
std::optional<Effect> EffectOnPublicity(const Said& before, const Said& after) {
  if (after.verdict == kByPerson) {
    return before.verdict == kByPerson ? std::nullopt : std::optional(Effect::kEndByPerson);
  }
  const auto end = [](const Said& said) {
    if (said.verdict == kNotPublished) return absl::CivilDay::min();
    return said.day.value_or(absl::CivilDay::max());
  };
  if (end(before) == end(after)) return std::nullopt;
  return end(before) < end(after) ? Effect::kUnpublishedLater : Effect::kUnpublishedEarlier;
}

// The receipts that the case would have by another rule, from what happened to it.
std::vector<DeadlineReceipt> DeadlinesUnder(const catalogue::Rule& rule, const CopiedCase& kase,
                                            const calendar::Calendar& calendar) {
  std::vector<DeadlineReceipt> receipts;
  const auto begin = [&](absl::string_view event, absl::Time at) {
    for (DeadlineReceipt& receipt : catalogue::DeadlinesFrom(rule, event, LegalDay(at), calendar)) {
      receipts.push_back(std::move(receipt));
    }
  };
  begin(catalogue::kSubmitted, kase.opened_at);
  begin(catalogue::kReceived, kase.opened_at);
  // Who accepted had the case, also where its system never acknowledged it.
  const std::optional<absl::Time> pushed = kase.delivered_at ? kase.delivered_at : kase.accepted_at;
  if (pushed) begin(catalogue::kPushedToAuthority, *pushed);
  bool accepted = false;
  const auto accept = [&] {
    if (accepted || !kase.accepted_at) return;
    accepted = true;
    begin(catalogue::kAcceptedByAuthority, *kase.accepted_at);
  };
  for (const CopiedCase::Pause& pause : kase.pauses) {
    if (kase.accepted_at && *kase.accepted_at < pause.supplemented) accept();
    for (DeadlineReceipt& receipt : receipts) {
      receipt = catalogue::AfterSupplement(receipt, LegalDay(pause.asked),
                                           LegalDay(pause.supplemented), calendar);
    }
  }
  accept();
  return receipts;
}

// One case or record by both laws.
struct Judged {
  Evaluation before;
  Evaluation after;
};

class Comparison {
 public:
  Comparison(const StoreContents& contents, const RehearsalLaws& laws)
      : contents_(contents), laws_(laws) {}

  Rehearsal Run() {
    for (const Among among : kAmong) out_.counts[among];
    for (const CopiedCase& kase : contents_.cases) CompareCase(kase);
    for (const CopiedRecord& record : contents_.published) CompareRecord(record);
    return std::move(out_);
  }

 private:
  // The catalogue that the case is pinned to; of a case from before catalogues were kept the one of
  // now, as routing does.
  const Catalogue& PinnedTo(const std::string& sha256) const {
    const auto kept = contents_.catalogues.find(sha256);
    return kept == contents_.catalogues.end() ? laws_.now->catalogue : kept->second;
  }

  Judged Judge(const catalogue::WordedRecord& words, const Catalogue& old,
               absl::CivilDay on) const {
    return {old.Evaluate(catalogue::FactsOf(words, old, laws_.now->authorities), on),
            laws_.next->catalogue.Evaluate(
                catalogue::FactsOf(words, laws_.next->catalogue, laws_.next->authorities), on)};
  }

  void CompareCase(const CopiedCase& kase) {
    // Of several the newest.
    pinned_[kase.record.id] = kase.catalogue_sha256;
    const Catalogue& old = PinnedTo(kase.catalogue_sha256);
    if (!contents_.catalogues.contains(kase.catalogue_sha256) &&
        kase.catalogue_sha256 != old.sha256()) {
      ++out_.pinned_elsewhere;
    }
    const absl::CivilDay on = laws_.on.value_or(LegalDay(kase.opened_at));
    const Judged judged = Judge(kase.record.words, old, on);
    Begin({.among = kase.concluded ? Among::kClosedCases : Among::kOpenCases,
           .name = absl::StrCat("cases/", kase.id.ToString()),
           .subject_uscc = kase.record.subject_uscc,
           .authority = kase.record.words.authority_name});
    CompareVerdicts(judged);
    CompareDueDates(kase, judged, on);
    // Where the records are there they tell it themselves; what was approved is public no more.
    if (!contents_.knows_records && !kase.approved) ComparePublicity(judged);
    End();
  }

  void CompareRecord(const CopiedRecord& record) {
    const auto pinned = pinned_.find(record.id);
    const Catalogue& old =
        pinned == pinned_.end() ? laws_.now->catalogue : PinnedTo(pinned->second);
    const Judged judged = Judge(record.words, old, laws_.today);
    Begin({.among = Among::kRecords,
           .name = absl::StrCat("records/", record.id.ToString()),
           .subject_uscc = record.subject_uscc,
           .authority = record.words.authority_name});
    CompareVerdicts(judged);
    ComparePublicity(judged);
    End();
  }

  void CompareVerdicts(const Judged& judged) {
    const Effect after = EffectOf(judged.after.verdict);
    if (EffectOf(judged.before.verdict) == after) return;
    Add(after, VerdictOf(judged.before), VerdictOf(judged.after));
  }

  void CompareDueDates(const CopiedCase& kase, const Judged& judged, absl::CivilDay on) {
    // Nothing runs for what cannot be applied for.
    if (EffectOf(judged.after.verdict) == Effect::kRefused) return;
    const catalogue::Rule* rule = laws_.next->catalogue.FindRule(judged.after.rule_id, on);
    std::map<std::string, Said> after;
    if (rule != nullptr) {
      const calendar::Calendar calendar =
          laws_.next->calendar.For(kase.authority_code, kase.authority_kind);
      for (const DeadlineReceipt& receipt : DeadlinesUnder(*rule, kase, calendar)) {
        after[receipt.kind] = {"", receipt.due.day, rule->id, receipt.source, receipt.confidence};
      }
    }
    std::set<std::string> kinds;
    for (const auto& [kind, due] : kase.due) kinds.insert(kind);
    for (const auto& [kind, due] : after) kinds.insert(kind);
    for (const std::string& kind : kinds) {
      Said then = {"", std::nullopt, judged.before.rule_id, "", ""};
      if (const auto due = kase.due.find(kind); due != kase.due.end()) {
        then.day = due->second.day;
        then.source = due->second.source;
        then.confidence = due->second.confidence;
      }
      const auto found = after.find(kind);
      const Said now = found == after.end() ? Said{"", std::nullopt, judged.after.rule_id, "", ""}
                                            : found->second;
      if (then.day != now.day) Add(Effect::kDue, then, now, kind);
    }
  }

  void ComparePublicity(const Judged& judged) {
    const Said before = PublicityOf(judged.before), after = PublicityOf(judged.after);
    const std::optional<Effect> effect = EffectOnPublicity(before, after);
    if (effect) Add(*effect, before, after);
  }

  void Begin(Difference subject) {
    subject_ = std::move(subject);
    effects_.clear();
  }
  void Add(Effect effect, Said before, Said after, std::string deadline = "") {
    Difference difference = subject_;
    difference.effect = effect;
    difference.deadline = std::move(deadline);
    difference.before = std::move(before);
    difference.after = std::move(after);
    out_.differences.push_back(std::move(difference));
    effects_.insert(effect);
  }
  void End() {
    Rehearsal::Counts& counts = out_.counts[subject_.among];
    ++counts.compared;
    if (effects_.empty()) ++counts.unchanged;
    for (const Effect effect : effects_) ++counts.having[effect];
  }

  const StoreContents& contents_;
  const RehearsalLaws& laws_;
  std::map<Id, std::string> pinned_;  // record → catalogue of its newest case
  Difference subject_;                // of the one that is being compared
  std::set<Effect> effects_;
  Rehearsal out_;
};

}  // namespace

absl::string_view ToString(Effect effect) {
  switch (effect) {
    case Effect::kAccepted:
      return "ACCEPTED";
    case Effect::kRefused:
      return "REFUSED";
    case Effect::kPerson:
      return "PERSON";
    case Effect::kDue:
      return "DUE";
    case Effect::kUnpublishedEarlier:
      return "UNPUBLISHED_EARLIER";
    case Effect::kUnpublishedLater:
      return "UNPUBLISHED_LATER";
    case Effect::kEndByPerson:
      break;
  }
  return "END_BY_PERSON";
}

Rehearsal Rehearse(const StoreContents& contents, const RehearsalLaws& laws) {
  return Comparison(contents, laws).Run();
}

}  // namespace xiufu::ctl
