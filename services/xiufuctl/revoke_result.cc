#include "services/xiufuctl/revoke_result.h"

#include <iostream>
#include <string>

#include "libs/base/id.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/telling.h"
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

int ReportRevocation(const Arguments& args, const routing::v1::ReportRevocationRequest& request) {
  using Revocations = Operator<routing::v1::RevocationService>;
  const absl::StatusOr<Revocations> revocations = Revocations::Of(args, "routing");
  if (!revocations.ok()) return Failed(revocations.status());
  const auto taken = revocations->Call(&Revocations::Stub::ReportRevocation, request);
  if (!taken.ok()) return Failed(taken.status());
  std::cout << "已登记 / taken: " << request.finding().document_no() << '\n';
  return Told();
}

}  // namespace xiufu::ctl
