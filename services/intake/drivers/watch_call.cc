#include "services/intake/drivers/watch_call.h"

#include <memory>

#include "libs/base/status.h"
#include "libs/rpc/status.h"
#include "services/intake/drivers/view_codec.h"

namespace xiufu::intake {
namespace {

// The gRPC end of a feed. The feed decides what is sent and when it ends; this only carries it.
class WatchCall final : public grpc::ServerWriteReactor<v1::TimelineEntry>, public TimelineSink {
 public:
  explicit WatchCall(WatchHub* hub) : hub_(hub) {}

  void Begin(const Id& application, int64_t after) {
    feed_ = std::make_shared<TimelineFeed>(application, after, this);
    const absl::Status watching = hub_->Watch(feed_);
    if (!watching.ok()) feed_->End(watching);
  }
  void Refuse(const absl::Status& status) {
    grpc::ServerWriteReactor<v1::TimelineEntry>::Finish(rpc::ToGrpc(status));
  }

  void Send(const TimelineEntry& entry) override {
    message_ = ToProto(entry);
    StartWrite(&message_);
  }
  void Finish(const absl::Status& status) override { Refuse(status); }

  void OnWriteDone(bool ok) override { hub_->Sent(feed_, ok); }
  void OnCancel() override {
    if (feed_ != nullptr) feed_->End(absl::CancelledError("the watcher is gone"));
  }
  void OnDone() override {
    if (feed_ != nullptr) hub_->Forget(feed_);
    delete this;
  }

 private:
  WatchHub* const hub_;
  std::shared_ptr<TimelineFeed> feed_;
  v1::TimelineEntry message_;
};

}  // namespace

grpc::ServerWriteReactor<v1::TimelineEntry>* NewWatchCall(
    const GrpcParts& parts, const v1::WatchApplicationRequest& request) {
  auto* call = new WatchCall(parts.hub);
  if (request.after() < 0) {
    call->Refuse(FieldViolation("after", "negative", "the last position that the caller has"));
    return call;
  }
  absl::StatusOr<Id> application =
      parts.intake->applications.Identify(request.name(), request.query_code());
  if (application.ok()) {
    call->Begin(*application, request.after());
  } else {
    call->Refuse(application.status());
  }
  return call;
}

}  // namespace xiufu::intake
