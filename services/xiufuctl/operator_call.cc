#include "services/xiufuctl/operator_call.h"

#include "absl/strings/str_cat.h"
#include "libs/service/config.h"

namespace xiufu::ctl {

absl::StatusOr<std::shared_ptr<grpc::Channel>> ChannelTo(const ServiceAddress& address,
                                                         const std::string& principal) {
  const absl::StatusOr<std::string> token =
      service::ReadSecretFile(absl::StrCat(address.credentials, "/", principal, ".token"));
  if (!token.ok()) return token.status();
  return rpc::NewChannel(address.target, *token);
}

}  // namespace xiufu::ctl
