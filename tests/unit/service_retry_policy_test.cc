#include <gtest/gtest.h>

#include "libs/service/retry_policy.h"

namespace xiufu::service {
namespace {

using Kind = RetryDecision::Kind;

TEST(ServiceRetryPolicyTest, OnlyWhatMayPassIsTriedAgain) {
  const RetryPolicy policy;
  for (int code = 1; code <= 16; ++code) {
    const absl::Status failure(static_cast<absl::StatusCode>(code), "");
    const bool again = absl::IsUnavailable(failure) || absl::IsAborted(failure) ||
                       absl::IsNotFound(failure) || absl::IsFailedPrecondition(failure) ||
                       absl::IsDeadlineExceeded(failure) || absl::IsResourceExhausted(failure);
    EXPECT_EQ(policy.Decide(failure, 1, 0).kind, again ? Kind::kRetry : Kind::kPark) << failure;
  }
}

TEST(ServiceRetryPolicyTest, DelaysDoubleUpToTheLongest) {
  const RetryPolicy policy{.max_attempts = 100};
  const absl::Status failure = absl::UnavailableError("");
  EXPECT_EQ(policy.Decide(failure, 1, 0).after, absl::Milliseconds(200));
  EXPECT_EQ(policy.Decide(failure, 2, 0).after, absl::Milliseconds(400));
  EXPECT_EQ(policy.Decide(failure, 11, 0).after, absl::Milliseconds(200 * 1024));
  EXPECT_EQ(policy.Decide(failure, 60, 0).after, absl::Hours(4));
  EXPECT_EQ(policy.Decide(failure, 1, 0.5).after, absl::Milliseconds(225));
  EXPECT_LT(policy.Decide(failure, 60, 0.999).after, absl::Hours(5));
}

TEST(ServiceRetryPolicyTest, TheLastAttemptParks) {
  const RetryPolicy policy;
  const absl::Status failure = absl::UnavailableError("");
  EXPECT_EQ(policy.Decide(failure, policy.max_attempts - 1, 0).kind, Kind::kRetry);
  EXPECT_EQ(policy.Decide(failure, policy.max_attempts, 0).kind, Kind::kPark);
}

TEST(ServiceRetryPolicyTest, AllAttemptsTogetherTakeAboutADay) {
  const RetryPolicy policy;
  absl::Duration all;
  for (int attempt = 1; attempt < policy.max_attempts; ++attempt) {
    all += policy.Decide(absl::UnavailableError(""), attempt, 0.5).after;
  }
  EXPECT_GT(all, absl::Hours(20));
  EXPECT_LT(all, absl::Hours(30));
}

}  // namespace
}  // namespace xiufu::service
