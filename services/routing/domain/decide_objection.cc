#include "services/routing/domain/decide_objection.h"

#include <utility>

#include "libs/base/legal_day.h"
#include "services/routing/domain/objection_transition.h"

namespace xiufu::routing {
namespace {

std::string DayOf(const DeadlineReceipt* due) {
  return due == nullptr ? "" : FormatDay(due->due.day);
}

// Every clock of the rule: an objection has one, and nothing else starts it but that it was filed.
std::vector<DeadlineReceipt> ClocksFrom(const catalogue::Rule& rule, absl::Time filed_at,
                                        const calendar::Calendar& calendar) {
  std::vector<DeadlineReceipt> receipts;
  for (const catalogue::Deadline& deadline : rule.deadlines) {
    if (deadline.kind != kObjectionDeadline) continue;
    receipts = DeadlinesFrom(rule, deadline.start_event, LegalDay(filed_at), calendar);
  }
  return receipts;
}

// Fills a step for one input; `next` is the objection in its new state already.
struct FillStep {
  const Objection& before;
  const DeadlineReceipt* due;
  ObjectionStep& step;

  void operator()(const ObjectionDelivered&) const { Tell(ObjectionChanged()); }
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
    Tell(ObjectionChanged());
    // The clock goes on: the applicant has been waiting all along.
    Tell(ObjectionGiven{DayOf(due)});
  }

  void Take(const ObjectionAnswered& answered, const ObjectionUpheld& upheld) const {
    step.next.counted_answer = answered.answer_id;
    Tell(ObjectionChanged{{}, upheld.document_no, upheld.correction, upheld.reasons, ""});
  }
  void Take(const ObjectionAnswered& answered, const ObjectionRejected& rejected) const {
    step.next.counted_answer = answered.answer_id;
    Tell(ObjectionChanged{{}, rejected.document_no, "", rejected.reasons, rejected.remedies});
  }
  void Take(const ObjectionAnswered&, const ObjectionReturned& returned) const {
    step.next.reason = returned.reason;
    Tell(ObjectionChanged{{}, "", "", {returned.reason}, ""});
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
                              const std::string& unknown_because, const Id& task,
                              const catalogue::Rule& rule, const calendar::Calendar& calendar) {
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
  opened.deadlines = ClocksFrom(rule, filed.filed_at, calendar);
  ObjectionChanged begun{opened.deadlines, "", "", {}, ""};
  if (unknown_because.empty()) {
    opened.events = {begun,
                     ObjectionGiven{DayOf(FindReceipt(opened.deadlines, kObjectionDeadline))}};
  } else {
    opened.objection.state = ObjectionState::kToBeAssigned;
    begun.reasons = {unknown_because};
    opened.events = {begun};
  }
  return opened;
}

ObjectionStep Decide(const Objection& objection, const DeadlineReceipt* due,
                     const ObjectionInput& input) {
  const ObjectionTransition transition = TransitionOf(objection.state, KindOf(input));
  ObjectionStep step;
  step.meaning = transition.meaning;
  if (step.meaning == Meaning::kRecord) step.reason = WhyNotCounted(objection.state);
  if (step.meaning != Meaning::kMove) return step;
  step.next = objection;
  step.next.state = transition.next;
  step.next.changed_at = input.at;
  ++step.next.version;
  std::visit(FillStep{objection, due, step}, input.what);
  return step;
}

}  // namespace xiufu::routing
