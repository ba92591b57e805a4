#pragma once

#include <memory>

#include "services/routing/drivers/routing_service.h"

namespace xiufu::routing {

// xiufu.routing.v1.RelayService, for the principal "operator" alone.
std::unique_ptr<grpc::Service> NewRelayService(const ServiceParts& parts);

}  // namespace xiufu::routing
