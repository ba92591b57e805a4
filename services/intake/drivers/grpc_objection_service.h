#pragma once

#include <memory>

#include "libs/catalogue/messages.h"
#include "services/intake/drivers/grpc_intake_service.h"

namespace xiufu::intake {

// xiufu.intake.v1.ObjectionService: a thin mapping onto Intake. `parts` and `messages` outlive it.
std::unique_ptr<grpc::Service> NewGrpcObjectionService(const GrpcParts& parts,
                                                       const catalogue::Messages* messages);

// xiufu.intake.v1.ObjectionFileService, for principals whose name begins with "department_adapter".
std::unique_ptr<grpc::Service> NewGrpcObjectionFileService(const Intake* intake);

}  // namespace xiufu::intake
