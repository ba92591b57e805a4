// Who decides about a record whose authority is gone, and what the table of successions may say.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "libs/catalogue/deciding_authority.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::catalogue {
namespace {

constexpr char kGone[] = "11210600MBYY000700";  // made up
constexpr absl::CivilDay kSuccessionDay(2026, 6, 1);

// The shipped registry with rows of our own.
class SuccessionTest : public ::testing::Test {
 protected:
  SuccessionTest() { folder_.Write("succession.toml", ""); }

  // Returns the line that the row begins on.
  int Add(const std::string& from, const std::string& to, const std::string& begins,
          const std::string& rest = "", const std::string& level = "CITY",
          const std::string& confidence = "T") {
    const std::string before = folder_.Read("succession.toml");
    folder_.Append(
        "succession.toml",
        absl::StrCat("[[succession]]\n", from, "\nlevel = \"", level, "\"\nto = \"", to,
                     "\"\neffective_from = ", begins, "\n", "document = \"丹编发", to,
                     "\"\nsource = \"三定\"\nconfidence = \"", confidence, "\"\n", rest));
    return static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
  }
  void Ends(const std::string& authority, const std::string& day) {
    folder_.Append(authority + ".toml", "");
    folder_.Replace(authority + ".toml", "valid_from = 2019-01-01",
                    absl::StrCat("valid_from = 2019-01-01\nvalid_to = ", day));
  }
  void ExpectError(int line, const std::string& what) {
    const std::string error(AuthorityRegistry::Load(folder_.path()).status().message());
    const std::string expected =
        absl::StrCat(folder_.FilePath("succession.toml"), ":", line, ": ", what);
    EXPECT_NE(error.find(expected), std::string::npos)
        << "wanted " << expected << "\ngot " << error;
  }
  const AuthorityRegistry& Registry() {
    auto loaded = AuthorityRegistry::Load(folder_.path());
    EXPECT_TRUE(loaded.ok()) << loaded.status();
    registry_ = *std::move(loaded);
    return registry_;
  }
  static std::string From(const std::string& uscc) {
    return absl::StrCat("from_uscc = \"", uscc, "\"");
  }

