#pragma once

#include <memory>

#include "libs/catalogue/messages.h"
#include "services/routing/drivers/routing_service.h"

namespace xiufu::routing {

// xiufu.routing.v1.OrderLetterService, for the principal "operator" alone. The messages outlive it.
std::unique_ptr<grpc::Service> NewOrderLetterService(const ServiceParts& parts,
                                                     const catalogue::Messages* messages);

}  // namespace xiufu::routing
