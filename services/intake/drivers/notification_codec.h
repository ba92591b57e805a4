#pragma once

#include <string>

#include "services/intake/app/notification_channel.h"
#include "services/intake/app/notification_outbox.h"
#include "xiufu/intake/v1/notification.pb.h"

namespace xiufu::intake {

// xiufu.intake.v1.PushedNotification as JSON.
std::string PushedJson(const Notification& notification);
// xiufu.intake.v1.ShortMessage as JSON.
std::string ShortMessageJson(const OutgoingMessage& message);

v1::Notification ToProto(const ListedNotification& listed);

}  // namespace xiufu::intake
