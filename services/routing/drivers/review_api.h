#pragma once

#include <memory>

#include "services/routing/drivers/routing_service.h"

namespace xiufu::routing {

// xiufu.routing.v1.ReviewService, for the principal "operator" alone. `parts` are copied.
std::unique_ptr<grpc::Service> NewReviewService(const ServiceParts& parts);

}  // namespace xiufu::routing
