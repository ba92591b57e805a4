#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "libs/base/money.h"
#include "libs/base/status.h"

namespace xiufu {
namespace {

TEST(Money, WanIsExact) {
  const std::pair<const char*, int64_t> cases[] = {
      {"0", 0},
      {"1", 1'000'000},
      {"0.000001", 1},
      {"0.1", 100'000},
      {"1.5", 1'500'000},
      {"12.345678", 12'345'678},
      {"0.29", 290'000},  // 0.28999.. in binary
      {"4.35", 4'350'000},
      {"000123.40", 123'400'000},
      {"0.000000", 0},
      {"999999999999.999999", 999'999'999'999'999'999}};
  for (const auto& [text, fen] : cases) {
    const absl::StatusOr<int64_t> got = FenFromWan(text);
    ASSERT_TRUE(got.ok()) << text << ": " << got.status();
    EXPECT_EQ(*got, fen) << text;
  }
}

TEST(Money, ErrorsAreNamed) {
  const std::pair<const char*, const char*> cases[] = {{"", "MONEY_EMPTY"},
                                                       {"-1", "MONEY_NEGATIVE"},
                                                       {"-", "MONEY_NEGATIVE"},
                                                       {"0.0000001", "MONEY_TOO_PRECISE"},
                                                       {"1.5000000", "MONEY_TOO_PRECISE"},
                                                       {"1000000000000", "MONEY_TOO_LARGE"},
                                                       {"99999999999999999999", "MONEY_TOO_LARGE"},
                                                       {"1,000", "MONEY_NOT_A_NUMBER"},
                                                       {" 1", "MONEY_NOT_A_NUMBER"},
                                                       {"1 ", "MONEY_NOT_A_NUMBER"},
                                                       {"+1", "MONEY_NOT_A_NUMBER"},
                                                       {"1.", "MONEY_NOT_A_NUMBER"},
                                                       {".5", "MONEY_NOT_A_NUMBER"},
                                                       {".", "MONEY_NOT_A_NUMBER"},
                                                       {"1.2.3", "MONEY_NOT_A_NUMBER"},
                                                       {"1e3", "MONEY_NOT_A_NUMBER"},
                                                       {"0x10", "MONEY_NOT_A_NUMBER"},
                                                       {"一万", "MONEY_NOT_A_NUMBER"},
                                                       {"１", "MONEY_NOT_A_NUMBER"},
                                                       {"1.-5", "MONEY_NOT_A_NUMBER"}};
  for (const auto& [text, reason] : cases) {
    const absl::Status status = FenFromWan(text).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_TRUE(HasReason(status, reason)) << text << ": " << status;
  }
}

TEST(Money, IsShownInWanAndYuan) {
  EXPECT_EQ(WanFromFen(1'500'000), "1.5");
  EXPECT_EQ(WanFromFen(1), "0.000001");
  EXPECT_EQ(WanFromFen(0), "0");
  EXPECT_EQ(WanFromFen(20'000'000), "20");
  EXPECT_EQ(YuanFromFen(150), "1.50");
  EXPECT_EQ(YuanFromFen(5), "0.05");
  EXPECT_EQ(YuanFromFen(-5), "-0.05");
  EXPECT_EQ(YuanFromFen(INT64_MIN), "-92233720368547758.08");
}

RC_GTEST_PROP(MoneyProperty, WanThereAndBack, ()) {
  const int64_t fen = *rc::gen::inRange<int64_t>(0, 1'000'000'000'000'000'000);
  const absl::StatusOr<int64_t> back = FenFromWan(WanFromFen(fen));
  RC_ASSERT(back.ok());
  RC_ASSERT(*back == fen);
}

}  // namespace
}  // namespace xiufu
