#pragma once

#include "services/intake/app/agents.h"
#include "services/intake/domain/power_of_attorney.h"
#include "xiufu/intake/v1/agent.pb.h"

namespace xiufu::intake {

// As it came, not judged.
PowerCommand PowerOf(const v1::PowerOfAttorney& proto);
ReplacePowerCommand CommandOf(const v1::ReplacePowerOfAttorneyRequest& request);

// Without what tells who a person is.
v1::PowerOfAttorney ToProto(const PowerOfAttorney& power);
void Fill(const AgentPage& page, v1::ListAgentsResponse& response);

}  // namespace xiufu::intake
