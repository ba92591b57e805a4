#include <gtest/gtest.h>

#include "libs/messaging/backoff.h"
#include "libs/messaging/reconnect.h"
#include "libs/testing/manual_clock.h"

namespace xiufu::messaging {
namespace {

constexpr absl::Duration kMin = absl::Milliseconds(500);
constexpr absl::Duration kMax = absl::Seconds(30);

TEST(FullJitterTest, BeginsAtTheMinimumAndIsBounded) {
  const Jitter least = [] { return 0.0; };
  const Jitter most = [] { return 1.0; };
  EXPECT_EQ(FullJitter(kMin, kMax, 1, most), kMin);
  EXPECT_EQ(FullJitter(kMin, kMax, 2, most), absl::Seconds(1));
  EXPECT_EQ(FullJitter(kMin, kMax, 3, most), absl::Seconds(2));
  EXPECT_EQ(FullJitter(kMin, kMax, 3, least), kMin);
  EXPECT_EQ(FullJitter(kMin, kMax, 100000, most), kMax);
}

TEST(RandomJitterTest, StaysInRange) {
  const Jitter jitter = RandomJitter();
  for (int i = 0; i < 1000; ++i) {
    const double value = jitter();
    EXPECT_GE(value, 0.0);
    EXPECT_LT(value, 1.0);
  }
}

TEST(ReconnectTest, ForgetsFailuresAfterAConnectionThatLasted) {
  ManualClock clock(absl::UnixEpoch());
  const Jitter most = [] { return 1.0; };
  Reconnect reconnect(&clock, most);
  reconnect.Begin();
  EXPECT_EQ(reconnect.Failed(), absl::Milliseconds(100));
  reconnect.Begin();
  EXPECT_EQ(reconnect.Failed(), absl::Milliseconds(200));
  reconnect.Begin();
  clock.Advance(absl::Seconds(10));
  EXPECT_EQ(reconnect.Failed(), absl::Milliseconds(100));
}

}  // namespace
}  // namespace xiufu::messaging
