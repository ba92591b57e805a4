#include "libs/service/retry_policy.h"

#include <algorithm>

namespace xiufu::service {

bool MayPass(const absl::Status& failure) {
  switch (failure.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
      return true;
    default:
      return false;
  }
}

RetryDecision RetryPolicy::Decide(const absl::Status& failure, int attempts, double jitter) const {
  if (!MayPass(failure) || attempts >= max_attempts) {
    return {RetryDecision::Kind::kPark, absl::ZeroDuration()};
  }
  absl::Duration delay = first_delay;
  for (int doubled = 1; doubled < attempts && delay < longest_delay; ++doubled) delay *= 2;
  delay = std::min(delay, longest_delay);
  return {RetryDecision::Kind::kRetry, delay + delay * (jitter / 4)};
}

}  // namespace xiufu::service
