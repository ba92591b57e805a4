#pragma once

#include <memory>
#include <string>

#include "libs/storage/database.h"
#include "services/intake/app/notification_outbox.h"

namespace grpc {
class Service;
}

namespace xiufu::intake {

struct NotificationServiceParts {
  storage::Database* database = nullptr;
  const NotificationTable* notifications = nullptr;
  std::string page_token_key;  // rpc::PageTokenKey
};

// xiufu.intake.v1.NotificationService. Everything in `parts` outlives it.
std::unique_ptr<grpc::Service> NewGrpcNotificationService(NotificationServiceParts parts);

}  // namespace xiufu::intake
