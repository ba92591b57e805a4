#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/catalogue/messages.h"
#include "services/intake/domain/notification.h"

namespace xiufu::intake {

// Reads deploy/notifications. INVALID_ARGUMENT lists everything wrong with file:line: also a text
// that the messages lack and a code that no timeline has.
absl::StatusOr<NotificationPlan> LoadNotificationPlan(absl::string_view folder,
                                                      const catalogue::Messages& messages);

// "webhook", "sms", "file"; INVALID_ARGUMENT for anything else.
absl::StatusOr<ChannelKind> ParseChannelKind(absl::string_view text);

}  // namespace xiufu::intake
