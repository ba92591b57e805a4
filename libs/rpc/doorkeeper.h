#pragma once

#include <grpcpp/security/auth_metadata_processor.h>
#include <grpcpp/support/server_interceptor.h>

#include <memory>

#include "libs/rpc/server.h"

namespace xiufu::rpc {

// The one place where a call is let in, before any handler or even the call's messages are looked
// at:
//   no `authorization: Bearer` with a known token          UNAUTHENTICATED,  "UNAUTHENTICATED: ..."
//   a unary method without a deadline, or above 60 s away  INVALID_ARGUMENT, "DEADLINE_REQUIRED:
//   ..."
// It covers all methods of all services, health and reflection too. gRPC 1.51 can send no error
// details from here, so the reason is the first word of the message; FromGrpc (status.h)
// understands it.
//
// Streams need no deadline: a watch lives until its end, an upload is as slow as its line.
std::shared_ptr<grpc::AuthMetadataProcessor> NewDoorkeeper(const Tokens* tokens);

// Tells the handlers who calls: replaces the token in the call's metadata by kPrincipalKey. An
// interceptor, because what the doorkeeper could leave in the AuthContext would be shared by all
// calls of a connection.
constexpr char kPrincipalKey[] = "xiufu-principal";
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> NewPrincipalNamer(
    const Tokens* tokens);

// Answers a single request that is no protobuf of its method (a text that is not UTF-8, for
// instance) INVALID_ARGUMENT with reason REQUEST_MALFORMED. A method without a handler stays
// UNIMPLEMENTED.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> NewMalformedRefuser();

}  // namespace xiufu::rpc
