// 信用修复告知书: every record that comes in public yields one, receipts are recorded once, and
// rates count them.
#include <functional>

#include "libs/base/random_ids.h"
#include "tests/unit/publication_surface.h"
#include "xiufu/publication/v1/repair_notice.grpc.pb.h"

namespace xiufu::publication {
namespace {

class PublicationNotices : public PublicationSurface {
 protected:
  // Two public records of transport that can be repaired today, one that cannot yet, and one that
  // may not be public.
  void SetUp() override {
    PublicationSurface::SetUp();
    const auto row = [](const char* no, const char* day, const char* kind) {
      return RowText()
          .Set("CF_WSH", no)
          .Set("CF_CFLB", kind)
          .Set("CF_NR_FK", "")
          .Set("CF_JDRQ", day);
    };
    const absl::StatusOr<v1::ImportReport> report = Import(
        FeedOf({row("甲", "2025-11-01", "没收违法所得"), row("乙", "2025-10-01", "没收违法所得"),
                row("丙", "2026-03-20", "没收违法所得"), row("丁", "2026-03-20", "警告")}));
    ASSERT_TRUE(report.ok()) << report.status();
    ASSERT_EQ(report->imported(), 4);
  }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(grpc::Status (v1::RepairNoticeService::Stub::*method)(
                                   grpc::ClientContext*, const Request&, Response*),
                               const Request& request, const std::string& principal = "operator") {
    const auto stub = v1::RepairNoticeService::NewStub(ChannelOf(principal));
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    Response response;
    const absl::Status status = rpc::FromGrpc((*stub.*method)(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }
  absl::StatusOr<v1::ListRepairNoticesResponse> List(bool not_given = false, int size = 0,
                                                     const std::string& token = "") {
    v1::ListRepairNoticesRequest request;
    request.set_authority(kTransport);
    request.set_not_given(not_given);
    request.set_page_size(size);
    request.set_page_token(token);
    return Ask<v1::ListRepairNoticesResponse>(&v1::RepairNoticeService::Stub::ListRepairNotices,
                                              request);
  }
  std::string RecordOf(absl::string_view document_no) {
    const absl::StatusOr<v1::ListRepairNoticesResponse> all = List();
    for (const v1::RepairNotice& notice : all->notices()) {
      if (notice.record().document_no() == document_no) return notice.record().record();
    }
    return "";
  }
  v1::RecordNoticeReceiptRequest Receipt(absl::string_view document_no) {
    v1::RecordNoticeReceiptRequest request;
    request.set_record(RecordOf(document_no));
    request.mutable_receipt()->set_way(v1::NoticeReceipt::WITH_DECISION);
    request.mutable_receipt()->set_given_on("2026-03-25");
    request.mutable_receipt()->set_given_by("丹东市交通运输局法规科");
    request.mutable_receipt()->set_receipt_no("丹交送〔2026〕3号");
    return request;
  }
  absl::StatusOr<v1::RecordNoticeReceiptResponse> Record(
      const v1::RecordNoticeReceiptRequest& request, const std::string& principal = "operator") {
    return Ask<v1::RecordNoticeReceiptResponse>(&v1::RepairNoticeService::Stub::RecordNoticeReceipt,
                                                request, principal);
  }
  absl::StatusOr<v1::GetNoticeRatesResponse> Rates(const char* from, const char* to) {
    v1::GetNoticeRatesRequest request;
    request.set_from_date(from);
    request.set_to_date(to);
    return Ask<v1::GetNoticeRatesResponse>(&v1::RepairNoticeService::Stub::GetNoticeRates, request);
  }
  absl::StatusOr<v1::ListRepairableRecordsResponse> Repairable(
      const std::string& region, int size = 0, const std::string& token = "",
      const std::string& principal = "intake") {
    v1::ListRepairableRecordsRequest request;
    request.set_region(region);
    request.set_page_size(size);
    request.set_page_token(token);
    return Ask<v1::ListRepairableRecordsResponse>(
        &v1::RepairNoticeService::Stub::ListRepairableRecords, request, principal);
  }
};

TEST_F(PublicationNotices, ARecordThatComesInPublicYieldsOne) {
  const absl::StatusOr<v1::ListRepairNoticesResponse> all = List();
  ASSERT_TRUE(all.ok()) << all.status();
  ASSERT_EQ(all->notices_size(), 3);
  for (const v1::RepairNotice& notice : all->notices()) {
    EXPECT_EQ(notice.made_on(), "2026-04-01");
    EXPECT_NE(notice.repairable_on(), "");
    EXPECT_FALSE(notice.has_receipt());
    EXPECT_NE(notice.record().document_no(), "丁");
  }
}

TEST_F(PublicationNotices, TheSameFileAgainYieldsNoSecondOne) {
  ASSERT_TRUE(Import(FeedOf({RowText().Set("CF_WSH", "甲").Set("CF_CFLB", "没收违法所得")}),
                     RandomIds().NewV7(TestNow()).ToString())
                  .ok());
  EXPECT_EQ(List()->notices_size(), 3);
}

TEST_F(PublicationNotices, ACorrectedRecordYieldsNoSecondOneAndKeepsItsReceipt) {
  ASSERT_TRUE(Record(Receipt("甲")).ok());
  const RowText row = RowText()
                          .Set("CF_WSH", "甲")
                          .Set("CF_CFLB", "没收违法所得")
                          .Set("CF_NR_FK", "")
                          .Set("CF_JDRQ", "2025-11-01")
                          .Set("CF_WFXW", "更正后的违法行为类型");
  const absl::StatusOr<v1::ImportReport> report =
      Import(FeedOf({row}), RandomIds().NewV7(TestNow()).ToString());
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_EQ(report->updated(), 1);
  EXPECT_EQ(List()->notices_size(), 3);
  EXPECT_EQ(List(/*not_given=*/true)->notices_size(), 2) << "who was told is told";
  const absl::StatusOr<v1::GetNoticeRatesResponse> rates = Rates("2026-01-01", "2026-12-31");
  ASSERT_EQ(rates->rates_size(), 1);
  EXPECT_EQ(rates->rates(0).made(), 3);
  EXPECT_EQ(rates->rates(0).given(), 1);
}

TEST_F(PublicationNotices, AnAuthorityWhoseCodeComesLaterIsCountedOnce) {
  const auto import = [&](const char* code, const char* violation) {
    const RowText row = RowText()
                            .Set("CF_WSH", "戊")
                            .Set("CF_CFLB", "没收违法所得")
                            .Set("CF_NR_FK", "")
                            .Set("CF_CFJG", "某县水务局")
                            .Set("CF_CFJGDM", code)
                            .Set("CF_WFXW", violation);
    ASSERT_TRUE(Import(FeedOf({row}), RandomIds().NewV7(TestNow()).ToString()).ok());
  };
  import("", "未经批准取水");
  EXPECT_EQ(Rates("2026-01-01", "2026-12-31")->rates_size(), 2);
  import("11210600MBYY99998L", "未经批准取水一处");
  import("", "未经批准取水两处");
  const absl::StatusOr<v1::GetNoticeRatesResponse> rates = Rates("2026-01-01", "2026-12-31");
  ASSERT_EQ(rates->rates_size(), 2);
  for (const auto& rate : rates->rates()) {
    if (rate.authority().code() == kTransport) continue;
    EXPECT_EQ(rate.authority().name(), "11210600MBYY99998L");
    EXPECT_EQ(rate.made(), 1);
  }
}

TEST_F(PublicationNotices, APageAtATime) {
  const absl::StatusOr<v1::ListRepairNoticesResponse> two = List(false, 2);
  ASSERT_TRUE(two.ok()) << two.status();
  ASSERT_EQ(two->notices_size(), 2);
  const absl::StatusOr<v1::ListRepairNoticesResponse> rest = List(false, 2, two->next_page_token());
  ASSERT_TRUE(rest.ok()) << rest.status();
  EXPECT_EQ(rest->notices_size(), 1);
  EXPECT_EQ(rest->next_page_token(), "");
  EXPECT_EQ(List(true, 2, two->next_page_token()).status().code(),
            absl::StatusCode::kInvalidArgument)
      << "a token of another list";
}

TEST_F(PublicationNotices, AReceiptIsRecordedOnce) {
  const v1::RecordNoticeReceiptRequest request = Receipt("甲");
  const absl::StatusOr<v1::RecordNoticeReceiptResponse> first = Record(request);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->notice().receipt().record_version(), 1);
  const absl::StatusOr<v1::RecordNoticeReceiptResponse> again = Record(request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  v1::RecordNoticeReceiptRequest other = request;
  other.mutable_receipt()->set_given_on("2026-03-26");
  const absl::Status refused = Record(other).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ReasonOf(refused)->reason, "NOTICE_GIVEN_OTHERWISE");
  EXPECT_EQ(List(/*not_given=*/true)->notices_size(), 2);
}

TEST_F(PublicationNotices, EveryBadFieldIsNamed) {
  const struct {
    std::function<void(v1::NoticeReceipt&)> spoil;
    std::string field;
  } cases[] = {
      {[](v1::NoticeReceipt& r) { r.clear_way(); }, "receipt.way"},
      {[](v1::NoticeReceipt& r) { r.set_way(v1::NoticeReceipt::Way(9)); }, "receipt.way"},
      {[](v1::NoticeReceipt& r) { r.set_given_on("2026-13-01"); }, "receipt.given_on"},
      {[](v1::NoticeReceipt& r) { r.set_given_on("2026-04-02"); }, "receipt.given_on"},
      {[](v1::NoticeReceipt& r) { r.set_given_on("2025-10-31"); }, "receipt.given_on"},
      {[](v1::NoticeReceipt& r) { r.clear_given_by(); }, "receipt.given_by"},
      {[](v1::NoticeReceipt& r) { r.set_receipt_no(std::string(65, 'x')); }, "receipt.receipt_no"},
      {[](v1::NoticeReceipt& r) { r.set_record_version(2); }, "receipt.record_version"},
      {[](v1::NoticeReceipt& r) { r.set_record_version(-1); }, "receipt.record_version"},
  };
  for (const auto& one : cases) {
    v1::RecordNoticeReceiptRequest request = Receipt("甲");
    one.spoil(*request.mutable_receipt());
    const absl::Status status = Record(request).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    ASSERT_EQ(ViolationsOf(status).size(), 1u) << one.field;
    EXPECT_EQ(ViolationsOf(status)[0].field, one.field);
  }
  v1::RecordNoticeReceiptRequest unknown = Receipt("甲");
  unknown.set_record(std::string(16, 'x'));
  EXPECT_EQ(ReasonOf(Record(unknown).status())->reason, "NOTICE_NOT_FOUND");
  unknown.set_record("x");
  EXPECT_EQ(ViolationsOf(Record(unknown).status())[0].field, "record");
}

TEST_F(PublicationNotices, RatesByAuthority) {
  ASSERT_TRUE(Record(Receipt("甲")).ok());
  const absl::StatusOr<v1::GetNoticeRatesResponse> rates = Rates("2026-01-01", "2026-12-31");
  ASSERT_TRUE(rates.ok()) << rates.status();
  ASSERT_EQ(rates->rates_size(), 1);
  EXPECT_EQ(rates->rates(0).authority().code(), kTransport);
  EXPECT_EQ(rates->rates(0).made(), 3);
  EXPECT_EQ(rates->rates(0).given(), 1);
  EXPECT_EQ(Rates("2026-04-02", "2026-12-31")->rates_size(), 0);
  EXPECT_EQ(ViolationsOf(Rates("2026-04-02", "2026-04-01").status())[0].field, "to_date");
  EXPECT_EQ(ViolationsOf(Rates("2025-04-01", "2026-04-02").status())[0].field, "to_date");
  EXPECT_EQ(ViolationsOf(Rates("x", "2026-04-02").status())[0].field, "from_date");
}

TEST_F(PublicationNotices, WhatCanBeRepairedTodayTheLongestFirst) {
  const absl::StatusOr<v1::ListRepairableRecordsResponse> found = Repairable("");
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_EQ(found->records_size(), 2);
  EXPECT_EQ(found->records(0).record().document_no(), "乙");
  EXPECT_EQ(found->records(1).record().document_no(), "甲");
  EXPECT_LT(found->records(0).repairable_on(), found->records(1).repairable_on());
  EXPECT_EQ(Repairable("210600")->records_size(), 2);
  EXPECT_EQ(Repairable("210602")->records_size(), 0);
  EXPECT_EQ(ViolationsOf(Repairable("999999").status())[0].field, "region");
  const absl::StatusOr<v1::ListRepairableRecordsResponse> one = Repairable("", 1);
  const absl::StatusOr<v1::ListRepairableRecordsResponse> rest =
      Repairable("", 1, one->next_page_token());
  ASSERT_TRUE(rest.ok()) << rest.status();
  ASSERT_EQ(rest->records_size(), 1);
  EXPECT_EQ(rest->records(0).record().document_no(), "甲");
}

TEST_F(PublicationNotices, WhoMayAsk) {
  EXPECT_EQ(Record(Receipt("甲"), "intake").status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_TRUE(Repairable("", 0, "", "operator").ok());
  EXPECT_TRUE(Repairable("", 0, "", "intake").ok());
  EXPECT_EQ(Repairable("", 0, "", "portal").status().code(), absl::StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace xiufu::publication
