#include "services/routing/domain/decide.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "services/routing/domain/case_states.h"
#include "services/routing/domain/open_case.h"
#include "services/routing/domain/route.h"
#include "services/routing/domain/why_not.h"

namespace xiufu::routing {
namespace {

// Those that the case has had; each is in every receipt that stood still for it.
std::vector<Pause> PausesOf(const std::vector<DeadlineReceipt>& deadlines) {
  std::vector<Pause> pauses;
  for (const DeadlineReceipt& receipt : deadlines) {
    if (receipt.pauses.size() > pauses.size()) pauses = receipt.pauses;
  }
  return pauses;
}

// Fills a step for one input; `next` is the case in its new state already.
class StepBuilder {
 public:
  StepBuilder(const Case& before, const std::vector<DeadlineReceipt>& deadlines, absl::Time at,
              const Law& law, Step& step)
      : before_(before), deadlines_(deadlines), at_(at), law_(law), step_(step) {}

  void operator()(const Delivered& delivered) {
    if (step_.next.authority_no.empty()) step_.next.authority_no = delivered.authority_task_no;
    if (step_.meaning != Meaning::kMove) return;
    Begin(catalogue::kPushedToAuthority);
    Change({.at = at_, .deadlines = step_.deadlines});
  }

  void operator()(const Answered& answered) {
    // Who answers has the case, also where its system never acknowledged the task.
    const bool returned = std::holds_alternative<Returned>(answered.kind);
    if (step_.meaning == Meaning::kMove && before_.state == CaseState::kReceived && !returned) {
      Begin(catalogue::kPushedToAuthority);
    }
    std::visit([&](const auto& kind) { Take(answered, kind); }, answered.kind);
  }

  void operator()(const Supplemented& supplemented) {
    EndPause();
    BeginAnew();
    Change({.at = at_, .deadlines = step_.deadlines});
    if (!HasTask(step_.next.state)) return;  // it goes along with the task
    Tell(SupplementPassedOn{supplemented.round, supplemented.materials, at_, "", {}});
  }

  void operator()(const SupplementMissed&) {
    Change({.at = at_});
    if (HasTask(before_.resume)) Tell(TaskCancelled{"CLOSED_NO_SUPPLEMENT", at_});
  }

  void operator()(const WithdrawalAsked&) {
    if (step_.meaning == Meaning::kRefuse) return Tell(WithdrawalRefused{at_});
    Change({.at = at_});
    if (HasTask(StateOfClocks(before_))) Tell(TaskCancelled{"WITHDRAWN", at_});
  }

  void operator()(const Assigned& assigned) {
    if (step_.meaning == Meaning::kRefuse) return;
    step_.next.authority = assigned.authority;
    step_.next.task = assigned.task.id;
    step_.next.authority_no.clear();
    step_.next.reason.clear();
    step_.deadlines = StartedByTask(law_, LegalDay(at_));
    // The overall limit goes on: the applicant has been waiting all along.
    std::erase_if(step_.deadlines, [](const auto& one) { return one.kind == kOverallDeadline; });
    Change({.at = at_, .authority = assigned.authority, .deadlines = step_.deadlines});
    Tell(TaskGiven{WithDates(assigned.task, law_)});
  }

  void operator()(const SupplementAllowed& allowed) {
    if (step_.meaning == Meaning::kMove) AskForSupplement(allowed.answer_id, allowed.asked);
  }

  void operator()(const DecisionEntered& entered) {
    step_.next.decision = entered.decision;
    step_.next.concluded_at = at_;
    // A refusal has no effects that could be late.
    if (before_.result == CaseResult::kApproved) {
      step_.deadlines = StartedBy(law_, catalogue::kDecided, DayOfDecision());
      Begin(catalogue::kResultReceived);
    }
    Change({.at = at_, .deadlines = step_.deadlines, .words = entered.words});
  }

  void operator()(const DecisionFaulty& faulty) {
    step_.next.counted_answer.clear();
    step_.next.result = CaseResult::kNone;
    step_.next.decision_no.clear();
    step_.next.decision_date.clear();
    Change({.at = at_});
    if (HasTask(step_.next.state)) Tell(AnswerFaulty{faulty.answer_id, faulty.reason});
  }

