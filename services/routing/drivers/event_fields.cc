#include "services/routing/drivers/event_fields.h"

#include "libs/base/legal_day.h"

namespace xiufu::routing {

void WriteAuthority(const AuthorityRef& authority, common::v1::Authority* proto) {
  proto->set_code(authority.code);
  proto->set_name(authority.name);
  proto->set_uscc(authority.uscc);
}

void WriteRule(const RuleRef& rule, common::v1::RuleRef* proto) {
  proto->set_rule_id(rule.rule_id);
  proto->set_catalogue_version(rule.catalogue_version);
  proto->set_catalogue_sha256(rule.catalogue_sha256);
  proto->set_calendar_version(rule.calendar_version);
}

void WriteDeadline(const catalogue::DeadlineReceipt& receipt, routing::v1::Deadline* proto) {
  proto->set_kind(receipt.kind);
  proto->set_start_event(receipt.start_event);
  proto->set_start_date(FormatDay(receipt.start_date));
  proto->set_working_days(receipt.days);
  proto->set_due_date(FormatDay(receipt.due.day));
  proto->set_provisional(receipt.due.provisional);
  proto->set_source(receipt.source);
  proto->set_confidence(receipt.confidence);
  proto->set_calendar_version(receipt.calendar_version);
}

}  // namespace xiufu::routing
