#include "services/intake/drivers/grpc_notification_service.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/base/text.h"
#include "libs/rpc/context.h"
#include "libs/rpc/page_token.h"
#include "libs/rpc/reactor.h"
#include "services/intake/domain/violations.h"
#include "services/intake/drivers/notification_codec.h"
#include "xiufu/intake/v1/notification.grpc.pb.h"

namespace xiufu::intake {
namespace {

constexpr int kNotificationPage = 50;
constexpr int kLargestNotificationPage = 200;
constexpr size_t kLongestNumber = 50;

class GrpcNotificationService final : public v1::NotificationService::CallbackService {
 public:
  explicit GrpcNotificationService(NotificationServiceParts parts)
      : parts_(std::move(parts)), page_tokens_(parts_.page_token_key) {}

  grpc::ServerUnaryReactor* ListNotifications(grpc::CallbackServerContext* context,
                                              const v1::ListNotificationsRequest* request,
                                              v1::ListNotificationsResponse* response) override {
    const absl::Status operators = rpc::OnlyOperator(*context);
    return rpc::Reply(context, operators.ok() ? List(*request, *response) : operators);
  }

 private:
  absl::Status List(const v1::ListNotificationsRequest& request,
                    v1::ListNotificationsResponse& response) const {
    Violations violations;
    const absl::StatusOr<int> size =
        rpc::PageSize(request.page_size(), kNotificationPage, kLargestNotificationPage);
    violations.Take(size.status());
    violations.Take(CheckText("number", request.number(), 0, kLongestNumber));
    const std::string bound =
        absl::StrCat("ListNotifications/", request.number(), "/", request.unsent() ? 1 : 0);
    const absl::StatusOr<std::string> position = page_tokens_.Decode(bound, request.page_token());
    violations.Take(position.status());
    if (!violations.empty()) return violations.ToStatus();
    NotificationFilter filter{request.number(), request.unsent(), 0, *size + 1};
    // The token was signed by us: what cannot be read begins anew.
    if (!absl::SimpleAtoi(*position, &filter.before)) filter.before = 0;
    return parts_.database->Read([&](storage::Session& session) {
      std::vector<ListedNotification> listed = parts_.notifications->List(session, filter);
      if (listed.size() > static_cast<size_t>(*size)) {
        listed.pop_back();
        response.set_next_page_token(
            page_tokens_.Encode(bound, absl::StrCat(listed.back().position)));
      }
      for (const ListedNotification& one : listed) *response.add_notifications() = ToProto(one);
      return session.status();
    });
  }

  const NotificationServiceParts parts_;
  const rpc::PageTokens page_tokens_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewGrpcNotificationService(NotificationServiceParts parts) {
  return std::make_unique<GrpcNotificationService>(std::move(parts));
}

}  // namespace xiufu::intake
