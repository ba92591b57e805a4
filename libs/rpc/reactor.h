#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include "absl/functional/any_invocable.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"

namespace xiufu::rpc {

// What a unary callback method returns when its answer is already there.
//   return rpc::Reply(context, Fill(request, response));
grpc::ServerUnaryReactor* Reply(grpc::CallbackServerContext* context, const absl::Status& status);

// Answers the call. Exactly once, from any thread; an answer that is destroyed without having been
// given is UNAVAILABLE.
using Answer = absl::AnyInvocable<void(absl::Status)>;

// What a unary callback method returns when the answer comes later, from the writer for instance.
// `request`, `response` and `context` live until the answer is given.
//   return rpc::ReplyLater(context, [&](rpc::Answer answer) {
//     database_->Write([...](storage::Tx& tx) { ... }, std::move(answer));
//   });
grpc::ServerUnaryReactor* ReplyLater(grpc::CallbackServerContext* context,
                                     absl::FunctionRef<void(Answer answer)> start);

}  // namespace xiufu::rpc
