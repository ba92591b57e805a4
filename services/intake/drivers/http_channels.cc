#include "services/intake/drivers/http_channels.h"

#include "libs/delivery/http_status.h"
#include "services/intake/drivers/notification_codec.h"

namespace xiufu::intake {
namespace {

absl::Status Post(delivery::HttpClient& http, const Clock& clock, const std::string& json,
                  const char* who, absl::Time deadline) {
  const absl::StatusOr<delivery::HttpAnswer> answer =
      http.PostJson("", json, deadline - clock.Now());
  if (!answer.ok()) return answer.status();
  return answer->status / 100 == 2 ? absl::OkStatus() : delivery::StatusOf(*answer, who);
}

}  // namespace

WebhookChannel::WebhookChannel(const HttpChannelOptions& options, const Clock* clock)
    : clock_(clock), http_(options.url, options.token, options.interruption) {}

absl::Status WebhookChannel::Send(const OutgoingMessage& message, absl::Time deadline) {
  return Post(http_, *clock_, PushedJson(message.notification), "the portal", deadline);
}

SmsChannel::SmsChannel(const HttpChannelOptions& options, const Clock* clock)
    : clock_(clock), http_(options.url, options.token, options.interruption) {}

absl::Status SmsChannel::Send(const OutgoingMessage& message, absl::Time deadline) {
  return Post(http_, *clock_, ShortMessageJson(message), "the gateway", deadline);
}

}  // namespace xiufu::intake
