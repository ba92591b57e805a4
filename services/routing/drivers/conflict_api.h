#pragma once

#include <memory>

#include "services/routing/drivers/routing_service.h"

namespace xiufu::routing {

// xiufu.routing.v1.ConflictService, for the principal "operator" alone.
std::unique_ptr<grpc::Service> NewConflictService(const ServiceParts& parts);

}  // namespace xiufu::routing