  void operator()(const Reviewed& reviewed) {
    if (step_.meaning == Meaning::kRefuse) return;
    if (reviewed.outcome != Reviewed::Outcome::kDefects) return PassOn(reviewed.task);
    ++step_.next.review_rounds;
    AskForSupplement("", {.defects = reviewed.defects});
  }

  void operator()(const LoopClosed&) { step_.next.loop_closed_at = at_; }

  void operator()(const Reported& reported) {
    if (before_.state == CaseState::kSupplementRequested) EndPause();
    Count(reported.answer_id, reported.words);
    const std::string& word = reported.result_word;
    Tell(AnswerTaken{reported.content, at_, EffectsOfRule(),
                     word.empty() ? law_.rule->result_word : word, reported.reported_by,
                     CommitmentOf(reported.words)});
    if (HasTask(StateOfClocks(before_))) Tell(TaskCancelled{"DONE_ALREADY", at_});
  }

  void operator()(const Told& told) {
    if (step_.meaning == Meaning::kRefuse) return;
    std::visit([&](const auto& kind) { Take(told, kind); }, told.kind);
  }

 private:
  // To the next step of the route.
  void PassOn(const Task& task) {
    if (step_.next.state == CaseState::kPreCheck) {
      Begin(catalogue::kPreCheckBegun);
      return Change({.at = at_, .deadlines = step_.deadlines});
    }
    if (step_.next.state == CaseState::kWithUpstream) {
      return Change({.at = at_, .words = {.reasons = {before_.reason}}});
    }
    step_.next.task = task.id;
    step_.deadlines = StartedByTask(law_, LegalDay(at_));
    // The overall limit goes on: the applicant has been waiting all along.
    std::erase_if(step_.deadlines, [](const auto& one) { return one.kind == kOverallDeadline; });
    Change({.at = at_, .deadlines = step_.deadlines});
    Tell(TaskGiven{WithDates(task, law_)});
  }

  void Take(const Told&, const Told::Filed& filed) {
    TakeNumber(filed.upstream_no);
    Change({.at = at_, .upstream_step = "FILED"});
  }

  void Take(const Told&, const Accepted& accepted) {
    TakeNumber(accepted.document_no);
    Change({.at = at_, .upstream_step = "ACCEPTED"});
  }

  void Take(const Told&, const NotAccepted& refusal) {
    TakeNumber(refusal.document_no);
    Change({.at = at_, .words = {.reasons = refusal.reasons, .remedies = refusal.remedies}});
  }

  void Take(const Told& told, const Decided& decided) {
    Count(told.answer_id, decided.words);
    Tell(AnswerTaken{told.content, at_, EffectsOfRule(), law_.rule->result_word, told.source});
  }

  void Take(const Answered&, const Accepted& accepted) {
    TakeNumber(accepted.document_no);
    Begin(catalogue::kAcceptedByAuthority);
    Change({.at = at_, .deadlines = step_.deadlines});
  }

  void Take(const Answered&, const NotAccepted& refusal) {
    TakeNumber(refusal.document_no);
    Change({.at = at_,
            .deadlines = step_.deadlines,
            .words = {.reasons = refusal.reasons, .remedies = refusal.remedies}});
  }

  void Take(const Answered& answered, const SupplementAsked& asked) {
    if (step_.meaning == Meaning::kMove) return AskForSupplement(answered.answer_id, asked);
    AnswerFromCase(answered.answer_id, asked.on_file);
  }

  // What the case holds is handed over at once; the applicant is asked for the rest.
  void AskForSupplement(const std::string& answer_id, const SupplementAsked& asked) {
    if (!asked.on_file.empty()) AnswerFromCase(answer_id, asked.on_file);
    step_.next.resume = Resumable();
    ++step_.next.rounds;
    Begin(catalogue::kSupplementRequested);
    Change({.at = at_, .defects = DefectsLeft(asked), .deadlines = step_.deadlines});
  }

  void AnswerFromCase(const std::string& answer_id, const PapersOnFile& on_file) {
    Tell(SupplementPassedOn{-1 - on_file.answered_before, on_file.materials, at_, answer_id,
                            on_file.fetched});
  }

