#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "libs/base/status.h"
#include "libs/delivery/http_status.h"

namespace xiufu::delivery {
namespace {

absl::Status Of(int status, int retry_after = 0) {
  return StatusOf({status, "张三 13800000000", retry_after}, "the gateway");
}

TEST(HttpStatus, SaysWhetherItMayBecomeBetter) {
  EXPECT_TRUE(Of(200).ok());
  for (int refused : {400, 413, 422}) EXPECT_TRUE(absl::IsInvalidArgument(Of(refused)));
  EXPECT_TRUE(absl::IsAlreadyExists(Of(409)));
  EXPECT_TRUE(absl::IsNotFound(Of(404)));
  for (int ours : {401, 403}) EXPECT_TRUE(absl::IsFailedPrecondition(Of(ours)));
  for (int later : {201, 302, 408, 429, 500, 503}) EXPECT_TRUE(absl::IsUnavailable(Of(later)));
}

TEST(HttpStatus, TakesOverNothingOfTheOtherSide) {
  const absl::Status status = Of(503, 30);
  EXPECT_EQ(status.message(), "the gateway answered HTTP 503");
  EXPECT_TRUE(HasReason(status, "RETRY_AFTER"));
  EXPECT_EQ(ReasonOf(status)->metadata[0].second, "30");
}

}  // namespace
}  // namespace xiufu::delivery
