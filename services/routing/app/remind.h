#pragma once

#include "libs/messaging/cause.h"
#include "libs/storage/tx.h"
#include "services/routing/app/ports.h"

namespace xiufu::routing {

// Tells the authority whose system has acknowledged the case's task; nobody where none has: what
// is not delivered is ours, and who is not given a case is not reminded of it.
void Remind(const Ports& ports, const Case& kase, const Reminded& reminded,
            const messaging::Cause& cause, storage::Tx& tx);

}  // namespace xiufu::routing
