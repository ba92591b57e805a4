#pragma once

#include <string>

#include "services/intake/app/notification_channel.h"

namespace xiufu::intake {

// A folder that somebody else's program empties: one file "<id>.json" a message, mode 0600, holding
// xiufu.intake.v1.ShortMessage. It appears whole and durable, or not at all. What was taken away
// may appear again under the same name when it was not known to be there.
class FileChannel final : public NotificationChannel {
 public:
  explicit FileChannel(std::string folder) : folder_(std::move(folder)) {}
  // UNAVAILABLE when the disk does not take it.
  absl::Status Send(const OutgoingMessage& message, absl::Time deadline) override;

 private:
  const std::string folder_;
};

}  // namespace xiufu::intake
