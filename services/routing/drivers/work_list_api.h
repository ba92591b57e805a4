#pragma once

#include <memory>

#include "services/routing/drivers/routing_service.h"

namespace xiufu::routing {

// xiufu.routing.v1.WorkListService, for authorities and for the principal "operator".
std::unique_ptr<grpc::Service> NewWorkListService(const ServiceParts& parts);

}  // namespace xiufu::routing
