#pragma once

#include <grpcpp/support/server_callback.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "libs/base/status.h"
#include "libs/rpc/context.h"
#include "libs/rpc/idempotent_write.h"
#include "libs/rpc/reactor.h"
#include "services/routing/drivers/routing_service.h"

namespace xiufu::routing {

// What a person at the desk does, once per request id and by the operator alone. `about`: whose
// place the cause has. `act` runs on the writer unless `refusal` says that the request is wrong.
template <typename Request>
grpc::ServerUnaryReactor* ActOnce(
    const ServiceParts& parts, grpc::CallbackServerContext* context, const char* method,
    const Request& request, const absl::Status& refusal, const Id& about,
    absl::AnyInvocable<absl::Status(const messaging::Cause&, storage::Tx&)> act,
    google::protobuf::Message* response) {
  if (absl::Status status = rpc::OnlyOperator(*context); !status.ok()) {
    return rpc::Reply(context, status);
  }
  if (!refusal.ok()) return rpc::Reply(context, refusal);
  const absl::Time now = absl::FromUnixMillis(absl::ToUnixMillis(parts.clock->Now()));
  const messaging::Cause cause{parts.ids->NewV7(now), now, PlaceOf(about),
                               rpc::TraceparentOf(*context)};
  rpc::IdempotentWrite write;
  write.method = method;
  write.principal = rpc::PrincipalOf(*context);
  write.request_id = request.request_id();
  write.body_sha256 = rpc::BodySha256(request);
  write.fn = [cause, act = std::move(act)](storage::Tx& tx, const Id&) mutable {
    return act(cause, tx);
  };
  write.response = response;
  return rpc::ReplyLater(context, [&](rpc::Answer answer) {
    rpc::Submit(*parts.database, *parts.clock, std::move(write), std::move(answer));
  });
}

// Collects what is wrong with a request, so that all of it is told at once.
class DeskRequest {
 public:
  Id ReadId(absl::string_view field, const std::string& bytes);
  std::string ReadText(absl::string_view field, const std::string& text, size_t longest);
  absl::Status status() const;

 private:
  std::vector<Violation> wrong_;
};

}  // namespace xiufu::routing
