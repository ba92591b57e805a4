#include "services/intake/drivers/upload_call.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/rpc/status.h"
#include "services/intake/drivers/grpc_write.h"
#include "services/intake/drivers/request_codec.h"

namespace xiufu::intake {
namespace {

constexpr size_t kMostChunk = 256 * 1024;

// Header, then chunks; what is wrong is told as soon as it is seen. Chunks go to the page cache on
// gRPC's thread; the waiting for the disk is done by a worker.
class UploadCall final : public grpc::ServerReadReactor<v1::UploadMaterialRequest> {
 public:
  UploadCall(const GrpcParts& parts, grpc::CallbackServerContext* context, v1::Material* response)
      : parts_(parts), call_(CallOf(*context)), response_(response) {
    StartRead(&message_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return Complete();
    const absl::Status status = message_.has_header()  ? TakeHeader()
                                : message_.has_chunk() ? TakeChunk()
                                                       : NoPart();
    if (finished_) return;
    if (!status.ok()) return Answer(status);
    StartRead(&message_);
  }

  void OnDone() override { delete this; }

 private:
  static absl::Status NoPart() { return FieldViolation("part", "empty", "a header or a chunk"); }

  absl::Status TakeHeader() {
    if (has_header_) return FieldViolation("part", "a second header", "chunks after the header");
    has_header_ = true;
    header_ = std::move(*message_.mutable_header());
    absl::StatusOr<std::unique_ptr<IncomingMaterial>> incoming =
        parts_.intake->upload_material.Begin(call_, CommandOf(header_));
    if (incoming.ok()) {
      incoming_ = *std::move(incoming);
    } else {
      Refuse(incoming.status());
    }
    return absl::OkStatus();
  }

  // The same upload may have succeeded before; then that answer counts.
  void Refuse(const absl::Status& status) {
    finished_ = true;
    RefuseUnlessKept(Write(), status);
  }

  absl::Status TakeChunk() {
    if (!has_header_) return FieldViolation("part", "a chunk", "the header first");
    const std::string& chunk = message_.chunk();
    if (chunk.size() > kMostChunk) {
      return FieldViolation("chunk", absl::StrCat(chunk.size(), " bytes"),
                            absl::StrCat("at most ", kMostChunk));
    }
    return incoming_->Append(chunk);
  }

  void Complete() {
    if (!has_header_) return Answer(FieldViolation("part", "nothing", "the header first"));
    finished_ = true;
    const bool taken = parts_.workers->Run(
        [this] { parts_.intake->upload_material.Add(call_, std::move(incoming_), Write()); });
    if (!taken) Answer(absl::UnavailableError("the service is stopping"));
  }

  ClientWrite<Material> Write() {
    return GrpcWrite<Material>(parts_.database, parts_.clock, call_, "UploadMaterial", header_,
                               response_, [this](const absl::Status& status) { Answer(status); });
  }

  // The last thing done: this may be gone afterwards.
  void Answer(const absl::Status& status) {
    finished_ = true;
    incoming_.reset();
    Finish(rpc::ToGrpc(status));
  }

  const GrpcParts parts_;
  const Call call_;
  v1::Material* const response_;
  v1::UploadMaterialRequest message_;
  v1::UploadMaterialRequest::Header header_;
  bool has_header_ = false;
  bool finished_ = false;  // an answer is given or on its way: nothing more is read
  std::unique_ptr<IncomingMaterial> incoming_;
};

}  // namespace

grpc::ServerReadReactor<v1::UploadMaterialRequest>* NewUploadCall(
    const GrpcParts& parts, grpc::CallbackServerContext* context, v1::Material* response) {
  return new UploadCall(parts, context, response);
}

}  // namespace xiufu::intake
