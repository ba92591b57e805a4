#pragma once

#include <map>
#include <string>

#include "libs/service/work.h"
#include "libs/storage/database.h"
#include "services/intake/app/notification_channel.h"
#include "services/intake/app/notification_outbox.h"
#include "services/intake/app/ports.h"

namespace xiufu::intake {

// The job behind every notification: hands it to its channel and keeps what came of it. On worker
// threads; reads the store, never writes it.
class SendNotification {
 public:
  struct Parts {
    storage::Database* database = nullptr;
    Tables tables;
    const NotificationTable* notifications = nullptr;
    std::map<std::string, NotificationChannel*> channels;  // by name
    int expire_days = 0;
  };
  explicit SendNotification(Parts parts) : parts_(std::move(parts)) {}

  service::JobOutcome operator()(const storage::Job& job, absl::Time now,
                                 absl::Time deadline) const;

 private:
  struct Loaded {
    Notification notification;
    std::string phone;
    bool void_reminder = false;  // what it reminds of is no more
  };
  absl::StatusOr<Loaded> Load(const Id& id) const;
  service::JobOutcome Drop(const Id& id, const char* why) const;
  service::JobOutcome Again(const Id& id, const absl::Status& status) const;

  const Parts parts_;
};

}  // namespace xiufu::intake
