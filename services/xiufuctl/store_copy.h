#pragma once

#include "absl/status/statusor.h"
#include "services/xiufuctl/service_address.h"
#include "xiufu/stream/v1/store.pb.h"

namespace xiufu::ctl {

// Has the running service write a copy of its store; waits for it for at most an hour.
absl::StatusOr<stream::v1::CopyStoreResponse> CopyStoreOf(const ServiceAddress& address);

}  // namespace xiufu::ctl
