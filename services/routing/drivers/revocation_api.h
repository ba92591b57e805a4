#pragma once

#include <grpcpp/impl/service_type.h>

#include <memory>

#include "services/routing/drivers/routing_service.h"

namespace xiufu::routing {

// xiufu.routing.v1.RevocationService, for the principal "operator" alone.
std::unique_ptr<grpc::Service> NewRevocationService(const ServiceParts& parts);

}  // namespace xiufu::routing