  void Take(const Answered&, const Extended& extended) {
    TakeNumber(extended.document_no);
    step_.deadlines = AfterExtension(*law_.rule, deadlines_, law_.calendar);
    Change({.at = at_, .deadlines = step_.deadlines, .words = {.reasons = {extended.reason}}});
  }

  void Take(const Answered& answered, const Decided& decided) {
    Count(answered.answer_id, decided.words);
    Tell(AnswerTaken{answered.content, at_, EffectsOfRule(), law_.rule->result_word, "",
                     CommitmentOf(decided.words)});
  }

  void Take(const Answered&, const Returned& returned) {
    step_.next.reason = returned.reason;
    Change({.at = at_, .words = {.reasons = {returned.reason}}});
  }

  void Take(const Answered& answered, const Revoked& revoked) {
    step_.next.revoked_by = answered.answer_id;
    Tell(RevocationTaken{answered.content, at_, law_.finding, revoked.reported_by});
  }

  void TakeNumber(const std::string& document_no) {
    if (!document_no.empty()) step_.next.authority_no = document_no;
  }

  void Begin(absl::string_view event) {
    for (DeadlineReceipt& receipt : StartedBy(law_, event, LegalDay(at_))) {
      step_.deadlines.push_back(WithoutPauses(std::move(receipt)));
    }
  }

  // An answer that was given while the applicant had the turn waits: what it starts stands still
  // until then, like everything else.
  DeadlineReceipt WithoutPauses(DeadlineReceipt receipt) const {
    for (const Pause& pause : PausesOf(deadlines_)) {
      if (pause.supplemented <= receipt.start_date) continue;
      receipt = AfterSupplement(receipt, std::max(pause.asked, receipt.start_date),
                                pause.supplemented, law_.calendar);
    }
    return receipt;
  }

  // The applicant had the turn until now: none of that is the authority's time.
  void EndPause() {
    for (const DeadlineReceipt& receipt : deadlines_) {
      if (!receipt.pauses_on_supplement) continue;
      step_.deadlines.push_back(
          AfterSupplement(receipt, LegalDay(before_.changed_at), LegalDay(at_), law_.calendar));
    }
  }

  // What does not go on after a supplement but from the beginning.
  void BeginAnew() {
    for (DeadlineReceipt& anew : StartedBy(law_, catalogue::kSupplementComplete, LegalDay(at_))) {
      if (!Runs(step_.next.state, anew.kind)) continue;
      std::erase_if(step_.deadlines, [&](const auto& one) { return one.kind == anew.kind; });
      step_.deadlines.push_back(std::move(anew));
    }
  }

  // Where a supplement or a faulty decision leads back to: an authority that has answered has the
  // case, whatever its system acknowledged.
  CaseState Resumable() const {
    return before_.state == CaseState::kReceived ? CaseState::kWithAuthority : before_.state;
  }

  // As the authority dates it; a date that cannot be gives way to the day of its answer.
  absl::CivilDay DayOfDecision() const {
    const absl::CivilDay answered = LegalDay(before_.changed_at);
    return std::min(ParseDay(before_.decision_date).value_or(answered), answered);
  }

  // This is the decision.
  void Count(const std::string& answer_id, const DecisionWords& words) {
    step_.next.resume = Resumable();
    step_.next.counted_answer = answer_id;
    step_.next.result = words.result;
    step_.next.decision_no = words.decision_no;
    step_.next.decision_date = words.decision_date;
    Change({.at = at_, .deadlines = step_.deadlines, .words = words});
  }

  std::optional<Commitment> CommitmentOf(const DecisionWords& words) const {
    return words.result == CaseResult::kApproved ? law_.commitment : std::nullopt;
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
    Tell(std::move(change));
  }
  void Tell(CaseEvent event) { step_.events.push_back(std::move(event)); }

  const Case& before_;
  const std::vector<DeadlineReceipt>& deadlines_;
  const absl::Time at_;
  const Law& law_;
  Step& step_;
};

bool IsLateExtension(const std::vector<DeadlineReceipt>& deadlines, absl::Time at) {
  const DeadlineReceipt* decide = FindReceipt(deadlines, kDecideDeadline);
  return decide != nullptr && at >= MissedAt(*decide);
}

// Where the table alone cannot tell.
class Refine {
 public:
  Refine(const Case& kase, const std::vector<DeadlineReceipt>& deadlines, absl::Time at,
         const Law& law, Transition transition)
      : kase_(kase), deadlines_(deadlines), at_(at), law_(law), transition_(transition) {}

