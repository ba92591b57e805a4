#include "libs/rpc/reactor.h"

#include <memory>
#include <utility>

#include "libs/rpc/status.h"

namespace xiufu::rpc {
namespace {

// Owed to a caller: when nobody answers (a writer that was stopped drops what waits), it answers
// itself.
class OwedAnswer {
 public:
  explicit OwedAnswer(grpc::ServerUnaryReactor* reactor) : reactor_(reactor) {}
  OwedAnswer(OwedAnswer&& other) noexcept : reactor_(std::exchange(other.reactor_, nullptr)) {}
  OwedAnswer& operator=(OwedAnswer&&) = delete;
  ~OwedAnswer() { (*this)(absl::UnavailableError("the service is stopping")); }

  void operator()(const absl::Status& status) {
    if (grpc::ServerUnaryReactor* reactor = std::exchange(reactor_, nullptr)) {
      reactor->Finish(ToGrpc(status));
    }
  }

 private:
  grpc::ServerUnaryReactor* reactor_;
};

}  // namespace

grpc::ServerUnaryReactor* Reply(grpc::CallbackServerContext* context, const absl::Status& status) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(ToGrpc(status));
  return reactor;
}

grpc::ServerUnaryReactor* ReplyLater(grpc::CallbackServerContext* context,
                                     absl::FunctionRef<void(Answer answer)> start) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  start(OwedAnswer(reactor));
  return reactor;
}

}  // namespace xiufu::rpc
