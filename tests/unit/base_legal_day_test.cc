#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "libs/base/legal_day.h"

namespace xiufu {
namespace {

TEST(LegalDay, TheDayBeginsAtMidnightInShanghai) {
  const absl::Time midnight =
      absl::FromCivil(absl::CivilSecond(2026, 11, 23, 16, 0, 0), absl::UTCTimeZone());
  EXPECT_EQ(LegalDay(midnight), absl::CivilDay(2026, 11, 24));
  EXPECT_EQ(LegalDay(midnight - absl::Milliseconds(1)), absl::CivilDay(2026, 11, 23));
  EXPECT_EQ(StartOfLegalDay(absl::CivilDay(2026, 11, 24)), midnight);
}

TEST(LegalDay, ParsesIsoDaysOnly) {
  EXPECT_EQ(*ParseDay("2024-02-29"), absl::CivilDay(2024, 2, 29));
  for (const char* text : {"", "2026-2-9", "2025-02-29", "2026-13-01", "2026-00-01", "2026-01-00",
                           "2026/01/01", "20260101", " 2026-01-01", "2026-01-01 ", "0026-01-01",
                           "1899-12-31", "-026-01-01", "2026-01-1a", "2026-01-01T00:00:00"}) {
    EXPECT_FALSE(ParseDay(text).ok()) << text;
  }
}

RC_GTEST_PROP(LegalDayProperty, ThereAndBack, ()) {
  const absl::CivilDay day = absl::CivilDay(1900, 1, 1) + *rc::gen::inRange(0, 2000000);
  RC_ASSERT(*ParseDay(FormatDay(day)) == day);
  RC_ASSERT(LegalDay(StartOfLegalDay(day)) == day);
  RC_ASSERT(LegalDay(StartOfLegalDay(day + 1) - absl::Nanoseconds(1)) == day);
}

}  // namespace
}  // namespace xiufu