  Transition operator()(const Answered& answered) const {
    if (std::holds_alternative<Revoked>(answered.kind)) return OfFinding();
    if (transition_.meaning != Meaning::kMove) return transition_;
    const bool again = std::holds_alternative<SupplementAsked>(answered.kind) &&
                       kase_.rounds - kase_.review_rounds >= law_.authority_rounds;
    const bool cannot_extend = std::holds_alternative<Extended>(answered.kind) &&
                               (IsLateExtension(deadlines_, at_) ||
                                AfterExtension(*law_.rule, deadlines_, law_.calendar).empty());
    return again || cannot_extend ? Transition{Meaning::kRecord} : transition_;
  }
  Transition operator()(const Supplemented& supplemented) const {
    // The authority did without it, or the case was over before it came.
    if (IsFinal(kase_.state) && supplemented.round <= kase_.rounds) return {Meaning::kNothing};
    const bool moves = transition_.meaning == Meaning::kMove;
    return moves && supplemented.round != kase_.rounds ? Transition{Meaning::kWait} : transition_;
  }
  Transition operator()(const SupplementMissed& missed) const {
    // Intake may be read before the request that it speaks of: after a restore, for instance.
    if (missed.round > kase_.rounds && !IsFinal(kase_.state)) return {Meaning::kWait};
    return missed.round == kase_.rounds ? transition_ : Transition{Meaning::kNothing};
  }
  // All that is missing is told at once: then the case is passed on.
  Transition operator()(const Reviewed& reviewed) const {
    const bool again = reviewed.outcome == Reviewed::Outcome::kDefects &&
                       kase_.review_rounds >= law_.reviewer_rounds;
    return again ? Transition{Meaning::kRefuse} : transition_;
  }
  Transition operator()(const DecisionFaulty& faulty) const {
    const bool other = faulty.answer_id != kase_.counted_answer;
    return transition_.meaning == Meaning::kMove && other ? Transition{Meaning::kWait}
                                                          : transition_;
  }
  Transition operator()(const Reported& reported) const {
    // The application was made in its knowledge.
    const bool known = reported.found_version < kase_.record_version;
    return known ? Transition{Meaning::kNothing} : transition_;
  }
  template <typename Other>
  Transition operator()(const Other&) const {
    return transition_;
  }

 private:
  // One finding revokes an approval, once.
  Transition OfFinding() const {
    const bool revokes =
        kase_.result == CaseResult::kApproved && kase_.revoked_by.empty() && law_.finding.revokes;
    const bool counts = transition_.meaning == Meaning::kNote;
    return counts && !revokes ? Transition{Meaning::kRecord} : transition_;
  }

  const Case& kase_;
  const std::vector<DeadlineReceipt>& deadlines_;
  const absl::Time at_;
  const Law& law_;
  const Transition transition_;
};

}  // namespace

Step Decide(const Case& kase, const std::vector<DeadlineReceipt>& deadlines, const CaseInput& input,
            const Law& law) {
  const Transition transition = std::visit(
      Refine(kase, deadlines, input.at, law, TransitionOf(kase.state, KindOf(input))), input.what);
  Step step;
  step.meaning = transition.meaning;
  switch (step.meaning) {
    case Meaning::kRecord:
    case Meaning::kConflict:
      step.reason = WhyNot(kase, input, step.meaning);
      return step;
    case Meaning::kWait:
    case Meaning::kNothing:
      return step;
    case Meaning::kRefuse:
    case Meaning::kMove:
    case Meaning::kNote:
      break;
  }
  step.next = kase;
  if (step.meaning == Meaning::kMove) {
    step.next.state = transition.resumes ? kase.resume : transition.next;
    if (transition.passes_on) GoToStep(step.next, *law.rule, kase.step + 1);
  }
  std::visit(StepBuilder(kase, deadlines, input.at, law, step), input.what);
  return step;
}

}  // namespace xiufu::routing
