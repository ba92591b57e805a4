#include "services/xiufuctl/store_copy.h"

#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "libs/service/config.h"
#include "xiufu/stream/v1/store.grpc.pb.h"

namespace xiufu::ctl {

absl::StatusOr<stream::v1::CopyStoreResponse> CopyStoreOf(const ServiceAddress& address) {
  const absl::StatusOr<std::string> token =
      service::ReadSecretFile(absl::StrCat(address.credentials, "/operator.token"));
  if (!token.ok()) return token.status();
  const auto stub = stream::v1::StoreService::NewStub(rpc::NewChannel(address.target, *token));
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
