#pragma once

#include "services/routing/domain/deadline.h"
#include "xiufu/routing/v1/events.pb.h"

namespace xiufu::routing {

void WriteDeadline(const DeadlineReceipt& receipt, v1::Deadline* proto);

}  // namespace xiufu::routing
