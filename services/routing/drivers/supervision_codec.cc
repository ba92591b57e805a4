#include "services/routing/drivers/supervision_codec.h"

#include <string>

#include "services/routing/drivers/proto_fields.h"
#include "services/routing/drivers/receipt_codec.h"

namespace xiufu::routing {
namespace {

template <typename Proto>
void WriteKnown(absl::Time time, google::protobuf::Timestamp* (Proto::*field)(), Proto* proto) {
  if (time != absl::InfinitePast()) WriteTime(time, (proto->*field)());
}

void WriteSupervised(const AuthorityRef& authority, common::v1::Authority* proto) {
  proto->set_code(authority.code);
  proto->set_name(authority.name);
  proto->set_uscc(authority.uscc);
}

v1::ClockOwner OwnerProto(absl::string_view kind) {
  return static_cast<v1::ClockOwner>(OwnerOf(kind));
}

std::string NameOfAddressee(const EscalationRow& row,
                            const catalogue::AuthorityRegistry& authorities) {
  if (row.note.to == "LINE_SUPERIOR") return authorities.SuperiorNameOf(row.authority_code);
  if (row.note.to != "AUTHORITY") return "";
  const catalogue::Authority* authority = authorities.FindByCode(row.authority_code);
  return authority == nullptr ? "" : authority->name;
}

}  // namespace

void Put(const ClockRow& row, v1::Clock* proto) {
  proto->set_case_id(IdBytes(row.kase.id));
  proto->set_application(IdBytes(row.kase.application));
  proto->set_application_number(row.application_number);
  WriteSupervised(row.kase.authority, proto->mutable_authority());
  proto->set_state(static_cast<common::v1::CaseState>(row.kase.state));
  WriteDeadline(row.receipt, proto->mutable_deadline());
  proto->set_owner(OwnerProto(row.receipt.kind));
  proto->set_light(static_cast<v1::Light>(row.light));
  proto->set_authority_task_no(row.authority_task_no);
  WriteKnown(row.delivered_at, &v1::Clock::mutable_delivered_at, proto);
}

void Put(const OverdueRow& row, v1::Overdue* proto) {
  proto->set_case_id(IdBytes(row.case_id));
  proto->set_application_number(row.application_number);
  proto->set_authority_code(row.authority_code);
  proto->set_kind(row.kind);
  proto->set_owner(OwnerProto(row.kind));
  WriteTime(row.since, proto->mutable_since());
  WriteKnown(row.until, &v1::Overdue::mutable_until, proto);
}

void Put(const ReminderRow& row, v1::Reminder* proto) {
  proto->set_case_id(IdBytes(row.case_id));
  proto->set_application_number(row.application_number);
  proto->set_authority_code(row.authority_code);
  proto->set_kind(row.kind);
  proto->set_due_date(row.due_date);
  proto->set_light(static_cast<v1::Light>(row.light));
  WriteTime(row.at, proto->mutable_at());
}

void Put(const EscalationRow& row, const catalogue::AuthorityRegistry& authorities,
         v1::Escalation* proto) {
  proto->set_to_name(NameOfAddressee(row, authorities));
  proto->set_case_id(IdBytes(row.case_id));
  proto->set_application_number(row.application_number);
  proto->set_authority_code(row.authority_code);
  proto->set_kind(row.note.kind);
  WriteTime(row.note.since, proto->mutable_since());
  proto->set_step(row.note.step);
  proto->set_to(row.note.to);
  proto->set_proposes_order(row.note.proposes_order);
  WriteTime(row.note.at, proto->mutable_at());
  proto->set_row(row.note.rule_row);
}

Light ReplyLight(const SupervisionOrder& order, const catalogue::Law& law, absl::Time now) {
  const bool replied = order.replied_at != absl::InfinitePast();
  const catalogue::Reminder* reminder =
      law.catalogue.supervision().FindReminder(order.reply_due.kind, order.reply_due.due.day);
  return LightOf(order.reply_due, replied ? nullptr : reminder,
                 law.calendar.For(order.authority_code, ""), replied ? order.replied_at : now);
}

void Put(const SupervisionOrder& order, Light light, v1::SupervisionOrder* proto) {
  proto->set_number(order.number);
  proto->set_case_id(IdBytes(order.case_id));
  proto->set_kind(order.kind);
  WriteTime(order.since, proto->mutable_since());
  proto->mutable_authority()->set_code(order.authority_code);
  proto->mutable_authority()->set_name(order.authority_name);
  proto->set_person(order.person);
  proto->set_demand(order.demand);
  WriteTime(order.issued_at, proto->mutable_issued_at());
  WriteDeadline(order.reply_due, proto->mutable_reply_due());
  proto->set_light(static_cast<v1::Light>(light));
  proto->set_reply(order.reply);
  proto->set_replied_by(order.replied_by);
  WriteKnown(order.replied_at, &v1::SupervisionOrder::mutable_replied_at, proto);
}

void Put(const catalogue::Authority& authority, const AuthorityCounts& counts,
         v1::AuthorityFigures* proto) {
  proto->mutable_authority()->set_code(authority.code);
  proto->mutable_authority()->set_name(authority.name);
  proto->mutable_authority()->set_uscc(authority.uscc);
  proto->set_open_cases(counts.open_cases);
  proto->set_ended_cases(counts.ended_cases);
  proto->set_gross_ms(counts.gross_ms);
  proto->set_net_ms(counts.net_ms);
  proto->set_with_authority_ms(counts.with_authority_ms);
  proto->set_longest_net_ms(counts.longest_net_ms);
  proto->set_overdue_now(counts.overdue_now);
  proto->set_overdue_ever(counts.overdue_ever);
  proto->set_undelivered_ever(counts.undelivered_ever);
  proto->set_supplement_requests(counts.supplement_requests);
  proto->set_supplement_rounds(counts.supplement_rounds);
  proto->set_needless_requests(counts.needless_requests);
  proto->set_reminders(counts.reminders);
  proto->set_escalations(counts.escalations);
  proto->set_orders(counts.orders);
  proto->set_orders_unanswered(counts.orders_unanswered);
}

}  // namespace xiufu::routing
