#include "services/xiufuctl/revoke_result.h"

#include <grpcpp/grpcpp.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "libs/base/id.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "libs/service/config.h"
#include "xiufu/routing/v1/revocation.grpc.pb.h"

namespace xiufu::ctl {

std::optional<routing::v1::ReportRevocationRequest> RevocationOf(const Arguments& args) {
  if (args.words() != std::vector<std::string>{"revoke"}) return std::nullopt;
  for (const char* name : {"finding", "document", "date", "reason", "source"}) {
    if (!args.Has(name)) return std::nullopt;
  }
  if (args.Has("decision") == args.Has("case")) return std::nullopt;
  routing::v1::ReportRevocationRequest request;
  if (args.Has("case")) {
    const absl::StatusOr<Id> id = Id::Parse(args.Value("case"));
    if (!id.ok()) return std::nullopt;
    request.set_case_id(std::string(id->bytes()));
  }
  request.set_decision_no(args.Value("decision"));
  request.mutable_finding()->set_kind(args.Value("finding"));
  request.mutable_finding()->set_document_no(args.Value("document"));
  request.mutable_finding()->set_found_on(args.Value("date"));
  request.mutable_finding()->add_reasons(args.Value("reason"));
  request.mutable_finding()->set_remedies(args.Value("remedies"));
  request.mutable_finding()->set_found_by(args.Value("found-by"));
  request.set_source(args.Value("source"));
  return request;
}

absl::Status ReportRevocation(const std::string& target, const std::string& credentials,
                              const routing::v1::ReportRevocationRequest& request) {
  absl::StatusOr<std::string> token =
      service::ReadSecretFile(absl::StrCat(credentials, "/operator.token"));
  if (!token.ok()) return token.status();
  const auto stub = routing::v1::RevocationService::NewStub(rpc::NewChannel(target, *token));
  grpc::ClientContext context;
  rpc::SetDeadline(context, absl::Seconds(10));
  routing::v1::ReportRevocationResponse response;
  return rpc::FromGrpc(stub->ReportRevocation(&context, request, &response));
}

}  // namespace xiufu::ctl
