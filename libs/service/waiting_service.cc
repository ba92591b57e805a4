#include "libs/service/waiting_service.h"

#include <string>

#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/rpc/context.h"
#include "libs/rpc/reactor.h"
#include "libs/service/waiting_list.h"
#include "libs/storage/waiting.h"

namespace xiufu::service {
namespace {

absl::Status CheckOperator(const grpc::ServerContextBase& context) {
  if (rpc::PrincipalOf(context) == "operator") return absl::OkStatus();
  return absl::PermissionDeniedError("only the principal \"operator\" may do this");
}

}  // namespace

grpc::ServerUnaryReactor* WaitingService::ListWaiting(grpc::CallbackServerContext* context,
                                                      const stream::v1::ListWaitingRequest* request,
                                                      stream::v1::ListWaitingResponse* response) {
  return rpc::Reply(context, FillWaitingList(database_, page_tokens_, *request, response));
}

grpc::ServerUnaryReactor* WaitingService::ReplayParked(
    grpc::CallbackServerContext* context, const stream::v1::ReplayParkedRequest* request,
    stream::v1::ReplayParkedResponse* /*response*/) {
  if (absl::Status status = CheckOperator(*context); !status.ok()) {
    return rpc::Reply(context, status);
  }
  return rpc::ReplyLater(context, [&](rpc::Answer answer) {
    database_->Write([id = request->id(), clock = clock_](
                         storage::Tx& tx) { return tx.waiting().Replay(tx, id, clock->Now()); },
                     std::move(answer));
  });
}

grpc::ServerUnaryReactor* WaitingService::DiscardParked(
    grpc::CallbackServerContext* context, const stream::v1::DiscardParkedRequest* request,
    stream::v1::DiscardParkedResponse* /*response*/) {
  absl::Status status = CheckOperator(*context);
  if (status.ok()) status = CheckText("reason", request->reason(), 1, 500);
  if (!status.ok()) return rpc::Reply(context, status);
  return rpc::ReplyLater(context, [&](rpc::Answer answer) {
    database_->Write(
        [id = request->id(), reason = request->reason(), clock = clock_](storage::Tx& tx) {
          return tx.waiting().Discard(tx, id, reason, clock->Now());
        },
        std::move(answer));
  });
}

}  // namespace xiufu::service
