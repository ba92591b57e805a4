#include "services/intake/drivers/grpc_objection_service.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/reactor.h"
#include "services/intake/domain/violations.h"
#include "services/intake/drivers/grpc_write.h"
#include "services/intake/drivers/objection_codec.h"
#include "xiufu/intake/v1/objection.grpc.pb.h"

namespace xiufu::intake {
namespace {

constexpr int kDefaultObjections = 50;
constexpr int kMostObjections = 200;

class GrpcObjectionService final : public v1::ObjectionService::CallbackService {
 public:
  GrpcObjectionService(const GrpcParts& parts, const catalogue::Messages* messages)
      : parts_(parts), messages_(messages), page_tokens_(parts.page_token_key) {}

  grpc::ServerUnaryReactor* CreateObjection(grpc::CallbackServerContext* context,
                                            const v1::CreateObjectionRequest* request,
                                            v1::Objection* response) override {
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.intake->objections.Create(
          CallOf(*context), CommandOf(*request),
          Write(*context, "CreateObjection", *request, response, std::move(answer)));
    });
  }

  grpc::ServerUnaryReactor* FileObjection(grpc::CallbackServerContext* context,
                                          const v1::FileObjectionRequest* request,
                                          v1::Objection* response) override {
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.intake->objections.File(
          CallOf(*context), request->name(),
          Write(*context, "FileObjection", *request, response, std::move(answer)),
          static_cast<Capacity>(request->acting()));
    });
  }

  grpc::ServerUnaryReactor* WithdrawObjection(grpc::CallbackServerContext* context,
                                              const v1::WithdrawObjectionRequest* request,
                                              v1::Objection* response) override {
    return rpc::ReplyLater(context, [&](rpc::Answer answer) {
      parts_.intake->objections.GiveUp(
          CallOf(*context), request->name(),
          Write(*context, "WithdrawObjection", *request, response, std::move(answer)),
          static_cast<Capacity>(request->acting()));
    });
  }

  grpc::ServerUnaryReactor* GetObjection(grpc::CallbackServerContext* context,
                                         const v1::GetObjectionRequest* request,
                                         v1::Objection* response) override {
    absl::StatusOr<ObjectionView> view =
        parts_.intake->objections.Get(request->name(), request->query_code());
    if (view.ok()) *response = ToProto(*view, *messages_);
    return rpc::Reply(context, view.status());
  }

  grpc::ServerUnaryReactor* ListObjections(grpc::CallbackServerContext* context,
                                           const v1::ListObjectionsRequest* request,
                                           v1::ListObjectionsResponse* response) override {
    return rpc::Reply(context, List(rpc::PrincipalOf(*context), *request, *response));
  }

 private:
  template <typename Request>
  ClientWrite<ObjectionView> Write(const grpc::CallbackServerContext& context, const char* method,
                                   const Request& request, v1::Objection* response,
                                   rpc::Answer answer) const {
    ClientWrite<ObjectionView> write =
        OnceOverGrpc<ObjectionView>(parts_.database, parts_.clock, CallOf(context), method, request,
                                    response, std::move(answer));
    write.answer = [response, messages = messages_](const ObjectionView& view) {
      *response = ToProto(view, *messages);
    };
    return write;
  }

  absl::Status List(const std::string& principal, const v1::ListObjectionsRequest& request,
                    v1::ListObjectionsResponse& response) const {
    Violations violations;
    absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kDefaultObjections, kMostObjections);
    violations.Take(size.status());
    const std::string bound = absl::StrCat("ListObjections/", principal);
    absl::StatusOr<std::string> position = page_tokens_.Decode(bound, request.page_token());
    violations.Take(position.status());
    if (!violations.empty()) return violations.ToStatus();
    const Id before = position->empty() ? Id() : Id::FromBytes(*position).value_or(Id());
    absl::StatusOr<ObjectionPage> page = parts_.intake->objections.List(principal, before, *size);
    if (!page.ok()) return page.status();
    for (const ObjectionView& view : page->objections) {
      *response.add_objections() = ToProto(view, *messages_);
    }
    if (page->more) {
      const Id& last = page->objections.back().objection.id;
      response.set_next_page_token(page_tokens_.Encode(bound, last.bytes()));
    }
    return absl::OkStatus();
  }

  const GrpcParts parts_;
  const catalogue::Messages* const messages_;
  const rpc::PageTokens page_tokens_;
};

class GrpcObjectionFileService final : public v1::ObjectionFileService::CallbackService {
 public:
  explicit GrpcObjectionFileService(const Intake* intake) : intake_(intake) {}

  grpc::ServerUnaryReactor* GetObjectionFile(grpc::CallbackServerContext* context,
                                             const v1::GetObjectionFileRequest* request,
                                             v1::ObjectionFile* response) override {
    return rpc::Reply(context, Get(*context, *request, *response));
  }

 private:
  absl::Status Get(const grpc::CallbackServerContext& context,
                   const v1::GetObjectionFileRequest& request, v1::ObjectionFile& response) const {
    if (absl::Status status = CheckAdapter(context); !status.ok()) return status;
    absl::StatusOr<Id> id = Id::FromBytes(request.objection());
    if (!id.ok()) return FieldViolation("objection", "no id", "16 bytes");
    absl::StatusOr<ObjectionView> view = intake_->objections.GetFile(*id);
    if (view.ok()) response = ToFile(*view);
    return view.status();
  }

  const Intake* const intake_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewGrpcObjectionService(const GrpcParts& parts,
                                                       const catalogue::Messages* messages) {
  return std::make_unique<GrpcObjectionService>(parts, messages);
}

std::unique_ptr<grpc::Service> NewGrpcObjectionFileService(const Intake* intake) {
  return std::make_unique<GrpcObjectionFileService>(intake);
}

}  // namespace xiufu::intake
