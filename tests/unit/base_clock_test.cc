#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "libs/base/clock.h"
#include "libs/base/system_clock.h"
#include "libs/testing/manual_clock.h"

namespace xiufu {
namespace {

TEST(Clock, ShanghaiIsEightHoursAheadAllYear) {
  for (int month : {1, 7}) {
    const absl::Time noon =
        absl::FromCivil(absl::CivilSecond(2026, month, 1, 12, 0, 0), ShanghaiZone());
    EXPECT_EQ(absl::ToCivilHour(noon, absl::UTCTimeZone()), absl::CivilHour(2026, month, 1, 4));
  }
}

TEST(Clock, TheMachinesClocksRun) {
  const SystemClock clock;
  const absl::Time before = absl::Now();
  const absl::Duration start = clock.Monotonic();
  EXPECT_GE(clock.Now(), before);
  EXPECT_GE(clock.Monotonic(), start);
}

TEST(Clock, ManualClockMovesOnlyWhenTold) {
  const absl::Time start = absl::FromUnixSeconds(1000);
  ManualClock clock(start);
  EXPECT_EQ(clock.Now(), start);
  clock.Advance(absl::Seconds(5));
  EXPECT_EQ(clock.Now(), start + absl::Seconds(5));
  EXPECT_EQ(clock.Monotonic(), absl::Seconds(5));
  clock.AdvanceTo(start + absl::Seconds(7));
  clock.AdvanceTo(start);  // past: nothing
  EXPECT_EQ(clock.Now(), start + absl::Seconds(7));
  EXPECT_EQ(clock.Monotonic(), absl::Seconds(7));
  clock.JumpTo(start);
  EXPECT_EQ(clock.Now(), start);
  EXPECT_EQ(clock.Monotonic(), absl::Seconds(7));
}

}  // namespace
}  // namespace xiufu
