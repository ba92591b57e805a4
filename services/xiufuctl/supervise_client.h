#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "xiufu/routing/v1/supervision.grpc.pb.h"

namespace xiufu::ctl {

// Routing's SupervisionService, as the principal "operator". Calls block for at most 10 s; lists
// come whole.
class SuperviseClient {
 public:
  // `target`: host:port of routing; `credentials`: folder with operator.token.
  static absl::StatusOr<SuperviseClient> Connect(const std::string& target,
                                                 const std::string& credentials);

  absl::StatusOr<std::vector<routing::v1::Clock>> Clocks(
      routing::v1::ListClocksRequest request) const;
  absl::StatusOr<std::vector<routing::v1::Overdue>> Overdue(
      routing::v1::ListOverdueRequest request) const;
  absl::StatusOr<std::vector<routing::v1::Reminder>> Reminders(
      routing::v1::ListRemindersRequest request) const;
  absl::StatusOr<std::vector<routing::v1::Escalation>> Escalations(
      routing::v1::ListEscalationsRequest request) const;
  absl::StatusOr<std::vector<routing::v1::SupervisionOrder>> Orders(
      routing::v1::ListOrdersRequest request) const;
  absl::StatusOr<std::vector<routing::v1::AuthorityFigures>> Figures(
      routing::v1::ListAuthorityFiguresRequest request) const;
  absl::StatusOr<routing::v1::SupervisionOrder> Issue(
      const routing::v1::IssueOrderRequest& request) const;
  absl::StatusOr<routing::v1::SupervisionOrder> Reply(
      const routing::v1::RecordReplyRequest& request) const;

 private:
  using Stub = routing::v1::SupervisionService::Stub;
  explicit SuperviseClient(std::unique_ptr<Stub> stub) : stub_(std::move(stub)) {}

  std::unique_ptr<Stub> stub_;
};

}  // namespace xiufu::ctl
