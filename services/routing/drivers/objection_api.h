#pragma once

#include <memory>

#include "services/routing/drivers/routing_service.h"

namespace xiufu::routing {

// xiufu.routing.v1.ObjectionDeskService, for the principal "operator" alone.
std::unique_ptr<grpc::Service> NewObjectionDeskService(const ServiceParts& parts);

}  // namespace xiufu::routing