  TempFolder folder_{"deploy/authorities"};
  AuthorityRegistry registry_;
};

constexpr char kTransport[] = "11210600MBYY010228";
constexpr char kEmergency[] = "11210600MBYY010303";

TEST_F(SuccessionTest, TheOneThatTheRecordNamesDecidesWhileItIsThere) {
  const auto deciding =
      DecidingAuthorityOf({"", "丹东市交通运输局", kTransport}, Registry(), kSuccessionDay);
  ASSERT_NE(deciding.authority, nullptr);
  EXPECT_EQ(deciding.authority->code, "transport");
  EXPECT_TRUE(deciding.by.empty());
}

TEST_F(SuccessionTest, ANameCountsOnlyWhereTheRecordHasNoCode) {
  Registry();
  EXPECT_EQ(
      DecidingAuthorityOf({"", "丹东市交通运输局", ""}, registry_, kSuccessionDay).authority->code,
      "transport");
  const auto other =
      DecidingAuthorityOf({"", "丹东市交通运输局", kGone}, registry_, kSuccessionDay);
  EXPECT_EQ(other.authority, nullptr) << "another code is another authority";
  EXPECT_NE(other.why.find("未登记"), std::string::npos);
}

TEST_F(SuccessionTest, ACountysRecordNeverGoesToTheCity) {
  Registry();
  for (const char* name : {"宽甸满族自治县交通运输局", "丹东市振兴区交通运输局", "交通运输局"}) {
    const auto deciding = DecidingAuthorityOf({"", name, ""}, registry_, kSuccessionDay);
    EXPECT_EQ(deciding.authority, nullptr) << name;
    EXPECT_NE(deciding.why, "") << name;
  }
}

TEST_F(SuccessionTest, WhoeverTookOverDecidesFromThatDayOn) {
  Ends("transport", "2026-03-31");
  Add(From(kTransport), "construction", "2026-04-01");
  Registry();
  EXPECT_EQ(DecidingAuthorityOf({"", "", kTransport}, registry_, absl::CivilDay(2026, 3, 31))
                .authority->code,
            "transport");
  const auto after =
      DecidingAuthorityOf({"", "", kTransport}, registry_, absl::CivilDay(2026, 4, 1));
  ASSERT_NE(after.authority, nullptr);
  EXPECT_EQ(after.authority->code, "construction");
  ASSERT_EQ(after.by.size(), 1u);
  EXPECT_EQ(after.by[0]->document, "丹编发construction");
}

TEST_F(SuccessionTest, OneThatTookOverMayBeGoneItself) {
  Ends("transport", "2024-12-31");
  Add("from_name = \"丹东市交通局\"", "transport", "2019-01-01");
  Add(From(kTransport), "construction", "2025-01-01");
  const auto deciding = DecidingAuthorityOf({"", "丹东市交通局", ""}, Registry(), kSuccessionDay);
  ASSERT_NE(deciding.authority, nullptr);
  EXPECT_EQ(deciding.authority->code, "construction");
  EXPECT_EQ(deciding.by.size(), 2u);
}

TEST_F(SuccessionTest, WithoutARowOrWithADisputedOneAPersonDecides) {
  Ends("transport", "2024-12-31");
  Ends("emergency", "2024-12-31");
  Add(From(kEmergency), "construction", "2025-01-01", "", "CITY", "C");
  Registry();
  const auto gone = DecidingAuthorityOf({"", "", kTransport}, registry_, kSuccessionDay);
  EXPECT_EQ(gone.authority, nullptr);
  EXPECT_NE(gone.why.find("已撤销"), std::string::npos);
  const auto disputed = DecidingAuthorityOf({"", "", kEmergency}, registry_, kSuccessionDay);
  EXPECT_EQ(disputed.authority, nullptr);
  EXPECT_NE(disputed.why.find("有争议"), std::string::npos);
  EXPECT_TRUE(disputed.by.empty());
}

TEST_F(SuccessionTest, EveryMistakeIsToldWithItsLine) {
  Ends("transport", "2024-12-31");
  const int nobody = Add("", "construction", "2025-01-01");
  const int unknown = Add(From(kGone), "nobody", "2025-01-01");
  const int itself = Add(From(kTransport), "transport", "2025-01-01");
  const int alive = Add(From(kEmergency), "construction", "2025-01-01");
  const int level =
      Add("from_name = \"宽甸满族自治县交通局\"", "construction", "2025-01-01", "", "COUNTY");
  const int early = Add("from_name = \"丹东市交通局\"", "construction", "2018-01-01");
  ExpectError(nobody, "neither from_uscc nor from_name");
  ExpectError(unknown + 3, "to: 'nobody' is not registered");
  ExpectError(itself + 3, "to: the authority itself");
  ExpectError(alive + 4, "effective_from: 'emergency' is still there on that day");
  ExpectError(level + 3, "to: 'construction' is of the level CITY");
  ExpectError(early + 4, "effective_from: 'construction' is not there on that day");
}

TEST_F(SuccessionTest, RowsOfOneFollowDayByDay) {
  Ends("transport", "2024-12-31");
  const int late =
      Add(From(kTransport), "construction", "2025-01-03", "effective_to = 2025-06-30\n");
  const int gap = Add(From(kTransport), "emergency", "2025-08-01");
  Add(From(kGone), "construction", "2025-01-01");
  const int overlap = Add(From(kGone), "emergency", "2025-05-01");
  ExpectError(late + 4, "effective_from: a gap: 'transport' ends on 2024-12-31");
  ExpectError(gap + 4, "effective_from: a gap to the row to 'construction'");
  ExpectError(overlap + 4, "effective_from: overlaps with the row to 'construction'");
}

TEST_F(SuccessionTest, ThereIsNoCircle) {
  Ends("transport", "2024-12-31");
  Ends("emergency", "2025-12-31");
  Add(From(kTransport), "emergency", "2025-01-01");
  const int back = Add(From(kEmergency), "transport", "2026-01-01");
  ExpectError(back + 4, "effective_from: 'transport' is not there on that day");
}

TEST(ShippedSuccession, LeadsToWhoTookOver) {
  const auto registry = AuthorityRegistry::Load("deploy/authorities");
  ASSERT_TRUE(registry.ok()) << registry.status();
  const auto deciding =
      DecidingAuthorityOf({"", "丹东市工商行政管理局", ""}, *registry, kSuccessionDay);
  ASSERT_NE(deciding.authority, nullptr);
  EXPECT_EQ(deciding.authority->code, "market-regulation");
}

}  // namespace
}  // namespace xiufu::catalogue
