#include "services/routing/drivers/event_fields.h"

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

}  // namespace xiufu::routing
