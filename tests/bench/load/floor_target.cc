#include "tests/bench/load/floor_target.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libs/base/random_ids.h"
#include "libs/rpc/status.h"

namespace xiufu::bench {
namespace {

struct Call {
  grpc::ClientContext context;
  v1::SubmitRequest request;
  v1::SubmitResponse response;
  absl::AnyInvocable<void(absl::Status)> done;
};

}  // namespace

FloorTarget::FloorTarget(const std::string& address) {
  for (int i = 0; i < 4; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetInt("bench.channel", i);  // keeps the channels apart
    stubs_.push_back(v1::Floor::NewStub(
        grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments)));
  }
}

absl::Status FloorTarget::Prepare(size_t count) {
  RandomIds ids;
  while (ids_.size() < count) ids_.emplace_back(ids.NewV7(absl::Now()).bytes());
  return absl::OkStatus();
}

void FloorTarget::Submit(size_t index, absl::AnyInvocable<void(absl::Status)> done) {
  auto call = std::make_shared<Call>();
  call->context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  call->request.set_id(ids_[index]);
  call->request.set_payload(payload_);
  call->done = std::move(done);
  stubs_[index % stubs_.size()]->async()->Submit(
      &call->context, &call->request, &call->response,
      [call](const grpc::Status& status) { call->done(rpc::FromGrpc(status)); });
}

}  // namespace xiufu::bench
