#pragma once

#include <grpcpp/support/server_callback.h>

#include "services/intake/drivers/grpc_intake_service.h"
#include "xiufu/intake/v1/intake.pb.h"

namespace xiufu::intake {

// One WatchApplication call. Deletes itself when it is done.
grpc::ServerWriteReactor<v1::TimelineEntry>* NewWatchCall(
    const GrpcParts& parts, const v1::WatchApplicationRequest& request);

}  // namespace xiufu::intake
