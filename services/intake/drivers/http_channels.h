#pragma once

#include <string>

#include "libs/base/clock.h"
#include "libs/delivery/http_client.h"
#include "services/intake/app/notification_channel.h"

namespace xiufu::intake {

// Where an HTTP channel sends to. The other side takes what it answers 2xx; 400, 409, 413 and 422
// refuse for good.
struct HttpChannelOptions {
  std::string url;                             // whole
  std::string token;                           // bearer, ours towards it
  const Interruption* interruption = nullptr;  // of its calls; outlives the channel
};

// A portal's webhook: POST of xiufu.intake.v1.PushedNotification as JSON, without the telephone.
class WebhookChannel final : public NotificationChannel {
 public:
  WebhookChannel(const HttpChannelOptions& options, const Clock* clock);
  absl::Status Send(const OutgoingMessage& message, absl::Time deadline) override;

 private:
  const Clock* const clock_;
  delivery::HttpClient http_;
};

// A gateway for short messages: POST of xiufu.intake.v1.ShortMessage as JSON.
class SmsChannel final : public NotificationChannel {
 public:
  SmsChannel(const HttpChannelOptions& options, const Clock* clock);
  absl::Status Send(const OutgoingMessage& message, absl::Time deadline) override;

 private:
  const Clock* const clock_;
  delivery::HttpClient http_;
};

}  // namespace xiufu::intake
