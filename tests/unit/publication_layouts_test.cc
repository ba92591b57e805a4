// Layouts of feeds that are loaded anew while publication runs.
#include "libs/observability/metrics.h"
#include "services/publication/drivers/layout_keeper.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/publication_rig.h"

namespace xiufu::publication {
namespace {

class PublicationLayouts : public PublicationTest {
 protected:
  absl::StatusOr<ImportReport> ImportBy(const LayoutKeeper& keeper, const std::string& file) {
    ServiceParts parts = Parts();
    parts.layouts = &keeper.layouts();
    return ImportFeedInline(parts, file, "");
  }
  // As a platform writes it that has renamed a column.
  static std::string Renamed() {
    RowText row;
    std::string header = row.Header();
    header.replace(header.find("CF_WSH"), 6, "CF_NEW_WSH");
    return absl::StrCat(header, "\r\n", row.Line(), "\r\n");
  }
  static bool CountedReload(const char* outcome, int times) {
    return absl::StrContains(
        observability::MetricsText(),
        absl::StrCat("xiufu_layout_reloads_total{outcome=\"", outcome, "\"} ", times));
  }

  TempFolder feeds_{"deploy/feeds"};
};

TEST_F(PublicationLayouts, AnotherNameOfAColumnComesIntoForceWithoutARestart) {
  const auto keeper = *LayoutKeeper::Open(feeds_.path());
  EXPECT_FALSE(ImportBy(*keeper, Renamed()).ok()) << "the document number is missing";
  feeds_.Replace("penalty-2018.toml", "\"CF_WSH\", \"行政", "\"CF_WSH\", \"CF_NEW_WSH\", \"行政");
  ASSERT_TRUE(keeper->Reload().ok());
  const absl::StatusOr<ImportReport> report = ImportBy(*keeper, Renamed());
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->import.counts.imported, 1);
  EXPECT_TRUE(CountedReload("loaded", 1)) << observability::MetricsText();
}

TEST_F(PublicationLayouts, BrokenOnesAreNamedCountedAndLeftAside) {
  const auto keeper = *LayoutKeeper::Open(feeds_.path());
  const int line = feeds_.Replace("penalty-2018.toml", "meaning = \"DOCUMENT_NO\"",
                                  "meaning = \"DOCUMENT_NUMBER\"");
  testing::internal::CaptureStderr();
  EXPECT_FALSE(keeper->Reload().ok());
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_TRUE(absl::StrContains(log, " error layouts_not_loaded ")) << log;
  EXPECT_TRUE(absl::StrContains(log, absl::StrCat(feeds_.FilePath("penalty-2018.toml"), ":", line)))
      << log;
  EXPECT_TRUE(CountedReload("refused", 1)) << observability::MetricsText();
  const absl::StatusOr<ImportReport> report = ImportBy(*keeper, FeedOf({RowText()}));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->import.counts.imported, 1) << "by those of before";
}

TEST_F(PublicationLayouts, ItDoesNotStartWithBrokenOnes) {
  feeds_.Replace("common.toml", "[[", "[");
  EXPECT_FALSE(LayoutKeeper::Open(feeds_.path()).ok());
}

}  // namespace
}  // namespace xiufu::publication
