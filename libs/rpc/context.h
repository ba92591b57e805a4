#pragma once

#include <grpcpp/server_context.h>

#include <string>

#include "absl/status/status.h"

namespace xiufu::rpc {

// The named principal that the call's bearer token stands for. Never empty inside a handler: calls
// without a known token were refused before.
std::string PrincipalOf(const grpc::ServerContextBase& context);

// OK for the principal "operator", PERMISSION_DENIED for any other.
absl::Status OnlyOperator(const grpc::ServerContextBase& context);

// The call's W3C traceparent, or a new one derived from nothing when it sent none or a malformed
// one.
std::string TraceparentOf(const grpc::ServerContextBase& context);

}  // namespace xiufu::rpc
