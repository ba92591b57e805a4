#pragma once

#include "services/intake/app/notification_outbox.h"

namespace xiufu::intake {

class SqlNotificationTable final : public NotificationTable {
 public:
  void Add(storage::Tx& tx, const Notification& notification) const override;
  std::optional<Notification> Find(storage::Session& session, const Id& id) const override;
  void Settle(storage::Tx& tx, const Id& id, NotificationState state,
              absl::Time now) const override;
  void KeepAttempt(storage::Tx& tx, const Id& id, absl::string_view outcome,
                   absl::Time now) const override;
  std::vector<ListedNotification> List(storage::Session& session,
                                       const NotificationFilter& filter) const override;
};

}  // namespace xiufu::intake
