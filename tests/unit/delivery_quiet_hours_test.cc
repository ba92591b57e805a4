#include <gtest/gtest.h>

#include "libs/base/legal_day.h"
#include "libs/delivery/quiet_hours.h"

namespace xiufu::delivery {
namespace {

absl::Time At(int day, int hour, int minute) {
  return StartOfLegalDay(absl::CivilDay(2026, 6, day)) + absl::Hours(hour) + absl::Minutes(minute);
}

TEST(QuietHours, OverMidnight) {
  const QuietHours quiet{21 * 60, 8 * 60};
  EXPECT_EQ(OutsideOf(quiet, At(15, 20, 59)), At(15, 20, 59));
  EXPECT_EQ(OutsideOf(quiet, At(15, 21, 0)), At(16, 8, 0));
  EXPECT_EQ(OutsideOf(quiet, At(16, 3, 30)), At(16, 8, 0));
  EXPECT_EQ(OutsideOf(quiet, At(16, 8, 0)), At(16, 8, 0));
}

TEST(QuietHours, WithinADayAndNone) {
  EXPECT_EQ(OutsideOf({12 * 60, 14 * 60}, At(15, 13, 0)), At(15, 14, 0));
  EXPECT_EQ(OutsideOf({12 * 60, 14 * 60}, At(15, 14, 0)), At(15, 14, 0));
  EXPECT_EQ(OutsideOf({}, At(15, 0, 0)), At(15, 0, 0));
}

}  // namespace
}  // namespace xiufu::delivery
