#include "services/xiufuctl/desk_client.h"

#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "libs/service/config.h"

namespace xiufu::ctl {
namespace {

constexpr absl::Duration kDeskLimit = absl::Seconds(10);

}  // namespace

absl::StatusOr<DeskClient> DeskClient::Connect(const std::string& target,
                                               const std::string& credentials) {
  absl::StatusOr<std::string> token =
      service::ReadSecretFile(absl::StrCat(credentials, "/operator.token"));
  if (!token.ok()) return token.status();
  return DeskClient(routing::v1::RoutingService::NewStub(rpc::NewChannel(target, *token)));
}

absl::StatusOr<std::vector<routing::v1::UnassignedCase>> DeskClient::Unassigned() const {
  std::vector<routing::v1::UnassignedCase> cases;
  routing::v1::ListUnassignedCasesRequest request;
  do {
    grpc::ClientContext context;
    rpc::SetDeadline(context, kDeskLimit);
    routing::v1::ListUnassignedCasesResponse page;
    const grpc::Status status = stub_->ListUnassignedCases(&context, request, &page);
    if (!status.ok()) return rpc::FromGrpc(status);
    cases.insert(cases.end(), page.cases().begin(), page.cases().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return cases;
}

absl::StatusOr<std::vector<routing::v1::UncountedAnswer>> DeskClient::Uncounted() const {
  std::vector<routing::v1::UncountedAnswer> answers;
  routing::v1::ListUncountedAnswersRequest request;
  do {
    grpc::ClientContext context;
    rpc::SetDeadline(context, kDeskLimit);
    routing::v1::ListUncountedAnswersResponse page;
    const grpc::Status status = stub_->ListUncountedAnswers(&context, request, &page);
    if (!status.ok()) return rpc::FromGrpc(status);
    answers.insert(answers.end(), page.answers().begin(), page.answers().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return answers;
}

absl::Status DeskClient::Assign(const routing::v1::AssignCaseRequest& request) const {
  grpc::ClientContext context;
  rpc::SetDeadline(context, kDeskLimit);
  routing::v1::AssignCaseResponse response;
  return rpc::FromGrpc(stub_->AssignCase(&context, request, &response));
}

absl::Status DeskClient::Allow(const routing::v1::AllowSupplementRequest& request) const {
  grpc::ClientContext context;
  rpc::SetDeadline(context, kDeskLimit);
  routing::v1::AllowSupplementResponse response;
  return rpc::FromGrpc(stub_->AllowSupplement(&context, request, &response));
}

}  // namespace xiufu::ctl
