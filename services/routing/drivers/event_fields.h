#pragma once

#include "services/routing/domain/case.h"
#include "xiufu/common/v1/common.pb.h"

namespace xiufu::routing {

// What several events of routing carry.
void WriteAuthority(const AuthorityRef& authority, common::v1::Authority* proto);
void WriteRule(const RuleRef& rule, common::v1::RuleRef* proto);

}  // namespace xiufu::routing
