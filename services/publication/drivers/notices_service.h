#pragma once

#include <memory>

#include "services/publication/drivers/publication_service.h"

namespace xiufu::publication {

// xiufu.publication.v1.RepairNoticeService.
std::unique_ptr<grpc::Service> NewRepairNoticeService(const ServiceParts& parts);

}  // namespace xiufu::publication
