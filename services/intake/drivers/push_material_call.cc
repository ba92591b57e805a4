#include "services/intake/drivers/push_material_call.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/rpc/status.h"
#include "services/intake/domain/create_application.h"
#include "services/intake/drivers/front_door_codec.h"

namespace xiufu::intake {
namespace {

constexpr size_t kMostPushed = 256 * 1024;
constexpr size_t kSha256Size = 32;

// Header, then chunks, as in UploadCall; what it is checked against was announced before.
class PushMaterialCall final : public grpc::ServerReadReactor<v1::PushMaterialRequest> {
 public:
  PushMaterialCall(const ReceivePushed* receive, WorkerPool* workers, absl::StatusOr<DoorCall> call,
                   v1::PushReceipt* response)
      : receive_(receive), workers_(workers), call_(std::move(call)), response_(response) {
    if (call_.ok()) {
      StartRead(&message_);
    } else {
      Answer(call_.status());
    }
  }

  void OnReadDone(bool ok) override {
    if (!ok) return Complete();
    const absl::Status status = message_.has_header()  ? TakeHeader()
                                : message_.has_chunk() ? TakeChunk()
                                                       : NoPart("empty");
    if (!status.ok()) return Answer(status);
    StartRead(&message_);
  }

  void OnDone() override { delete this; }

 private:
  static absl::Status NoPart(absl::string_view wrong) {
    return FieldViolation("part", wrong, "one header, then chunks");
  }

  absl::Status TakeHeader() {
    if (incoming_ != nullptr) return NoPart("a second header");
    number_ = message_.header().upstream_no();
    Violations violations;
    violations.Take(CheckUpstreamNo("header.upstream_no", number_));
    const absl::StatusOr<std::string> sha256 = HexDecode(message_.header().sha256());
    if (!sha256.ok() || sha256->size() != kSha256Size) {
      violations.Add("header.sha256", "not a SHA-256", "64 hex digits");
    }
    if (!violations.empty()) return violations.ToStatus();
    absl::StatusOr<std::unique_ptr<IncomingMaterial>> incoming =
        receive_->BeginPaper(*call_, number_, *sha256);
    if (!incoming.ok()) return incoming.status();
    incoming_ = *std::move(incoming);
    return absl::OkStatus();
  }

  absl::Status TakeChunk() {
    if (incoming_ == nullptr) return NoPart("a chunk first");
    const std::string& chunk = message_.chunk();
    if (chunk.size() <= kMostPushed) return incoming_->Append(chunk);
    return FieldViolation("chunk", absl::StrCat(chunk.size(), " bytes"),
                          absl::StrCat("at most ", kMostPushed));
  }

  void Complete() {
    if (incoming_ == nullptr) return Answer(NoPart("nothing"));
    const bool taken = workers_->Run([this] {
      receive_->AddPaper(*call_, number_, std::move(incoming_),
                         [this](absl::StatusOr<PushStanding> standing) {
                           if (standing.ok()) *response_ = ToProto(*standing);
                           Answer(standing.status());
                         });
    });
    if (!taken) Answer(absl::UnavailableError("the service is stopping"));
  }

  // The last thing done: this may be gone afterwards.
  void Answer(const absl::Status& status) {
    incoming_.reset();
    Finish(rpc::ToGrpc(status));
  }

  const ReceivePushed* const receive_;
  WorkerPool* const workers_;
  const absl::StatusOr<DoorCall> call_;
  v1::PushReceipt* const response_;
  v1::PushMaterialRequest message_;
  std::string number_;
  std::unique_ptr<IncomingMaterial> incoming_;
};

}  // namespace

grpc::ServerReadReactor<v1::PushMaterialRequest>* NewPushMaterialCall(const ReceivePushed* receive,
                                                                      WorkerPool* workers,
                                                                      absl::StatusOr<DoorCall> call,
                                                                      v1::PushReceipt* response) {
  return new PushMaterialCall(receive, workers, std::move(call), response);
}

}  // namespace xiufu::intake
