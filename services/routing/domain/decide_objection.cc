#include "services/routing/domain/decide_objection.h"

#include <utility>

#include "libs/base/legal_day.h"
#include "services/routing/domain/objection_transition.h"

namespace xiufu::routing {
namespace {

// By when the authority that gets it on this day has to answer.
std::string DecideDue(const std::vector<DeadlineReceipt>& had, const Law& law, absl::Time at) {
  std::vector<DeadlineReceipt> receipts =
      StartedBy(law, catalogue::kPushedToAuthority, LegalDay(at));
  // Where the rule counts from the filing, that goes on: the applicant has been waiting all along.
  const DeadlineReceipt* due = FindReceipt(receipts, kDecideDeadline);
  if (due == nullptr) due = FindReceipt(had, kDecideDeadline);
  return due == nullptr ? "" : FormatDay(due->due.day);
}

// A clock ends: by the time of what ends it, so that handling late leaves no trace of it.
void NoteStopped(const DeadlineReceipt& receipt, absl::Time at, Objection& objection) {
  absl::Time& since = LateSince(objection, receipt.kind);
  const absl::Time missed = MissedAt(receipt);
  if (at >= missed && since == absl::InfinitePast()) since = missed;
  if (at < missed && since == missed) since = absl::InfinitePast();
}

// Fills a step for one input; `next` is the objection in its new state already.
struct FillStep {
  const Objection& before;
  const std::vector<DeadlineReceipt>& had;
  const Law& law;
  const absl::Time at;
  ObjectionStep& step;

  void operator()(const ObjectionDelivered&) const {
    step.deadlines = StartedBy(law, catalogue::kPushedToAuthority, LegalDay(at));
    Tell(ObjectionChanged{.deadlines = step.deadlines});
  }
  void operator()(const ObjectionAnswered& answered) const {
    std::visit([&](const auto& kind) { Take(answered, kind); }, answered.kind);
  }
  void operator()(const ObjectionGivenUp&) const {
    Tell(ObjectionChanged());
    // The desk's is with nobody.
    if (before.state != ObjectionState::kToBeAssigned) Tell(ObjectionCancelled());
  }
  void operator()(const ObjectionAssigned& assigned) const {
    step.next.authority = assigned.authority;
    step.next.task = assigned.task;
    step.next.reason.clear();
    // Until its system has it the time is ours, as it was at the desk.
    Tell(ObjectionChanged());
    Tell(ObjectionGiven{DecideDue(had, law, at)});
  }

  void Take(const ObjectionAnswered& answered, const ObjectionUpheld& upheld) const {
    step.next.counted_answer = answered.answer_id;
    Tell(ObjectionChanged{.document_no = upheld.document_no,
                          .correction = upheld.correction,
                          .reasons = upheld.reasons});
  }
  void Take(const ObjectionAnswered& answered, const ObjectionRejected& rejected) const {
    step.next.counted_answer = answered.answer_id;
    Tell(ObjectionChanged{.document_no = rejected.document_no,
                          .reasons = rejected.reasons,
                          .remedies = rejected.remedies});
  }
  void Take(const ObjectionAnswered&, const ObjectionReturned& returned) const {
    step.next.reason = returned.reason;
    step.deadlines = StartedBy(law, catalogue::kTaskGiven, LegalDay(at));
    const DeadlineReceipt* due = FindReceipt(had, kDecideDeadline);
    Tell(ObjectionChanged{.deadlines = step.deadlines,
                          .reasons = {returned.reason},
                          .due_ended = due != nullptr && !Runs(step.next.state, *due)});
  }

  void Tell(ObjectionEvent event) const { step.events.push_back(std::move(event)); }
};

const char* WhyNotCounted(ObjectionState state) {
  switch (state) {
    case ObjectionState::kWithdrawn:
      return "异议已撤回 / the objection was withdrawn";
    case ObjectionState::kToBeAssigned:
      return "已退回，待分办 / it was returned and is to be assigned";
    default:
      return "异议已有答复，不再采用 / the objection is answered already";
  }
}

}  // namespace

OpenedObjection OpenObjection(const ObjectionFiled& filed, const AuthorityRef& authority,
                              const std::string& unknown_because, const Id& task, const Law& law) {
  OpenedObjection opened;
  opened.objection = {.id = filed.objection,
                      .number = filed.number,
                      .kind = static_cast<ObjectionKind>(filed.kind),
                      .application = filed.application,
                      .case_id = filed.case_id,
                      .record = filed.record,
                      .rule = filed.rule,
                      .snapshot = filed.snapshot,
                      .materials = filed.materials,
                      .opening_sha256 = filed.sha256,
                      .filed_at = filed.filed_at,
                      .authority = authority,
                      .task = task,
                      .changed_at = filed.filed_at,
                      .reason = unknown_because};
  const absl::CivilDay day = LegalDay(filed.filed_at);
  for (const char* event : {catalogue::kSubmitted, catalogue::kReceived, catalogue::kTaskGiven}) {
    for (DeadlineReceipt& begun : StartedBy(law, event, day)) {
      opened.deadlines.push_back(std::move(begun));
    }
  }
  ObjectionChanged begun{.deadlines = opened.deadlines};
  if (unknown_because.empty()) {
    opened.events = {begun, ObjectionGiven{DecideDue(opened.deadlines, law, filed.filed_at)}};
  } else {
    opened.objection.state = ObjectionState::kToBeAssigned;
    begun.reasons = {unknown_because};
    opened.events = {begun};
  }
  return opened;
}

ObjectionStep Decide(const Objection& objection, const std::vector<DeadlineReceipt>& had,
                     const Law& law, const ObjectionInput& input) {
  const ObjectionTransition transition = TransitionOf(objection.state, KindOf(input));
  ObjectionStep step;
  step.meaning = transition.meaning;
  if (step.meaning == Meaning::kRecord) step.reason = WhyNotCounted(objection.state);
  if (step.meaning != Meaning::kMove) return step;
  step.next = objection;
  step.next.state = transition.next;
  step.next.changed_at = input.at;
  ++step.next.version;
  std::visit(FillStep{objection, had, law, input.at, step}, input.what);
  for (const DeadlineReceipt& receipt : had) {
    const bool goes_on =
        Runs(step.next.state, receipt) && FindReceipt(step.deadlines, receipt.kind) == nullptr;
    if (Runs(objection.state, receipt) && !goes_on) NoteStopped(receipt, input.at, step.next);
  }
  return step;
}

absl::Time& LateSince(Objection& objection, absl::string_view kind) {
  return kind == kDeliverDeadline ? objection.undelivered_since : objection.overdue_since;
}

}  // namespace xiufu::routing
