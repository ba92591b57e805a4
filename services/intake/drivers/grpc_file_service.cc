#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "libs/base/status.h"
#include "libs/rpc/context.h"
#include "libs/rpc/reactor.h"
#include "libs/rpc/status.h"
#include "services/intake/drivers/grpc_intake_service.h"
#include "services/intake/drivers/grpc_write.h"
#include "services/intake/drivers/view_codec.h"
#include "xiufu/intake/v1/intake.grpc.pb.h"

namespace xiufu::intake {
namespace {

constexpr size_t kChunk = 256 * 1024;

absl::StatusOr<Id> ApplicationIdOf(const std::string& bytes) {
  absl::StatusOr<Id> id = Id::FromBytes(bytes);
  if (id.ok()) return *id;
  return FieldViolation("application", "no id", "16 bytes");
}

// One FetchMaterial call, chunk by chunk at the receiver's pace. Deletes itself when it is done.
class FetchCall final : public grpc::ServerWriteReactor<v1::MaterialChunk> {
 public:
  explicit FetchCall(absl::StatusOr<std::unique_ptr<BlobReader>> reader)
      : reader_(std::move(reader)) {
    if (reader_.ok()) {
      SendNext();
    } else {
      Finish(rpc::ToGrpc(reader_.status()));
    }
  }

  void OnWriteDone(bool ok) override {
    if (ok) {
      SendNext();
    } else {
      Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the receiver is gone"));
    }
  }
  void OnDone() override { delete this; }

 private:
  void SendNext() {
    absl::StatusOr<std::string> bytes = (*reader_)->Next(kChunk);
    if (!bytes.ok() || bytes->empty()) return Finish(rpc::ToGrpc(bytes.status()));
    chunk_.set_data(*std::move(bytes));
    StartWrite(&chunk_);
  }

  const absl::StatusOr<std::unique_ptr<BlobReader>> reader_;
  v1::MaterialChunk chunk_;
};

class GrpcFileService final : public v1::ApplicationFileService::CallbackService {
 public:
  explicit GrpcFileService(const Intake* intake) : intake_(intake) {}

  grpc::ServerUnaryReactor* GetApplicationFile(grpc::CallbackServerContext* context,
                                               const v1::GetApplicationFileRequest* request,
                                               v1::ApplicationFile* response) override {
    return rpc::Reply(context, Get(*context, *request, *response));
  }

  grpc::ServerWriteReactor<v1::MaterialChunk>* FetchMaterial(
      grpc::CallbackServerContext* context, const v1::FetchMaterialRequest* request) override {
    return new FetchCall(Open(*context, *request));
  }

 private:
  absl::Status Get(const grpc::CallbackServerContext& context,
                   const v1::GetApplicationFileRequest& request,
                   v1::ApplicationFile& response) const {
    if (absl::Status status = CheckAdapter(context); !status.ok()) return status;
    absl::StatusOr<Id> id = ApplicationIdOf(request.application());
    if (!id.ok()) return id.status();
    absl::StatusOr<ApplicationFile> file = intake_->files.Get(*id);
    if (file.ok()) response = ToProto(*file);
    return file.status();
  }

  absl::StatusOr<std::unique_ptr<BlobReader>> Open(const grpc::CallbackServerContext& context,
                                                   const v1::FetchMaterialRequest& request) const {
    if (absl::Status status = CheckAdapter(context); !status.ok()) return status;
    absl::StatusOr<Id> id = ApplicationIdOf(request.application());
    if (!id.ok()) return id.status();
    return intake_->files.Open(*id, request.sha256());
  }

  const Intake* const intake_;
};

}  // namespace

absl::Status CheckAdapter(const grpc::CallbackServerContext& context) {
  if (absl::StartsWith(rpc::PrincipalOf(context), "department_adapter")) return absl::OkStatus();
  return absl::PermissionDeniedError("for department adapters only");
}

std::unique_ptr<grpc::Service> NewGrpcFileService(const Intake* intake) {
  return std::make_unique<GrpcFileService>(intake);
}

}  // namespace xiufu::intake
