#pragma once

#include <string>
#include <utility>

#include "libs/base/clock.h"
#include "libs/base/crash_point.h"
#include "libs/rpc/context.h"
#include "libs/rpc/idempotent_write.h"
#include "services/intake/app/client_write.h"
#include "services/intake/drivers/view_codec.h"

namespace xiufu::intake {

inline Call CallOf(const grpc::CallbackServerContext& context) {
  return {rpc::PrincipalOf(context), rpc::TraceparentOf(context)};
}

// Applicant data leaves intake through the file services and nowhere else: PERMISSION_DENIED for
// all but the department adapters.
absl::Status CheckAdapter(const grpc::CallbackServerContext& context);

// A client's write over gRPC: its request id is checked on the writer and the answer kept with the
// effect. `request` (for an upload the header) carries request_id; it, `response` and `answered`
// live until the answer is given. The caller sets `answer`.
template <typename Answer, typename Request, typename Response, typename Answered>
ClientWrite<Answer> OnceOverGrpc(storage::Database* database, const Clock* clock, const Call& call,
                                 const char* method, const Request& request, Response* response,
                                 Answered answered) {
  ClientWrite<Answer> write;
  write.once = [database, clock, principal = call.principal, method, &request, response](
                   typename ClientWrite<Answer>::Apply apply,
                   typename ClientWrite<Answer>::Done done) {
    rpc::IdempotentWrite once;
    once.method = method;
    once.principal = principal;
    once.request_id = request.request_id();
    once.body_sha256 = rpc::BodySha256(request);
    once.fn = [apply = std::move(apply)](storage::Tx& tx, const Id&) mutable { return apply(tx); };
    once.response = response;
    rpc::Submit(*database, *clock, std::move(once), std::move(done));
  };
  write.done = [answered = std::move(answered)](absl::Status status) mutable {
    CrashPoint("intake.before_reply");
    answered(std::move(status));
  };
  return write;
}

// The same, answered with what ToProto makes of it.
template <typename Answer, typename Request, typename Response, typename Answered>
ClientWrite<Answer> GrpcWrite(storage::Database* database, const Clock* clock, const Call& call,
                              const char* method, const Request& request, Response* response,
                              Answered answered) {
  ClientWrite<Answer> write =
      OnceOverGrpc<Answer>(database, clock, call, method, request, response, std::move(answered));
  write.answer = [response](const Answer& answer) { *response = ToProto(answer); };
  return write;
}

}  // namespace xiufu::intake
