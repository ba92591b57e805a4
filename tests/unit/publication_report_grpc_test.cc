// ReportResult: who may call it, what it refuses by name, and that told again nothing changes.
#include <functional>

#include "libs/base/random_ids.h"
#include "tests/unit/publication_surface.h"

namespace xiufu::publication {
namespace {

using Request = v1::ReportResultRequest;

constexpr char kDocument[] = "丹交罚〔2025〕1号";

const catalogue::Authority& Transport() {
  return *FeedLaw::Get().authorities.FindByCode(kTransport);
}

// The record of RowText, annulled.
Request Annulled() {
  Request request;
  request.set_matter(common::v1::MATTER_KIND_PENALTY);
  request.set_subject_uscc(kCompany);
  request.set_authority_uscc(Transport().uscc);
  request.set_document_no(kDocument);
  request.set_kind(Request::ANNULLED);
  request.set_day("2026-03-31");
  request.set_reason("行政复议撤销");
  request.set_source("丹复决〔2026〕7号");
  return request;
}

class PublicationReportSurface : public PublicationSurface {
 protected:
  void SetUp() override {
    PublicationSurface::SetUp();
    const absl::StatusOr<v1::ImportReport> report = Import(FeedOf({RowText()}));
    ASSERT_TRUE(report.ok()) << report.status();
    ASSERT_EQ(report->imported(), 1);
  }
  absl::StatusOr<v1::ReportResultResponse> Report(const Request& request,
                                                  const std::string& principal = "operator") {
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    v1::ReportResultResponse response;
    const absl::Status status =
        rpc::FromGrpc(As(principal)->ReportResult(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }
  absl::StatusOr<v1::ListWithdrawalsResponse> Withdrawals(
      int size, const std::string& token, const std::string& principal = "operator") {
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    v1::ListWithdrawalsRequest request;
    request.set_page_size(size);
    request.set_page_token(token);
    v1::ListWithdrawalsResponse response;
    const absl::Status status =
        rpc::FromGrpc(As(principal)->ListWithdrawals(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }
  common::v1::RecordSnapshot Only() { return Search(kCompany)->records(0); }
};

TEST_F(PublicationReportSurface, AnAnnulledPenaltyIsWithdrawn) {
  const absl::StatusOr<v1::ReportResultResponse> told = Report(Annulled());
  ASSERT_TRUE(told.ok()) << told.status();
  EXPECT_EQ(told->record().state(), common::v1::RECORD_STATE_WITHDRAWN);
  EXPECT_EQ(told->record().version(), 2u);
  EXPECT_EQ(told->result_word(), "撤下");
  EXPECT_EQ(Only().state(), common::v1::RECORD_STATE_WITHDRAWN);
}

TEST_F(PublicationReportSurface, ByWhenItWasToBeTakenDown) {
  Request late = Annulled();
  late.set_day("2026-03-20");
  ASSERT_TRUE(
      Import(FeedOf({RowText().Set("CF_WSH", "二号")}), RandomIds().NewV7(TestNow()).ToString())
          .ok());
  Request in_time = Annulled();
  in_time.set_document_no("二号");
  const absl::StatusOr<v1::ReportResultResponse> first = Report(late), second = Report(in_time);
  ASSERT_TRUE(first.ok() && second.ok()) << first.status() << second.status();
  EXPECT_EQ(first->withdrawal().due_date(), "2026-03-25");
  EXPECT_EQ(first->withdrawal().withdrawn_on(), "2026-04-01");
  EXPECT_FALSE(first->withdrawal().in_time());
  EXPECT_EQ(second->withdrawal().due_date(), "2026-04-03");
  EXPECT_TRUE(second->withdrawal().in_time());
  EXPECT_TRUE(absl::StrContains(second->withdrawal().receipt(), "行政处罚法第四十八条"));

  const absl::StatusOr<v1::ListWithdrawalsResponse> one = Withdrawals(1, "");
  ASSERT_TRUE(one.ok()) << one.status();
  ASSERT_EQ(one->withdrawals_size(), 1);
  EXPECT_EQ(one->withdrawals(0).record().document_no(), kDocument);
  const absl::StatusOr<v1::ListWithdrawalsResponse> rest = Withdrawals(5, one->next_page_token());
  ASSERT_TRUE(rest.ok()) << rest.status();
  ASSERT_EQ(rest->withdrawals_size(), 1);
  EXPECT_EQ(rest->withdrawals(0).withdrawal().SerializeAsString(),
            second->withdrawal().SerializeAsString());
  EXPECT_EQ(rest->next_page_token(), "");
  EXPECT_EQ(Withdrawals(5, "x").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Withdrawals(-1, "").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(PublicationReportSurface, OnlyTheOperator) {
  const absl::Status status = Report(Annulled(), "intake").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << status;
  EXPECT_EQ(Withdrawals(5, "", "intake").status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Only().state(), common::v1::RECORD_STATE_PUBLISHED);
}

TEST_F(PublicationReportSurface, EveryBadFieldIsNamed) {
  const struct {
    const char* what;
    std::function<void(Request&)> spoil;
    std::vector<std::string> fields;
  } cases[] = {
      {"no matter", [](Request& r) { r.clear_matter(); }, {"matter"}},
      {"unknown matter", [](Request& r) { r.set_matter(common::v1::MatterKind(77)); }, {"matter"}},
      {"no subject", [](Request& r) { r.clear_subject_uscc(); }, {"subject_uscc"}},
      {"a person's number",
       [](Request& r) { r.set_subject_uscc("21060219800101001"); },
       {"subject_uscc"}},
      {"no authority", [](Request& r) { r.clear_authority_uscc(); }, {"authority_uscc"}},
      {"no code", [](Request& r) { r.set_authority_uscc("transport"); }, {"authority_uscc"}},
      {"blank name",
       [](Request& r) {
         r.clear_authority_uscc();
         r.set_authority_name(" \u3000");
       },
       {"authority_uscc"}},
      {"long name",
       [](Request& r) { r.set_authority_name(std::string(201, 'x')); },
       {"authority_name"}},
      {"no document", [](Request& r) { r.clear_document_no(); }, {"document_no"}},
      {"line break", [](Request& r) { r.set_document_no("丹\n1"); }, {"document_no"}},
      {"long document",
       [](Request& r) { r.set_document_no(std::string(129, '1')); },
       {"document_no"}},
      {"a list without a day",
       [](Request& r) {
         r.clear_document_no();
         r.set_list_name("经营异常名录");
       },
       {"listed_on"}},
      {"a list on no day",
       [](Request& r) {
         r.clear_document_no();
         r.set_list_name("经营异常名录");
         r.set_listed_on("2026-02-30");
       },
       {"listed_on"}},
      {"no kind", [](Request& r) { r.clear_kind(); }, {"kind"}},
      {"an objection", [](Request& r) { r.set_kind(Request::Kind(4)); }, {"kind"}},
      {"no day", [](Request& r) { r.clear_day(); }, {"day"}},
      {"tomorrow", [](Request& r) { r.set_day("2026-04-02"); }, {"day"}},
      {"long reason", [](Request& r) { r.set_reason(std::string(501, 'x')); }, {"reason"}},
      {"no source", [](Request& r) { r.clear_source(); }, {"source"}},
      {"blank source", [](Request& r) { r.set_source("  "); }, {"source"}},
      {"long source", [](Request& r) { r.set_source(std::string(201, 'x')); }, {"source"}},
      {"all of it",
       [](Request& r) { r = Request(); },
       {"matter", "subject_uscc", "authority_uscc", "document_no", "kind", "day", "source"}},
  };
  for (const auto& c : cases) {
    Request request = Annulled();
    c.spoil(request);
    const absl::Status status = Report(request).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << c.what << ": " << status;
    std::vector<std::string> fields;
    for (const Violation& violation : ViolationsOf(status)) fields.push_back(violation.field);
    EXPECT_EQ(fields, c.fields) << c.what << ": " << status;
  }
  EXPECT_EQ(Only().version(), 1u) << "nothing of it was taken";
}

TEST_F(PublicationReportSurface, TodayIsNotTheFuture) {
  Request request = Annulled();
  request.set_day("2026-04-01");
  EXPECT_TRUE(Report(request).ok());
}

TEST_F(PublicationReportSurface, ARecordThatIsNotKnown) {
  Request request = Annulled();
  request.set_document_no("丹交罚〔2025〕2号");
  const absl::Status status = Report(request).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(HasReason(status, "RECORD_NOT_FOUND")) << status;
}

TEST_F(PublicationReportSurface, ByTheAuthoritysNameAlone) {
  Request request = Annulled();
  request.clear_authority_uscc();
  request.set_authority_name(absl::StrCat(" ", Transport().name, "\u3000"));
  EXPECT_TRUE(Report(request).ok());
}

TEST_F(PublicationReportSurface, ToldAgainNothingChanges) {
  const absl::StatusOr<v1::ReportResultResponse> first = Report(Annulled());
  ASSERT_TRUE(first.ok()) << first.status();
  const absl::StatusOr<v1::ReportResultResponse> again = Report(Annulled());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  // Somebody else tells it in other words.
  Request other = Annulled();
  other.set_source("市司法局来函");
  other.set_reason("复议决定撤销原处罚");
  ASSERT_TRUE(Report(other).ok());
  EXPECT_EQ(Only().version(), 2u);
}

TEST_F(PublicationReportSurface, ToldOtherwiseItIsRefused) {
  ASSERT_TRUE(Report(Annulled()).ok());
  Request other_day = Annulled(), other_reason = Annulled();
  other_day.set_source("市司法局来函");
  other_day.set_day("2026-03-30");
  other_reason.set_reason("行政诉讼撤销");
  for (const Request& other : {other_day, other_reason}) {
    const absl::Status status = Report(other).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists) << status;
    ASSERT_TRUE(HasReason(status, "RESULT_REPORTED_OTHERWISE")) << status;
    const std::vector<std::pair<std::string, std::string>> metadata = ReasonOf(status)->metadata;
    EXPECT_NE(std::find(metadata.begin(), metadata.end(),
                        std::pair<std::string, std::string>("day", "2026-03-31")),
              metadata.end())
        << "what is known is told";
  }
  EXPECT_EQ(Only().version(), 2u);
}

TEST_F(PublicationReportSurface, AnotherKindIsAnotherResult) {
  Request ended = Annulled();
  ended.set_kind(Request::MOVED_OUT);
  ended.set_day("2026-03-01");
  const absl::StatusOr<v1::ReportResultResponse> told = Report(ended);
  ASSERT_TRUE(told.ok()) << told.status();
  EXPECT_EQ(told->record().state(), common::v1::RECORD_STATE_ENDED);
  const absl::StatusOr<v1::ReportResultResponse> annulled = Report(Annulled());
  ASSERT_TRUE(annulled.ok()) << annulled.status();
  EXPECT_EQ(annulled->record().state(), common::v1::RECORD_STATE_WITHDRAWN);
  EXPECT_EQ(annulled->record().version(), 3u);
}

}  // namespace
}  // namespace xiufu::publication
