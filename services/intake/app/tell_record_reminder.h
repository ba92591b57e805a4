#pragma once

#include "absl/status/status.h"
#include "libs/messaging/cause.h"
#include "libs/storage/tx.h"
#include "services/intake/app/notification_outbox.h"
#include "services/intake/domain/record_reminder.h"

namespace xiufu::intake {

// A reminder about a record goes out over the channels of this installation; without any it is
// nothing.
class TellRecordReminder {
 public:
  // nullptr: no channels. Outlives it.
  explicit TellRecordReminder(const NotificationOutbox* outbox) : outbox_(outbox) {}

  absl::Status operator()(const RecordReminder& reminder, const messaging::Cause&,
                          storage::Tx& tx) const {
    if (outbox_ != nullptr) outbox_->Push(tx, reminder);
    return tx.status();
  }

 private:
  const NotificationOutbox* const outbox_;
};

}  // namespace xiufu::intake
