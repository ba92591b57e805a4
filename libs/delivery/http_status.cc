#include "libs/delivery/http_status.h"

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace xiufu::delivery {

absl::Status StatusOf(const HttpAnswer& answer, absl::string_view who) {
  const std::string text = absl::StrCat(who, " answered HTTP ", answer.status);
  switch (answer.status) {
    case 200:
      return absl::OkStatus();
    case 400:
    case 413:
    case 422:
      return absl::InvalidArgumentError(text);
    case 404:
      return absl::NotFoundError(text);
    case 409:
      return absl::AlreadyExistsError(text);
    case 401:
    case 403:
      return absl::FailedPreconditionError(text);
    default:
      break;
  }
  absl::Status status = absl::UnavailableError(text);
  if (answer.retry_after_seconds == 0) return status;
  return WithReason(status, "RETRY_AFTER", {{"seconds", absl::StrCat(answer.retry_after_seconds)}});
}

}  // namespace xiufu::delivery
