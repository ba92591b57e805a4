#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <memory>
#include <string>

#include "absl/time/time.h"

namespace xiufu::rpc {

// A channel to another service: reconnect back-off of at most 1 s, keepalive, message limits. Every
// call on it carries the token as `authorization: Bearer`, added by an interceptor so that no
// caller handles it.
std::shared_ptr<grpc::Channel> NewChannel(const std::string& target, const std::string& token);

// Every call has a deadline.
void SetDeadline(grpc::ClientContext& context, absl::Duration timeout);

}  // namespace xiufu::rpc
