#include "services/intake/drivers/grpc_front_door_service.h"

#include <utility>

#include "libs/base/status.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/reactor.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/drivers/common_codec.h"
#include "services/intake/drivers/front_door_codec.h"
#include "services/intake/drivers/grpc_write.h"
#include "services/intake/drivers/push_material_call.h"
#include "xiufu/intake/v1/front_door.grpc.pb.h"

namespace xiufu::intake {
namespace {

constexpr char kListPushed[] = "ListPushed";
constexpr int kPushedPage = 50;
constexpr int kMostPushedPage = 200;

class GrpcFrontDoorService final : public v1::FrontDoorService::CallbackService {
 public:
  explicit GrpcFrontDoorService(FrontDoorParts parts)
      : parts_(std::move(parts)), page_tokens_(parts_.page_token_key) {}

  grpc::ServerUnaryReactor* ReceivePushed(grpc::CallbackServerContext* context,
                                          const v1::ReceivePushedRequest* request,
                                          v1::PushReceipt* response) override {
    absl::StatusOr<DoorCall> call = DoorOf(*context);
    if (!call.ok()) return rpc::Reply(context, call.status());
    if (request->front_door() != common::v1::FRONT_DOOR_UNSPECIFIED &&
        static_cast<FrontDoor>(request->front_door()) != call->door) {
      return rpc::Reply(context, absl::PermissionDeniedError("the door of another principal"));
    }
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.receive->Receive(*call, CommandOf(*request), Fill(response, std::move(answer)));
    });
  }

  grpc::ServerReadReactor<v1::PushMaterialRequest>* PushMaterial(
      grpc::CallbackServerContext* context, v1::PushReceipt* response) override {
    return NewPushMaterialCall(parts_.receive, parts_.workers, DoorOf(*context), response);
  }

  grpc::ServerUnaryReactor* ReceivePushedSupplement(
      grpc::CallbackServerContext* context, const v1::ReceivePushedSupplementRequest* request,
      v1::PushReceipt* response) override {
    absl::StatusOr<DoorCall> call = DoorOf(*context);
    if (!call.ok()) return rpc::Reply(context, call.status());
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.receive->ReceiveSupplement(*call, SupplementOf(*request),
                                        Fill(response, std::move(answer)));
    });
  }

  grpc::ServerUnaryReactor* ReceivePushedWithdrawal(
      grpc::CallbackServerContext* context, const v1::ReceivePushedWithdrawalRequest* request,
      v1::PushReceipt* response) override {
    absl::StatusOr<DoorCall> call = DoorOf(*context);
    if (!call.ok()) return rpc::Reply(context, call.status());
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.receive->ReceiveWithdrawal(*call, request->upstream_no(), request->reason(),
                                        Fill(response, std::move(answer)));
    });
  }

  grpc::ServerUnaryReactor* ListPushed(grpc::CallbackServerContext* context,
                                       const v1::ListPushedRequest* request,
                                       v1::ListPushedResponse* response) override {
    const absl::Status allowed = rpc::OnlyOperator(*context);
    return rpc::Reply(context, allowed.ok() ? List(*request, *response) : allowed);
  }

  grpc::ServerUnaryReactor* TakeUpPushed(grpc::CallbackServerContext* context,
                                         const v1::TakeUpPushedRequest* request,
                                         v1::PushReceipt* response) override {
    if (absl::Status allowed = rpc::OnlyOperator(*context); !allowed.ok()) {
      return rpc::Reply(context, allowed);
    }
    const absl::StatusOr<Id> push = ParsePushName("name", request->name());
    if (!push.ok()) return rpc::Reply(context, push.status());
    Id record;
    if (!request->record().empty()) {
      const absl::StatusOr<Id> named = ParseRecordName("record", request->record());
      if (!named.ok()) return rpc::Reply(context, named.status());
      record = *named;
    }
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.receive->TakeUpAgain(*push, record, Fill(response, std::move(answer)));
    });
  }

 private:
  absl::StatusOr<DoorCall> DoorOf(const grpc::CallbackServerContext& context) const {
    Call call = CallOf(context);
    const auto door = parts_.doors.find(call.principal);
    if (door == parts_.doors.end()) {
      return absl::PermissionDeniedError("for upstream front doors only");
    }
    return DoorCall{std::move(call), door->second};
  }

  static PushDone Fill(v1::PushReceipt* response, rpc::Answer answer) {
    return [response, answer = std::move(answer)](absl::StatusOr<PushStanding> standing) mutable {
      if (standing.ok()) *response = ToProto(*standing);
      answer(standing.status());
    };
  }

  absl::Status List(const v1::ListPushedRequest& request, v1::ListPushedResponse& response) const {
    const absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kPushedPage, kMostPushedPage);
    if (!size.ok()) return size.status();
    const absl::StatusOr<std::string> after =
        page_tokens_.Decode(kListPushed, request.page_token());
    if (!after.ok()) return after.status();
    return parts_.database->Read([&](storage::Session& session) {
      std::vector<StoredPush> pushes =
          parts_.pushes->Waiting(session, Id::FromBytes(*after).value_or(Id()), *size + 1);
      if (pushes.size() > static_cast<size_t>(*size)) {
        pushes.pop_back();
        response.set_next_page_token(page_tokens_.Encode(kListPushed, BytesOf(pushes.back().id)));
      }
      for (StoredPush& push : pushes) {
        *response.add_pushed() =
            ToWaiting(StandingOf(session, *parts_.pushes, *parts_.applications, std::move(push)));
      }
      return session.status();
    });
  }

  const FrontDoorParts parts_;
  const rpc::PageTokens page_tokens_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewGrpcFrontDoorService(FrontDoorParts parts) {
  return std::make_unique<GrpcFrontDoorService>(std::move(parts));
}

}  // namespace xiufu::intake
