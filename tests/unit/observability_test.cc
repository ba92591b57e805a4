// Log lines that cannot hold anybody's data, and metrics as a scrape sees them.
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "libs/base/status.h"
#include "libs/observability/log.h"
#include "libs/observability/metrics.h"

namespace xiufu::observability {
namespace {

TEST(ObservabilityLogTest, LinesAreKeysAndValues) {
  EXPECT_EQ(FormatFields("started", {}), "started");
  EXPECT_EQ(FormatFields("broker_lost", {{"queue", Code("adapter.tax")},
                                         {"attempt", 3},
                                         {"text", "two words"},
                                         {"took", absl::Microseconds(1500)},
                                         {"at", absl::FromUnixMillis(1'700'000'000'123)},
                                         {"id", Id()}}),
            "broker_lost queue=adapter.tax attempt=3 text=\"two words\" took=1.500 "
            "at=2023-11-14T22:13:20.123Z id=00000000-0000-0000-0000-000000000000");
}

TEST(ObservabilityLogTest, CodesHoldNothingButCodes) {
  EXPECT_EQ(Code("127.0.0.1:7101").text, "127.0.0.1:7101");
  EXPECT_EQ(Code("张三 x\ny").text, "???????x?y");
  EXPECT_EQ(Code(std::string(500, 'a')).text.size(), 120u);
}

TEST(ObservabilityLogTest, MessagesAboutContentAreLeftOut) {
  const absl::Status typed = FieldViolation("phone", "13900000000 is too short", "11 digits");
  EXPECT_EQ(FormatFields("refused", {{"error", typed}}), "refused error=INVALID_ARGUMENT");
  const absl::Status reused = WithReason(absl::AlreadyExistsError("张三"), "REQUEST_ID_REUSED");
  EXPECT_EQ(FormatFields("refused", {{"error", reused}}),
            "refused error=ALREADY_EXISTS/REQUEST_ID_REUSED");
  EXPECT_EQ(FormatFields("lost", {{"error", absl::UnavailableError("cannot \"reach\"\nit")}}),
            "lost error=\"UNAVAILABLE: cannot ?reach??it\"");
}

TEST(ObservabilityMetricsTest, TheSameNameAndLabelsAreTheSameMetric) {
  Counter& tax = CounterOf("xiufu_test_total", "Help.", {{"queue", "adapter.tax"}});
  tax.Add();
  CounterOf("xiufu_test_total", "Help.", {{"queue", "adapter.tax"}}).Add(2);
  CounterOf("xiufu_test_total", "Help.", {{"queue", "routing"}}).Add(5);
  GaugeOf("xiufu_test_gauge", "Help.").Set(1.5);
  HistogramOf("xiufu_test_seconds", "Help.", kLatencyBounds).Observe(0.003);
  const std::string text = MetricsText();
  EXPECT_TRUE(absl::StrContains(text, "xiufu_test_total{queue=\"adapter.tax\"} 3")) << text;
  EXPECT_TRUE(absl::StrContains(text, "xiufu_test_total{queue=\"routing\"} 5")) << text;
  EXPECT_TRUE(absl::StrContains(text, "xiufu_test_gauge 1.5")) << text;
  EXPECT_TRUE(absl::StrContains(text, "xiufu_test_seconds_bucket{le=\"0.005\"} 1")) << text;
  EXPECT_TRUE(absl::StrContains(text, "xiufu_test_seconds_bucket{le=\"0.002\"} 0")) << text;
}

TEST(ObservabilityMetricsTest, ReadersAreAskedWhileTheyLive) {
  double value = 7;
  auto reader =
      ReadGauge("xiufu_test_waiting", "Help.", {{"stream", "routing"}}, [&] { return value; });
  EXPECT_TRUE(absl::StrContains(MetricsText(), "xiufu_test_waiting{stream=\"routing\"} 7"));
  value = 8;
  EXPECT_TRUE(absl::StrContains(MetricsText(), "xiufu_test_waiting{stream=\"routing\"} 8"));
  reader.reset();
  EXPECT_FALSE(absl::StrContains(MetricsText(), "xiufu_test_waiting"));
}

TEST(ObservabilityMetricsTest, AnAddressCanBeServedOnce) {
  const auto server = ServeMetrics("127.0.0.1:0");
  ASSERT_TRUE(server.ok()) << server.status();
  const std::string taken = "127.0.0.1:" + std::to_string((*server)->port());
  EXPECT_TRUE(absl::IsUnavailable(ServeMetrics(taken).status()));
}

}  // namespace
}  // namespace xiufu::observability
