#pragma once

#include <memory>

#include "services/intake/app/ports.h"
#include "services/intake/app/repairable_source.h"

namespace grpc {
class Channel;
}

namespace xiufu::intake {

// Publication over gRPC, 5 seconds a call. Whatever keeps it from answering is UNAVAILABLE to our
// callers.
std::unique_ptr<RecordSource> NewPublicationClient(std::shared_ptr<grpc::Channel> channel);
// The same, for what can be repaired.
std::unique_ptr<RepairableSource> NewRepairableClient(std::shared_ptr<grpc::Channel> channel);

}  // namespace xiufu::intake
