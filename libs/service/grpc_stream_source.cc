#include <grpcpp/grpcpp.h>

#include <utility>

#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "libs/service/stream_codec.h"
#include "libs/service/stream_source.h"
#include "xiufu/stream/v1/stream.grpc.pb.h"

namespace xiufu::service {
namespace {

class GrpcStreamSource final : public StreamSource {
 public:
  GrpcStreamSource(const std::shared_ptr<grpc::ChannelInterface>& channel,
                   absl::Duration heads_timeout, absl::Duration read_timeout,
                   Interruption* interruption)
      : stub_(stream::v1::StreamService::NewStub(channel)),
        heads_timeout_(heads_timeout),
        read_timeout_(read_timeout),
        interruption_(interruption) {}

  absl::StatusOr<std::vector<storage::StreamHead>> Heads(
      const std::string& consumer, const std::vector<std::string>& patterns,
      const std::vector<storage::Mark>& marks) override {
    grpc::ClientContext context;
    rpc::SetDeadline(context, heads_timeout_);
    const Interruption::Call call(interruption_, [&context] { context.TryCancel(); });
    stream::v1::HeadsResponse response;
    const grpc::Status status =
        stub_->Heads(&context, EncodeHeadsRequest(consumer, patterns, marks), &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    std::vector<storage::StreamHead> heads;
    for (const stream::v1::Head& proto : response.heads()) {
      absl::StatusOr<storage::StreamHead> head = DecodeHead(proto);
      if (!head.ok()) return head.status();
      heads.push_back(*std::move(head));
    }
    return heads;
  }

  absl::Status Read(const std::string& consumer, const std::string& stream, int64_t epoch,
                    int64_t from_seq, absl::FunctionRef<bool(std::string run)> take) override {
    grpc::ClientContext context;
    rpc::SetDeadline(context, read_timeout_);
    const Interruption::Call call(interruption_, [&context] { context.TryCancel(); });
    stream::v1::ReadRequest request;
    request.set_consumer(consumer);
    request.set_stream(stream);
    request.set_epoch(epoch);
    request.set_from_seq(from_seq);
    auto reader = stub_->Read(&context, request);
    stream::v1::Run run;
    bool enough = false;
    while (!enough && reader->Read(&run)) enough = !take(run.SerializeAsString());
    if (enough) context.TryCancel();
    const grpc::Status status = reader->Finish();
    return enough ? absl::OkStatus() : rpc::FromGrpc(status);
  }

 private:
  const std::unique_ptr<stream::v1::StreamService::Stub> stub_;
  const absl::Duration heads_timeout_;
  const absl::Duration read_timeout_;
  Interruption* const interruption_;
};

}  // namespace

std::unique_ptr<StreamSource> NewGrpcStreamSource(
    const std::shared_ptr<grpc::ChannelInterface>& channel, absl::Duration heads_timeout,
    absl::Duration read_timeout, Interruption* interruption) {
  return std::make_unique<GrpcStreamSource>(channel, heads_timeout, read_timeout, interruption);
}

}  // namespace xiufu::service
