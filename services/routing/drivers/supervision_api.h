#pragma once

#include <memory>
#include <vector>

#include "libs/observability/metrics.h"
#include "services/routing/drivers/routing_service.h"

namespace xiufu::routing {

// xiufu.routing.v1.SupervisionService, for the principal "operator" alone.
std::unique_ptr<grpc::Service> NewSupervisionService(const ServiceParts& parts);

// Gauges of what each authority of the registry has missed and not met yet, until they are
// destroyed. `parts` is used until then.
std::vector<std::unique_ptr<observability::GaugeReader>> WatchOverdue(const ServiceParts& parts);

}  // namespace xiufu::routing
