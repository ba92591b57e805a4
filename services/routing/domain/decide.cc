#include "services/routing/domain/decide.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"

namespace xiufu::routing {
namespace {

// Fills a step for one input; `next` is the case in its new state already.
class StepBuilder {
 public:
  StepBuilder(const Case& before, const std::vector<DeadlineReceipt>& deadlines, absl::Time at,
              const Law& law, Step& step)
      : before_(before), deadlines_(deadlines), at_(at), law_(law), step_(step) {}

  void operator()(const Delivered& delivered) {
    if (step_.next.authority_no.empty()) step_.next.authority_no = delivered.authority_task_no;
    if (step_.meaning == Meaning::kMove) Change({.at = at_});
  }

  void operator()(const Answered& answered) {
    std::visit([&](const auto& kind) { Take(answered, kind); }, answered.kind);
  }

  void operator()(const Supplemented& supplemented) {
    for (const DeadlineReceipt& receipt : deadlines_) {
      if (!receipt.pauses_on_supplement) continue;
      step_.deadlines.push_back(
          AfterSupplement(receipt, LegalDay(before_.changed_at), LegalDay(at_), law_.calendar));
    }
    Change({.at = at_, .deadlines = step_.deadlines});
    step_.events.push_back(SupplementPassedOn{supplemented.round, supplemented.materials, at_});
  }

  void operator()(const DecisionEntered& entered) {
    step_.next.decision = entered.decision;
    step_.next.concluded_at = at_;
    Change({.at = at_, .words = entered.words});
  }

  void operator()(const DecisionFaulty& faulty) {
    step_.next.counted_answer.clear();
    step_.next.result = CaseResult::kNone;
    step_.next.decision_no.clear();
    step_.next.decision_date.clear();
    Change({.at = at_});
    step_.events.push_back(AnswerFaulty{faulty.answer_id, faulty.reason});
  }

  void operator()(const LoopClosed&) { step_.next.loop_closed_at = at_; }

  void operator()(const Reported& reported) {
    Count(reported.answer_id, reported.words);
    const std::string& word = reported.result_word;
    step_.events.push_back(AnswerTaken{reported.content, at_, EffectsOfRule(),
                                       word.empty() ? law_.rule->result_word : word,
                                       reported.reported_by});
  }

 private:
  void Take(const Answered&, const Accepted& accepted) {
    if (!accepted.document_no.empty()) step_.next.authority_no = accepted.document_no;
    step_.deadlines = DeadlinesFrom(*law_.rule, "ACCEPTED", LegalDay(at_), law_.calendar);
    Change({.at = at_, .deadlines = step_.deadlines});
  }

  void Take(const Answered&, const SupplementAsked& asked) {
    step_.next.resume = before_.state;
    ++step_.next.rounds;
    Change({.at = at_, .defects = asked.defects});
  }

  void Take(const Answered& answered, const Decided& decided) {
    Count(answered.answer_id, decided.words);
    step_.events.push_back(
        AnswerTaken{answered.content, at_, EffectsOfRule(), law_.rule->result_word, ""});
  }

  // An answer of this kind never moves a case.
  void Take(const Answered&, const Returned&) {}

  // This is the decision.
  void Count(const std::string& answer_id, const DecisionWords& words) {
    step_.next.resume = before_.state;
    step_.next.counted_answer = answer_id;
    step_.next.result = words.result;
    step_.next.decision_no = words.decision_no;
    step_.next.decision_date = words.decision_date;
    Change({.at = at_, .words = words});
  }

  std::vector<std::string> EffectsOfRule() const {
    std::vector<std::string> effects;
    for (const catalogue::Effect& effect : law_.rule->effects) {
      const bool by_publication = effect.carried_by == catalogue::CarriedBy::kPublication;
      effects.push_back(absl::StrCat(effect.id, by_publication ? "@publication" : "@authority"));
    }
    return effects;
  }

  void Change(CaseChanged change) {
    ++step_.next.version;
    step_.next.changed_at = at_;
    step_.events.push_back(std::move(change));
  }

  const Case& before_;
  const std::vector<DeadlineReceipt>& deadlines_;
  const absl::Time at_;
  const Law& law_;
  Step& step_;
};

// Where the table alone cannot tell.
Transition Refine(const Case& kase, const CaseInput& input, Transition transition) {
  if (const auto* reported = std::get_if<Reported>(&input.what)) {
    // The application was made in its knowledge.
    if (reported->found_version < kase.record_version) return {Meaning::kNothing};
  }
  if (const auto* supplemented = std::get_if<Supplemented>(&input.what)) {
    // The authority did without it.
    const bool asked = supplemented->round <= kase.rounds;
    if (asked && kase.state == CaseState::kConcluded) return {Meaning::kNothing};
  }
  if (transition.meaning != Meaning::kMove) return transition;
  if (const auto* supplemented = std::get_if<Supplemented>(&input.what)) {
    if (supplemented->round != kase.rounds) return {Meaning::kWait};
  }
  if (const auto* faulty = std::get_if<DecisionFaulty>(&input.what)) {
    if (faulty->answer_id != kase.counted_answer) return {Meaning::kWait};
  }
  if (KindOf(input) == InputKind::kSupplementAsked && kase.rounds >= kSupplementRounds) {
    return {Meaning::kRecord};
  }
  return transition;
}

std::string ReasonFor(const Case& kase, const CaseInput& input, Meaning meaning) {
  if (meaning == Meaning::kConflict) return "与办件状态矛盾 / contradicts the state of the case";
  if (const auto* answered = std::get_if<Answered>(&input.what)) {
    if (const auto* returned = std::get_if<Returned>(&answered->kind)) {
      return absl::StrCat("退回，需人工处理 / returned, needs a person: ", returned->reason);
    }
  }
  if (kase.state == CaseState::kConcluded) {
    return "决定已入账，不再采用 / a decision is entered already";
  }
  if (KindOf(input) == InputKind::kSupplementAsked) {
    return "只能要求补正一次 / only one supplement round";
  }
  return "已受理 / accepted already";
}

}  // namespace

Step Decide(const Case& kase, const std::vector<DeadlineReceipt>& deadlines, const CaseInput& input,
            const Law& law) {
  const Transition transition = Refine(kase, input, TransitionOf(kase.state, KindOf(input)));
  Step step;
  step.meaning = transition.meaning;
  if (step.meaning == Meaning::kRecord || step.meaning == Meaning::kConflict) {
    step.reason = ReasonFor(kase, input, step.meaning);
  }
  if (step.meaning != Meaning::kMove && step.meaning != Meaning::kNote) return step;
  step.next = kase;
  if (step.meaning == Meaning::kMove) {
    step.next.state = transition.resumes ? kase.resume : transition.next;
  }
  std::visit(StepBuilder(kase, deadlines, input.at, law, step), input.what);
  return step;
}

}  // namespace xiufu::routing
