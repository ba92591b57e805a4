#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/intake/domain/notification.h"

namespace xiufu::intake {

// A message on its way. The telephone is in no row of its own, no log and no error.
struct OutgoingMessage {
  Notification notification;
  std::string phone;  // of the applicant; empty where nobody applied
};

// One way to people: a portal's webhook, a gateway for short messages, a folder. The id of a
// message is the same on every attempt: sent again, it is shown once. Any thread, several at a
// time.
class NotificationChannel {
 public:
  virtual ~NotificationChannel() = default;
  // Blocks until `deadline` at most. Refused for good: INVALID_ARGUMENT, ALREADY_EXISTS; a person's
  // turn. Any other failure is tried again, after the delay of a reason RETRY_AFTER at least. No
  // error holds anything of the message.
  virtual absl::Status Send(const OutgoingMessage& message, absl::Time deadline) = 0;
};

}  // namespace xiufu::intake
