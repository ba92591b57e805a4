#include "services/routing/drivers/event_emitter.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/storage/outbox.h"
#include "services/routing/drivers/event_fields.h"
#include "services/routing/drivers/material_list.h"
#include "services/routing/drivers/proto_fields.h"
#include "services/routing/drivers/receipt_codec.h"
#include "xiufu/department/v1/events.pb.h"
#include "xiufu/routing/v1/events.pb.h"
#include "xiufu/routing/v1/revocation_events.pb.h"

namespace xiufu::routing {
namespace {

constexpr char kRoutingStream[] = "routing";

std::string DepartmentStream(const Case& kase) {
  return absl::StrCat("dept.", kase.authority.code);
}

template <typename Proto>
void WriteCase(const Case& kase, Proto* proto) {
  proto->set_case_id(IdBytes(kase.id));
  proto->set_application(IdBytes(kase.application));
}

// One event on its way out: what it is about, then the message.
struct Outgoing {
  std::string stream;
  absl::string_view type;
  std::string subject;
  std::string dataschema;
  std::string data;
};

template <typename Proto>
Outgoing OnRouting(const Case& kase, absl::string_view type, const Proto& proto) {
  return {kRoutingStream, type, absl::StrCat("cases/", kase.id.ToString()),
          Proto::descriptor()->full_name(), proto.SerializeAsString()};
}

template <typename Proto>
Outgoing ToDepartment(const Case& kase, absl::string_view type, const Proto& proto) {
  return {DepartmentStream(kase), type, absl::StrCat("tasks/", kase.task.ToString()),
          Proto::descriptor()->full_name(), proto.SerializeAsString()};
}

Outgoing Encode(const Case& kase, const CaseOpened& opened) {
  routing::v1::CaseOpened proto;
  WriteCase(kase, &proto);
  proto.set_record(IdBytes(kase.record));
  WriteAuthority(kase.authority, proto.mutable_authority());
  WriteRule(kase.rule, proto.mutable_rule());
  WriteTime(kase.opened_at, proto.mutable_opened_at());
  for (const DeadlineReceipt& receipt : opened.deadlines) {
    WriteDeadline(receipt, proto.add_deadlines());
  }
  for (const Succession& one : opened.successions) {
    routing::v1::Succession& added = *proto.add_successions();
    added.set_predecessor_name(one.predecessor_name);
    added.set_predecessor_uscc(one.predecessor_uscc);
    added.set_authority_code(one.authority_code);
    added.set_document(one.document);
    added.set_effective_from(one.effective_from);
    added.set_source(one.source);
    added.set_confidence(one.confidence);
  }
  return OnRouting(kase, "xiufu.routing.case_opened.v1", proto);
}

void WriteOpinion(const Opinion& opinion, department::v1::ReviewOpinion* proto) {
  proto->set_review(opinion.review);
  // Who it was is kept here: events name nobody.
  if (!opinion.person.empty()) proto->set_by("REVIEWER");
  proto->set_text(opinion.text);
  *proto->mutable_missing() = {opinion.missing.begin(), opinion.missing.end()};
  WriteTime(opinion.at, proto->mutable_given_at());
}

Outgoing Encode(const Case& kase, const TaskGiven& given) {
  department::v1::TaskGiven proto;
  proto.set_task(IdBytes(given.task.id));
  WriteCase(kase, &proto);
  proto.set_application_number(given.task.application_number);
  proto.set_authority_code(kase.authority.code);
  proto.mutable_record()->ParseFromString(kase.snapshot);
  WriteRule(kase.rule, proto.mutable_rule());
  *proto.mutable_materials() = DecodeMaterials(given.task.materials);
  WriteTime(given.task.given_at, proto.mutable_given_at());
  proto.set_accept_due(given.task.accept_due);
  proto.set_decide_due(given.task.decide_due);
  for (const Opinion& opinion : given.task.opinions) WriteOpinion(opinion, proto.add_opinions());
  return ToDepartment(kase, "xiufu.dept.task_given.v1", proto);
}

Outgoing Encode(const Case& kase, const CaseChanged& changed) {
  routing::v1::CaseChanged proto;
  WriteCase(kase, &proto);
  proto.set_state(static_cast<common::v1::CaseState>(kase.state));
  proto.set_version(kase.version);
  WriteTime(changed.at, proto.mutable_changed_at());
  *proto.mutable_defects() = {changed.defects.begin(), changed.defects.end()};
  proto.set_round(kase.rounds);
  proto.set_authority_no(kase.authority_no);
  for (const DeadlineReceipt& receipt : changed.deadlines) {
    WriteDeadline(receipt, proto.add_deadlines());
  }
  proto.set_result(static_cast<common::v1::CaseResult>(changed.words.result));
  proto.set_decision_no(changed.words.decision_no);
  *proto.mutable_reasons() = {changed.words.reasons.begin(), changed.words.reasons.end()};
  proto.set_remedies(changed.words.remedies);
  proto.set_decision_date(changed.words.decision_date);
  if (kase.state == CaseState::kWithUpstream) proto.set_handling(kase.handling);
  proto.set_upstream_step(changed.upstream_step);
  if (changed.authority) WriteAuthority(*changed.authority, proto.mutable_authority());
  return OnRouting(kase, "xiufu.routing.case_changed.v1", proto);
}

Outgoing Encode(const Case& kase, const DeadlinesMoved& moved) {
  routing::v1::DeadlinesMoved proto;
  WriteCase(kase, &proto);
  WriteTime(moved.at, proto.mutable_moved_at());
  for (const DeadlineReceipt& receipt : moved.deadlines) {
    WriteDeadline(receipt, proto.add_deadlines());
  }
  return OnRouting(kase, "xiufu.routing.deadlines_moved.v1", proto);
}

Outgoing Encode(const Case& kase, const SupplementPassedOn& supplement) {
  department::v1::SupplementPassedOn proto;
  proto.set_task(IdBytes(kase.task));
  WriteCase(kase, &proto);
  proto.set_round(supplement.round);
  *proto.mutable_materials() = DecodeMaterials(supplement.materials);
  WriteTime(supplement.at, proto.mutable_supplemented_at());
  proto.set_answer_id(supplement.answer_id);
  *proto.mutable_fetched() = {supplement.fetched.begin(), supplement.fetched.end()};
  return ToDepartment(kase, "xiufu.dept.supplement_passed_on.v1", proto);
}

Outgoing Encode(const Case& kase, const TaskCancelled& cancelled) {
  department::v1::TaskCancelled proto;
  proto.set_task(IdBytes(kase.task));
  WriteCase(kase, &proto);
  proto.set_cause(cancelled.cause);
  WriteTime(cancelled.at, proto.mutable_cancelled_at());
  return ToDepartment(kase, "xiufu.dept.task_cancelled.v1", proto);
}

Outgoing Encode(const Case& kase, const SupplementOverdue& overdue) {
  routing::v1::SupplementOverdue proto;
  WriteCase(kase, &proto);
  proto.set_round(overdue.round);
  proto.set_due_date(overdue.due_date);
  WriteTime(overdue.at, proto.mutable_overdue_at());
  return OnRouting(kase, "xiufu.routing.supplement_overdue.v1", proto);
}

Outgoing Encode(const Case& kase, const LightChanged& changed) {
  routing::v1::LightChanged proto;
  WriteCase(kase, &proto);
  proto.set_kind(changed.kind);
  proto.set_light(static_cast<routing::v1::Light>(changed.light));
  proto.set_due_date(changed.due_date);
  WriteTime(changed.at, proto.mutable_at());
  return OnRouting(kase, "xiufu.routing.light_changed.v1", proto);
}

Outgoing Encode(const Case& kase, const WithdrawalRefused& refused) {
  routing::v1::WithdrawalRefused proto;
  WriteCase(kase, &proto);
  WriteTime(refused.at, proto.mutable_refused_at());
  return OnRouting(kase, "xiufu.routing.withdrawal_refused.v1", proto);
}

Outgoing Encode(const Case& kase, const Reminded& reminded) {
  department::v1::ReminderGiven proto;
  proto.set_task(IdBytes(kase.task));
  WriteCase(kase, &proto);
  proto.set_kind(reminded.kind);
  proto.set_text(reminded.text);
  proto.set_deadline_kind(reminded.deadline_kind);
  proto.set_due_date(reminded.due_date);
  proto.set_number(reminded.number);
  WriteTime(reminded.at, proto.mutable_given_at());
  return ToDepartment(kase, "xiufu.dept.reminder_given.v1", proto);
}

Outgoing Encode(const Case& kase, const OpinionGiven& opinion) {
  routing::v1::OpinionGiven proto;
  WriteCase(kase, &proto);
  proto.set_text(opinion.text);
  WriteTime(opinion.at, proto.mutable_given_at());
  return OnRouting(kase, "xiufu.routing.opinion_given.v1", proto);
}

Outgoing Encode(const Case& kase, const OpinionPassedOn& passed) {
  department::v1::OpinionPassedOn proto;
  proto.set_task(IdBytes(kase.task));
  WriteCase(kase, &proto);
  WriteOpinion(passed.opinion, proto.mutable_opinion());
  return ToDepartment(kase, "xiufu.dept.opinion_given.v1", proto);
}

Outgoing Encode(const Case& kase, const AnswerTaken& taken) {
  routing::v1::AnswerTaken proto;
  WriteCase(kase, &proto);
  proto.set_task(IdBytes(kase.task));
  WriteAuthority(kase.authority, proto.mutable_authority());
  proto.mutable_record()->ParseFromString(kase.snapshot);
  WriteRule(kase.rule, proto.mutable_rule());
  proto.mutable_answer()->ParseFromString(taken.answer);
  WriteTime(taken.at, proto.mutable_taken_at());
  *proto.mutable_effects() = {taken.effects.begin(), taken.effects.end()};
  proto.set_result_word(taken.result_word);
  proto.set_reported_by(taken.reported_by);
  if (taken.commitment) {
    proto.mutable_commitment()->set_title(taken.commitment->title);
    proto.mutable_commitment()->set_title_en(taken.commitment->title_en);
    proto.mutable_commitment()->set_made_on(taken.commitment->made_on);
    proto.mutable_commitment()->set_rule_id(kase.rule.rule_id);
  }
  return OnRouting(kase, "xiufu.routing.answer_taken.v1", proto);
}

void WriteBreach(const Breach& breach, routing::v1::Breach* proto) {
  proto->set_rule_id(breach.rule_id);
  proto->set_regime(breach.regime);
  proto->set_ban_from(breach.ban_from);
  proto->set_ban_until(breach.ban_until);
  proto->set_source(breach.source);
  proto->set_confidence(breach.confidence);
}

Outgoing Encode(const Case& kase, const RevocationTaken& taken) {
  routing::v1::RevocationTaken proto;
  WriteCase(kase, &proto);
  proto.set_task(IdBytes(kase.task));
  WriteAuthority(kase.authority, proto.mutable_authority());
  proto.set_record(IdBytes(kase.record));
  proto.set_decision(IdBytes(kase.decision));
  proto.mutable_answer()->ParseFromString(taken.answer);
  WriteTime(taken.at, proto.mutable_taken_at());
  if (taken.law.breach) WriteBreach(*taken.law.breach, proto.mutable_breach());
  proto.set_restarts(taken.law.restarts);
  proto.set_kind_name(taken.law.name);
  proto.set_kind_name_en(taken.law.name_en);
  proto.set_breaks_commitment(taken.law.breach_of_commitment);
  proto.set_reported_by(taken.reported_by);
  return OnRouting(kase, "xiufu.routing.revocation_taken.v1", proto);
}

Outgoing Encode(const Case& kase, const AnswerFaulty& faulty) {
  department::v1::AnswerFaulty proto;
  proto.set_task(IdBytes(kase.task));
  WriteCase(kase, &proto);
  proto.set_answer_id(faulty.answer_id);
  proto.set_reason(faulty.reason);
  return ToDepartment(kase, "xiufu.dept.answer_faulty.v1", proto);
}

}  // namespace

void EventEmitter::Emit(storage::Tx& tx, const messaging::Cause& cause, const Case& kase,
                        const CaseEvent& event) const {
  Outgoing out = std::visit([&](const auto& told) { return Encode(kase, told); }, event);
  const messaging::About about{out.stream, out.type, std::move(out.subject), kase.application,
                               kase.id};
  tx.outbox().Append(
      tx, messaging::NewEvent(cause, "/xiufu/routing", about, out.dataschema, std::move(out.data)));
}

}  // namespace xiufu::routing
