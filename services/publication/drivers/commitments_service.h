#pragma once

#include <grpcpp/impl/service_type.h>

#include <memory>

#include "services/publication/drivers/publication_service.h"

namespace xiufu::publication {

// xiufu.publication.v1.CommitmentService: public data, for every principal.
std::unique_ptr<grpc::Service> NewCommitmentService(const ServiceParts& parts);

}  // namespace xiufu::publication
