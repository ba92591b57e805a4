// The gRPC surface, over a real socket and a store with its thread.
#include <algorithm>
#include <set>

#include "absl/strings/str_format.h"
#include "tests/unit/publication_surface.h"

namespace xiufu::publication {
namespace {

std::string FeedOfDays(int days) {
  std::vector<RowText> rows;
  for (int i = 0; i < days; ++i) {
    rows.push_back(RowText()
                       .Set("CF_WSH", absl::StrCat("第", i, "号"))
                       .Set("CF_JDRQ", absl::StrFormat("2025-01-%02d", i / 2 + 1)));
  }
  return FeedOf(rows);
}

TEST_F(PublicationSurface, ImportsAndFindsPageByPage) {
  absl::StatusOr<v1::ImportReport> report = Import(FeedOfDays(23));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->imported(), 23);
  std::vector<std::string> dates, ids;
  std::string token;
  do {
    absl::StatusOr<v1::SearchRecordsResponse> page = Search(kCompany, 5, token);
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_LE(page->records_size(), 5);
    for (const auto& record : page->records()) {
      dates.push_back(record.decision_date());
      ids.push_back(record.record());
      EXPECT_EQ(record.authority().code(), kTransport);
      EXPECT_EQ(record.state(), common::v1::RECORD_STATE_PUBLISHED);
    }
    token = page->next_page_token();
  } while (!token.empty());
  EXPECT_EQ(dates.size(), 23u);
  EXPECT_TRUE(std::is_sorted(dates.rbegin(), dates.rend()));
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 23u);
  std::reverse(ids.begin(), ids.end());
  absl::StatusOr<v1::BatchGetRecordsResponse> got = BatchGet(ids);
  ASSERT_TRUE(got.ok()) << got.status();
  for (size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(got->records(i).record(), ids[i]);
}

TEST_F(PublicationSurface, TheSameRequestGetsTheSameReport) {
  absl::StatusOr<v1::ImportReport> first = Import(FeedOfDays(7));
  ASSERT_TRUE(first.ok()) << first.status();
  absl::StatusOr<v1::ImportReport> again = Import(FeedOfDays(7));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  const absl::Status other = Import(FeedOfDays(8)).status();
  EXPECT_EQ(other.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_TRUE(HasReason(other, "REQUEST_ID_REUSED")) << other;
  EXPECT_EQ(Search(kCompany)->records_size(), 7);  // and nothing of it was taken
}

TEST_F(PublicationSurface, ABrokenQuoteAtTheEndIsOneError) {
  absl::StatusOr<v1::ImportReport> report =
      Import(absl::StrCat(FeedOfDays(3), RowText().Set("CF_XDR_MC", "\"x").Line()));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->imported(), 3);
  ASSERT_EQ(report->errors_size(), 1);
  EXPECT_EQ(report->errors(0).line(), 5);
}

TEST_F(PublicationSurface, WhatIsRefusedChangesNothing) {
  EXPECT_EQ(Import(FeedOfDays(1), kRequest, "intake").status().code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Import(FeedOfDays(1), "no uuid").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Import(FeedOfDays(1), kRequest, "operator", "other").status().code(),
            absl::StatusCode::kInvalidArgument);
  const absl::Status header = Import("a,b\n1,2\n").status();
  EXPECT_EQ(header.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(ViolationsOf(header).empty());
  EXPECT_EQ(Search(kCompany)->records_size(), 0);
  // A refused import leaves the request id unused.
  EXPECT_TRUE(Import(FeedOfDays(1)).ok());
}

TEST_F(PublicationSurface, BadQuestions) {
  EXPECT_EQ(Search("91210600MAYY00018").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Search(kCompany, -1).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Search(kCompany, 0, "x").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(BatchGet({"short"}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(BatchGet(std::vector<std::string>(201, std::string(16, 'x'))).status().code(),
            absl::StatusCode::kInvalidArgument);
  const absl::Status unknown = BatchGet({std::string(16, 'x')}).status();
  EXPECT_EQ(unknown.code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(HasReason(unknown, "RECORD_NOT_FOUND"));
}

}  // namespace
}  // namespace xiufu::publication
