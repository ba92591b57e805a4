#pragma once

#include "libs/catalogue/receipt.h"
#include "services/routing/domain/case.h"
#include "xiufu/common/v1/common.pb.h"
#include "xiufu/routing/v1/events.pb.h"

namespace xiufu::routing {

// What several events of routing carry.
void WriteAuthority(const AuthorityRef& authority, common::v1::Authority* proto);
void WriteRule(const RuleRef& rule, common::v1::RuleRef* proto);
void WriteDeadline(const catalogue::DeadlineReceipt& receipt, routing::v1::Deadline* proto);

}  // namespace xiufu::routing
