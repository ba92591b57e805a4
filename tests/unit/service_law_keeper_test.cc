// The law of a service, loaded at start and anew, on a real store.
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "libs/observability/metrics.h"
#include "libs/service/law_keeper.h"
#include "libs/storage/law_versions.h"
#include "libs/testing/manual_clock.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::service {
namespace {

class LawKeeperTest : public ::testing::Test {
 protected:
  LawKeeperTest() { OpenStore(); }
  void OpenStore() {
    database_ = nullptr;
    database_ = *storage::Database::Open(
        {.path = folder_.FilePath("store.db"), .service = "test", .ballast_bytes = 0}, {}, &clock_);
  }
  absl::StatusOr<std::unique_ptr<LawKeeper>> Open() {
    auto keeper = LawKeeper::Open({rules_.path(), calendars_.path(), authorities_.path()},
                                  database_.get(), &clock_);
    database_->Start();
    return keeper;
  }
  // As a change of the catalogue ought to be made.
  void RaiseVersion() { rules_.Replace("catalogue.toml", "version = \"", "version = \"next-"); }
  std::optional<std::string> Kept(absl::string_view kind, const std::string& sha256) {
    std::optional<std::string> content;
    const absl::Status read = database_->Read([&](storage::Session& session) {
      content = storage::FindLaw(session, kind, sha256);
      return session.status();
    });
    EXPECT_TRUE(read.ok()) << read;
    return content;
  }
  static bool Counted(const char* outcome, int times) {
    return absl::StrContains(
        observability::MetricsText(),
        absl::StrCat("xiufu_law_reloads_total{outcome=\"", outcome, "\"} ", times));
  }

  TempFolder folder_;
  TempFolder rules_{"deploy/catalogue"};
  TempFolder calendars_{"deploy/calendars"};
  TempFolder authorities_{"deploy/authorities"};
  ManualClock clock_{absl::FromUnixSeconds(1'780'000'000)};
  std::unique_ptr<storage::Database> database_;
};

TEST_F(LawKeeperTest, WhatIsLoadedIsKeptWhole) {
  const auto keeper = *Open();
  const catalogue::LawSnapshot law = keeper->law().Get();
  EXPECT_EQ(Kept(storage::kCatalogueKind, law->catalogue.sha256()), law->catalogue.archive());
  EXPECT_EQ(Kept(storage::kCalendarKind, law->calendar.sha256()), law->calendar.archive());
  EXPECT_EQ(Kept(storage::kAuthoritiesKind, law->authorities.sha256()), law->authorities.archive());
  EXPECT_EQ(Kept(storage::kCatalogueKind, "none"), std::nullopt);
}

TEST_F(LawKeeperTest, AGoodOneComesIntoForceAndTheEarlierOneStaysKept) {
  const auto keeper = *Open();
  const catalogue::LawSnapshot before = keeper->law().Get();
  RaiseVersion();
  authorities_.Replace("transport.toml", "level = \"CITY\"", "level = \"COUNTY\"");
  ASSERT_TRUE(keeper->Reload().ok());
  const catalogue::LawSnapshot after = keeper->law().Get();
  EXPECT_EQ(after->catalogue.version(), "next-" + before->catalogue.version());
  EXPECT_EQ(after->authorities.FindByCode("transport")->level, "COUNTY");
  const auto restored =
      catalogue::Catalogue::FromFiles(*Kept(storage::kCatalogueKind, before->catalogue.sha256()));
  EXPECT_EQ(restored->version(), before->catalogue.version());
  EXPECT_TRUE(Kept(storage::kCatalogueKind, after->catalogue.sha256()).has_value());
}

TEST_F(LawKeeperTest, ABrokenOneIsNamedCountedAndLeftAside) {
  const auto keeper = *Open();
  const catalogue::LawSnapshot before = keeper->law().Get();
  RaiseVersion();
  const int line = authorities_.Replace("transport.toml", "\"TRANSPORT\"", "\"ROADS\"");
  testing::internal::CaptureStderr();
  EXPECT_FALSE(keeper->Reload().ok());
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_TRUE(absl::StrContains(log, " error law_not_loaded ")) << log;
  EXPECT_TRUE(
      absl::StrContains(log, absl::StrCat(authorities_.FilePath("transport.toml"), ":", line)))
      << log;
  EXPECT_TRUE(absl::StrContains(log, "ROADS")) << log;
  EXPECT_EQ(keeper->law().Get(), before) << "nothing of it, also not the catalogue";
  EXPECT_TRUE(Counted("refused", 1)) << observability::MetricsText();
}

TEST_F(LawKeeperTest, TheSameAgainChangesNothing) {
  const auto keeper = *Open();
  const catalogue::LawSnapshot before = keeper->law().Get();
  ASSERT_TRUE(keeper->Reload().ok());
  EXPECT_EQ(keeper->law().Get(), before);
}

TEST_F(LawKeeperTest, OtherContentUnderAVersionThatWasUsedIsRefused) {
  const auto keeper = *Open();
  const catalogue::LawSnapshot before = keeper->law().Get();
  rules_.Append("catalogue.toml", "# a change\n");
  EXPECT_EQ(keeper->Reload().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(keeper->law().Get(), before);
  RaiseVersion();
  EXPECT_TRUE(keeper->Reload().ok());
}

TEST_F(LawKeeperTest, OtherDaysUnderTheSameRevisionsAreRefused) {
  const auto keeper = *Open();
  calendars_.Append("2026.toml", "# a change\n");
  EXPECT_EQ(keeper->Reload().code(), absl::StatusCode::kAlreadyExists);
  calendars_.Replace("2026.toml", "revision = 1", "revision = 2");
  EXPECT_TRUE(keeper->Reload().ok());
}

TEST_F(LawKeeperTest, AServiceDoesNotStartWithOtherContentUnderAKnownVersion) {
  { const auto keeper = *Open(); }
  rules_.Append("catalogue.toml", "# a change\n");
  OpenStore();
  const absl::Status refused = Open().status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_TRUE(absl::StrContains(refused.message(), "catalogue 20")) << refused;
}

TEST_F(LawKeeperTest, AServiceDoesNotStartOnABrokenOne) {
  calendars_.Remove("statutory.toml");
  const absl::Status refused = Open().status();
  EXPECT_TRUE(absl::StrContains(refused.message(), calendars_.FilePath("statutory.toml")))
      << refused;
}

}  // namespace
}  // namespace xiufu::service
