#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace xiufu::rpc {

// The one mapping between absl::Status inside and google.rpc.Status at the edge: code, message,
// ErrorInfo (domain "xiufu", reason from libs/base/status.h or the code's name) and BadRequest
// (violations). What is too long for a client's 8 KiB of trailing metadata is clipped; violations
// that have no room are counted in a last one without a field, "and N more". INTERNAL and UNKNOWN
// keep their text in the log, not on the wire.
grpc::Status ToGrpc(const absl::Status& status);
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace xiufu::rpc
