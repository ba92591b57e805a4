// The gRPC surface, over a real socket and a store with its thread.
#include "services/publication/drivers/publication_service.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "absl/strings/str_format.h"
#include "libs/base/status.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/publication_rig.h"
#include "xiufu/publication/v1/publication.grpc.pb.h"

namespace xiufu::publication {
namespace {

constexpr char kRequest[] = "018f3c1e-0000-7000-8000-000000000001";

class PublicationSurface : public ::testing::Test {
 protected:
  void SetUp() override {
    tokens_ = *rpc::Tokens::LoadOrCreate(folder_.path(), {"operator", "intake"});
    database_ = *storage::Database::Open(
        {.path = folder_.FilePath("store.db"), .service = "publication"}, Migrations(), &clock_);
    database_->Start();
    service_ = NewPublicationService({database_.get(), &clock_, &ids_, &FeedLaw::Get().in_force,
                                      &FeedLaw::Get().layouts, "key"});
    server_ = *rpc::Server::Start({.listen = "127.0.0.1:0", .tokens = &tokens_}, {service_.get()});
    server_->SetServing(true);
  }
  void TearDown() override {
    server_->Shutdown(absl::Seconds(1));
    database_->Stop();
  }

  std::unique_ptr<v1::PublicationService::Stub> As(const std::string& principal) {
    return v1::PublicationService::NewStub(
        rpc::NewChannel(absl::StrCat("127.0.0.1:", server_->port()), *tokens_.TokenOf(principal)));
  }

  absl::StatusOr<v1::ImportReport> Import(const std::string& csv,
                                          const std::string& request_id = kRequest,
                                          const std::string& principal = "operator",
                                          const std::string& layout = "SGS-PENALTY-2018") {
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    v1::ImportReport report;
    auto stub = As(principal);
    auto writer = stub->ImportRecords(&context, &report);
    v1::ImportRecordsRequest part;
    part.mutable_header()->set_request_id(request_id);
    part.mutable_header()->set_layout(layout);
    writer->Write(part);
    for (size_t at = 0; at < csv.size(); at += 1000) {
      part.set_chunk(csv.substr(at, 1000));
      if (!writer->Write(part)) break;
    }
    writer->WritesDone();
    const absl::Status status = rpc::FromGrpc(writer->Finish());
    if (!status.ok()) return status;
    return report;
  }

  absl::StatusOr<v1::SearchRecordsResponse> Search(const std::string& uscc, int size = 0,
                                                   const std::string& token = "") {
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    v1::SearchRecordsRequest request;
    request.set_uscc(uscc);
    request.set_page_size(size);
    request.set_page_token(token);
    v1::SearchRecordsResponse response;
    const absl::Status status =
        rpc::FromGrpc(As("intake")->SearchRecords(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<v1::BatchGetRecordsResponse> BatchGet(const std::vector<std::string>& ids) {
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    v1::BatchGetRecordsRequest request;
    for (const std::string& id : ids) request.add_records(id);
    v1::BatchGetRecordsResponse response;
    const absl::Status status =
        rpc::FromGrpc(As("intake")->BatchGetRecords(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  TempFolder folder_;
  ManualClock clock_{TestNow()};
  SeededIds ids_{20260401};
  rpc::Tokens tokens_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<grpc::Service> service_;
  std::unique_ptr<rpc::Server> server_;
};

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
