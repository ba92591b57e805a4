#include "services/xiufuctl/supervise_client.h"

#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/status.h"
#include "libs/service/config.h"

namespace xiufu::ctl {
namespace {

constexpr absl::Duration kSuperviseLimit = absl::Seconds(10);
constexpr int kSupervisePage = 200;

// Page by page until the last; `rows` are a response's.
template <typename Row, typename Stub, typename Request, typename Response, typename Rows>
absl::StatusOr<std::vector<Row>> SuperviseWhole(
    Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
    Request request, const Rows& rows) {
  std::vector<Row> all;
  request.set_page_size(kSupervisePage);
  do {
    grpc::ClientContext context;
    rpc::SetDeadline(context, kSuperviseLimit);
    Response page;
    const grpc::Status status = (stub.*method)(&context, request, &page);
    if (!status.ok()) return rpc::FromGrpc(status);
    all.insert(all.end(), rows(page).begin(), rows(page).end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

}  // namespace

absl::StatusOr<SuperviseClient> SuperviseClient::Connect(const std::string& target,
                                                         const std::string& credentials) {
  absl::StatusOr<std::string> token =
      service::ReadSecretFile(absl::StrCat(credentials, "/operator.token"));
  if (!token.ok()) return token.status();
  return SuperviseClient(routing::v1::SupervisionService::NewStub(rpc::NewChannel(target, *token)));
}

absl::StatusOr<std::vector<routing::v1::Clock>> SuperviseClient::Clocks(
    routing::v1::ListClocksRequest request) const {
  return SuperviseWhole<routing::v1::Clock>(
      *stub_, &Stub::ListClocks, std::move(request),
      [](const auto& page) -> const auto& { return page.clocks(); });
}

absl::StatusOr<std::vector<routing::v1::Overdue>> SuperviseClient::Overdue(
    routing::v1::ListOverdueRequest request) const {
  return SuperviseWhole<routing::v1::Overdue>(
      *stub_, &Stub::ListOverdue, std::move(request),
      [](const auto& page) -> const auto& { return page.overdue(); });
}

absl::StatusOr<std::vector<routing::v1::Reminder>> SuperviseClient::Reminders(
    routing::v1::ListRemindersRequest request) const {
  return SuperviseWhole<routing::v1::Reminder>(
      *stub_, &Stub::ListReminders, std::move(request),
      [](const auto& page) -> const auto& { return page.reminders(); });
}

absl::StatusOr<std::vector<routing::v1::Escalation>> SuperviseClient::Escalations(
    routing::v1::ListEscalationsRequest request) const {
  return SuperviseWhole<routing::v1::Escalation>(
      *stub_, &Stub::ListEscalations, std::move(request),
      [](const auto& page) -> const auto& { return page.escalations(); });
}

absl::StatusOr<std::vector<routing::v1::SupervisionOrder>> SuperviseClient::Orders(
    routing::v1::ListOrdersRequest request) const {
  return SuperviseWhole<routing::v1::SupervisionOrder>(
      *stub_, &Stub::ListOrders, std::move(request),
      [](const auto& page) -> const auto& { return page.orders(); });
}

absl::StatusOr<std::vector<routing::v1::AuthorityFigures>> SuperviseClient::Figures(
    routing::v1::ListAuthorityFiguresRequest request) const {
  return SuperviseWhole<routing::v1::AuthorityFigures>(
      *stub_, &Stub::ListAuthorityFigures, std::move(request),
      [](const auto& page) -> const auto& { return page.figures(); });
}

absl::StatusOr<routing::v1::SupervisionOrder> SuperviseClient::Issue(
    const routing::v1::IssueOrderRequest& request) const {
  grpc::ClientContext context;
  rpc::SetDeadline(context, kSuperviseLimit);
  routing::v1::SupervisionOrder order;
  const grpc::Status status = stub_->IssueOrder(&context, request, &order);
  if (!status.ok()) return rpc::FromGrpc(status);
  return order;
}

absl::StatusOr<routing::v1::SupervisionOrder> SuperviseClient::Reply(
    const routing::v1::RecordReplyRequest& request) const {
  grpc::ClientContext context;
  rpc::SetDeadline(context, kSuperviseLimit);
  routing::v1::SupervisionOrder order;
  const grpc::Status status = stub_->RecordReply(&context, request, &order);
  if (!status.ok()) return rpc::FromGrpc(status);
  return order;
}

}  // namespace xiufu::ctl
