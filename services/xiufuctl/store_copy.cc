#include "services/xiufuctl/store_copy.h"

#include <grpcpp/grpcpp.h>

#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "services/xiufuctl/operator_call.h"
#include "xiufu/stream/v1/store.grpc.pb.h"

namespace xiufu::ctl {

absl::StatusOr<stream::v1::CopyStoreResponse> CopyStoreOf(const ServiceAddress& address) {
  const absl::StatusOr<std::shared_ptr<grpc::Channel>> channel = ChannelTo(address);
  if (!channel.ok()) return channel.status();
  const auto stub = stream::v1::StoreService::NewStub(*channel);
  grpc::ClientContext context;
  rpc::SetDeadline(context, absl::Hours(1));
  stream::v1::CopyStoreResponse response;
  const auto answer = stub->CopyStore(&context, {});
  answer->Read(&response);
  const grpc::Status status = answer->Finish();
  if (!status.ok()) return rpc::FromGrpc(status);
  return response;
}

}  // namespace xiufu::ctl
