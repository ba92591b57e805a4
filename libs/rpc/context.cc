#include "libs/rpc/context.h"

#include <openssl/rand.h>

#include "libs/rpc/doorkeeper.h"
#include "libs/rpc/traceparent.h"

namespace xiufu::rpc {
namespace {

std::string MetadataOf(const grpc::ServerContextBase& context, const char* key) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(key);
  if (found == metadata.end()) return "";
  return std::string(found->second.data(), found->second.size());
}

// The edge of the suite is one of the few places that may be random: a trace says nothing about a
// case.
Traceparent NewTrace() {
  Traceparent trace;
  RAND_bytes(trace.trace_id.data(), static_cast<int>(trace.trace_id.size()));
  RAND_bytes(trace.parent_id.data(), static_cast<int>(trace.parent_id.size()));
  return trace;
}

}  // namespace

std::string PrincipalOf(const grpc::ServerContextBase& context) {
  return MetadataOf(context, kPrincipalKey);
}

absl::Status OnlyOperator(const grpc::ServerContextBase& context) {
  if (PrincipalOf(context) == "operator") return absl::OkStatus();
  return absl::PermissionDeniedError("only the principal \"operator\" may do this");
}

std::string TraceparentOf(const grpc::ServerContextBase& context) {
  const std::optional<Traceparent> sent = ParseTraceparent(MetadataOf(context, "traceparent"));
  return FormatTraceparent(sent.has_value() ? *sent : NewTrace());
}

}  // namespace xiufu::rpc
