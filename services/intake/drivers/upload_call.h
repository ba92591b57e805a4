#pragma once

#include <grpcpp/support/server_callback.h>

#include "services/intake/drivers/grpc_intake_service.h"
#include "xiufu/intake/v1/intake.pb.h"

namespace xiufu::intake {

// One UploadMaterial call. Deletes itself when it is done.
grpc::ServerReadReactor<v1::UploadMaterialRequest>* NewUploadCall(
    const GrpcParts& parts, grpc::CallbackServerContext* context, v1::Material* response);

}  // namespace xiufu::intake
