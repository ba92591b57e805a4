#include "services/intake/drivers/upstream_client.h"

#include "absl/strings/str_cat.h"
#include "services/intake/drivers/front_door_codec.h"

namespace xiufu::intake {
namespace {

// The door's own text is not taken over: it may hold anything.
absl::Status StatusOfDoor(int http) {
  if (http == 200) return absl::OkStatus();
  const std::string text = absl::StrCat("the upstream door answered HTTP ", http);
  if (http == 400 || http == 413 || http == 422) return absl::InvalidArgumentError(text);
  if (http == 401 || http == 403) return absl::FailedPreconditionError(text);
  return absl::UnavailableError(text);
}

}  // namespace

absl::Status UpstreamClient::Return(const std::string& content, absl::Time deadline) {
  const absl::StatusOr<std::string> json = ReturnJson(content);
  if (!json.ok()) return json.status();
  const absl::StatusOr<delivery::HttpAnswer> answer =
      http_.PostJson("/v1/returns", *json, deadline - clock_->Now());
  return answer.ok() ? StatusOfDoor(answer->status) : answer.status();
}

}  // namespace xiufu::intake
