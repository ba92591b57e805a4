// WindowService and AgentService over a real connection: who may, mapping, pages, letters.
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>

#include "libs/base/status.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "services/intake/drivers/grpc_intake_service.h"
#include "services/intake/drivers/grpc_rating_service.h"
#include "services/intake/drivers/rating_table.h"
#include "tests/unit/intake_window_rig.h"
#include "xiufu/intake/v1/agent.grpc.pb.h"
#include "xiufu/intake/v1/rating.grpc.pb.h"
#include "xiufu/intake/v1/window.grpc.pb.h"

namespace xiufu::intake {
namespace {

class WindowGrpcTest : public ::testing::Test {
 protected:
  WindowGrpcTest() {
    storage::Database::Options options;
    options.path = folder_.FilePath("store.db");
    options.service = "intake";
    database_ = *storage::Database::Open(options, Migrations(), &clock_);
    materials_ = *MaterialStore::Open(folder_.FilePath("materials"));
    node_ =
        std::make_unique<IntakeNode>(IntakeParts{&clock_, &ids_, database_.get(), &records_,
                                                 materials_.get(), ShippedLaw().law(), 1, kSecret});
    const GrpcParts parts{&node_->intake(), &node_->hub(), &workers_, database_.get(),
                          &clock_,          "key",         &letters_, &ShippedLaw().in_force};
    window_service_ = NewGrpcWindowService(parts);
    agent_service_ = NewGrpcAgentService(parts);
    rating_service_ =
        NewGrpcRatingService({database_.get(), &clock_, nullptr, &ratings_, "another key"});
    tokens_ = *rpc::Tokens::LoadOrCreate(folder_.FilePath("credentials"),
                                         {"portal", "operator", "window", kYuanbao, kDonggang});
    database_->Start();
    server_ =
        *rpc::Server::Start({"127.0.0.1:0", &tokens_},
                            {window_service_.get(), agent_service_.get(), rating_service_.get()});
    server_->SetServing(true);
    for (uint8_t n = 1; n <= 3; ++n) {
      records_.records[TestId(n)] = PublishedRecord(n);
      records_.records[TestId(n)].subject_uscc = kDonggangSubject;
    }
  }
  ~WindowGrpcTest() override {
    workers_.Stop();
    server_->Shutdown(absl::Seconds(1));
    database_->Stop();
  }

  template <typename Service, typename Request, typename Response>
  absl::StatusOr<Response> Ask(const std::string& principal,
                               grpc::Status (Service::Stub::*method)(grpc::ClientContext*,
                                                                     const Request&, Response*),
                               const Request& request) {
    auto stub = Service::NewStub(
        rpc::NewChannel(absl::StrCat("127.0.0.1:", server_->port()), *tokens_.TokenOf(principal)));
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    Response response;
    const grpc::Status status = (stub.get()->*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }
  template <typename Request, typename Response>
  absl::StatusOr<Response> AskWindow(const std::string& principal,
                                     grpc::Status (v1::WindowService::Stub::*method)(
                                         grpc::ClientContext*, const Request&, Response*),
                                     const Request& request) {
    return Ask<v1::WindowService>(principal, method, request);
  }
  std::string NewRequestId() { return ids_.NewV7(clock_.Now()).ToString(); }

  v1::FileAtWindowRequest FileRequest(uint8_t record = 1) {
    v1::FileAtWindowRequest request;
    request.set_request_id(NewRequestId());
    request.set_clerk("C07");
    request.set_subject_uscc(kDonggangSubject);
    request.add_records(RecordName(TestId(record)));
    request.mutable_applicant()->set_name("王小明");
    request.mutable_applicant()->set_phone("12345");
    request.mutable_applicant()->set_capacity(common::v1::CAPACITY_HANDLER);
    return request;
  }
  v1::Application File(uint8_t record = 1, const std::string& principal = kYuanbao) {
    return *AskWindow(principal, &v1::WindowService::Stub::FileAtWindow, FileRequest(record));
  }
  v1::RecordConsultationRequest Consult() {
    v1::RecordConsultationRequest request;
    request.set_request_id(NewRequestId());
    request.set_clerk("C07");
    request.set_mode(v1::Consultation::CALL);
    request.set_topic("PROGRESS");
    request.set_question("办到哪一步了");
    request.set_answer("正在认定单位办理");
    request.set_contact_phone("0415-1234567");
    return request;
  }

  ManualClock clock_{TestNow()};
  SeededIds ids_{9};
  TempFolder folder_;
  FakeRecords records_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<MaterialStore> materials_;
  std::unique_ptr<IntakeNode> node_;
  WorkerPool workers_{2};
  Letters letters_{&ShippedLaw().messages, "https://www.creditchina.gov.cn"};
  std::unique_ptr<grpc::Service> window_service_;
  std::unique_ptr<grpc::Service> agent_service_;
  SqlRatingTable ratings_;
  std::unique_ptr<grpc::Service> rating_service_;
  rpc::Tokens tokens_;
  std::unique_ptr<rpc::Server> server_;
};

TEST_F(WindowGrpcTest, WhoIsNoWindowGetsNothing) {
  using Stub = v1::WindowService::Stub;
  const auto denied = [](const absl::Status& status) {
    EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << status;
    EXPECT_TRUE(HasReason(status, "WINDOWS_ONLY")) << status;
  };
  for (const char* who : {"portal", "operator"}) {
    denied(AskWindow(who, &Stub::FileAtWindow, FileRequest()).status());
    denied(AskWindow(who, &Stub::GetFiling, v1::GetFilingRequest()).status());
    denied(AskWindow(who, &Stub::ListFilings, v1::ListFilingsRequest()).status());
    denied(AskWindow(who, &Stub::RenderFilingSlip, v1::RenderFilingSlipRequest()).status());
    denied(AskWindow(who, &Stub::PrecheckMaterials, v1::PrecheckMaterialsRequest()).status());
    denied(AskWindow(who, &Stub::RenderForms, v1::ComposeNoticeRequest()).status());
    denied(AskWindow(who, &Stub::RecordConsultation, Consult()).status());
    denied(AskWindow(who, &Stub::LinkConsultation, v1::LinkConsultationRequest()).status());
    denied(AskWindow(who, &Stub::ListConsultations, v1::ListConsultationsRequest()).status());
    denied(AskWindow(who, &Stub::GiveHandOver, v1::GiveHandOverRequest()).status());
    denied(AskWindow(who, &Stub::TakeUpHandOver, v1::TakeUpHandOverRequest()).status());
    denied(AskWindow(who, &Stub::ListHandOvers, v1::ListHandOversRequest()).status());
  }
  denied(AskWindow("portal", &Stub::CountWindowWork, v1::CountWindowWorkRequest()).status());
  EXPECT_TRUE(AskWindow("operator", &Stub::CountWindowWork, v1::CountWindowWorkRequest()).ok());
  for (const char* who : {"portal", "window"}) {
    EXPECT_EQ(
        Ask<v1::AgentService>(who, &v1::AgentService::Stub::ListAgents, v1::ListAgentsRequest())
            .status()
            .code(),
        absl::StatusCode::kPermissionDenied);
  }
}

TEST_F(WindowGrpcTest, TheDirectoryIsForEverybodyAndMakesNothingUp) {
  const v1::ListWindowsResponse all =
      *AskWindow("portal", &v1::WindowService::Stub::ListWindows, v1::ListWindowsRequest());
  EXPECT_EQ(all.windows_size(), 7);
  for (const auto& one : all.windows()) EXPECT_EQ(one.window().note(), "以当地公布为准");
  EXPECT_EQ(all.hotlines(0).number(), "12345");
  EXPECT_GE(all.topics_size(), 5);
  v1::ListWindowsRequest request;
  request.set_region("210681");
  const auto own = *AskWindow("portal", &v1::WindowService::Stub::ListWindows, request);
  ASSERT_EQ(own.windows_size(), 1);
  EXPECT_EQ(own.windows(0).id(), "210681");
  EXPECT_EQ(own.windows(0).window().region_name(), "东港市");
}

TEST_F(WindowGrpcTest, AFilingIsSeenListedAndPrinted) {
  const v1::Application filed = File();
  EXPECT_EQ(filed.query_code().size(), 8u);
  v1::GetFilingRequest get;
  get.set_name(absl::StrCat("applications/", filed.number()));
  const v1::Filing filing = *AskWindow(kYuanbao, &v1::WindowService::Stub::GetFiling, get);
  EXPECT_EQ(filing.clerk(), "C07");
  EXPECT_EQ(filing.window(), "210602");
  EXPECT_EQ(filing.region(), "210602");
  EXPECT_TRUE(filing.application().query_code().empty());
  EXPECT_TRUE(HasReason(AskWindow(kDonggang, &v1::WindowService::Stub::GetFiling, get).status(),
                        "APPLICATION_NOT_FOUND"));
  v1::RenderFilingSlipRequest slip;
  slip.set_name(filed.name());
  EXPECT_FALSE(AskWindow(kYuanbao, &v1::WindowService::Stub::RenderFilingSlip, slip).ok());
  slip.set_query_code(filed.query_code());
  const auto letter = AskWindow(kYuanbao, &v1::WindowService::Stub::RenderFilingSlip, slip);
  ASSERT_TRUE(letter.ok()) << letter.status();
  EXPECT_EQ(letter->media_type(), "application/pdf");
  EXPECT_EQ(letter->content().substr(0, 5), "%PDF-");
}

TEST_F(WindowGrpcTest, PagesAreBoundToTheCallerAndTheQuestion) {
  for (uint8_t n = 1; n <= 3; ++n) {
    File(n);
    clock_.Advance(absl::Seconds(1));
  }
  v1::ListFilingsRequest request;
  request.set_page_size(2);
  const auto list = [&](const char* who) {
    return AskWindow(who, &v1::WindowService::Stub::ListFilings, request);
  };
  const v1::ListFilingsResponse first = *list(kYuanbao);
  ASSERT_EQ(first.filings_size(), 2);
  request.set_page_token(first.next_page_token());
  const v1::ListFilingsResponse second = *list(kYuanbao);
  EXPECT_EQ(second.filings_size(), 1);
  EXPECT_TRUE(second.next_page_token().empty());
  EXPECT_EQ(list("window").status().code(), absl::StatusCode::kInvalidArgument);
  request.set_region("210602");
  EXPECT_EQ(list(kYuanbao).status().code(), absl::StatusCode::kInvalidArgument);
  request.Clear();
  request.set_page_size(-1);
  EXPECT_EQ(list(kYuanbao).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(WindowGrpcTest, APrecheckTellsByRecordAndPrints) {
  v1::PrecheckMaterialsRequest request;
  request.set_clerk("C07");
  request.set_uscc(kDonggangSubject);
  request.add_records(RecordName(TestId(1)));
  auto& paper = *request.add_papers();
  paper.set_kind("M2");
  paper.set_media_type("application/pdf");
  paper.set_size(10);
  paper.set_beginning(kPdf);
  request.set_print(true);
  const auto result = AskWindow(kYuanbao, &v1::WindowService::Stub::PrecheckMaterials, request);
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_EQ(result->papers_size(), 2);
  EXPECT_EQ(result->papers(0).state(), v1::MaterialPrecheck::PRESENT);
  EXPECT_EQ(result->papers(1).state(), v1::MaterialPrecheck::MISSING);
  ASSERT_EQ(result->records_size(), 1);
  EXPECT_EQ(result->records(0).papers_size(), 2);
  EXPECT_FALSE(result->complete());
  EXPECT_EQ(result->letter().content().substr(0, 5), "%PDF-");
}

TEST_F(WindowGrpcTest, FormsComeAsOneLetter) {
  v1::ComposeNoticeRequest request;
  request.set_uscc(kDonggangSubject);
  request.add_records(RecordName(TestId(1)));
  const auto letter = AskWindow(kYuanbao, &v1::WindowService::Stub::RenderForms, request);
  ASSERT_TRUE(letter.ok()) << letter.status();
  EXPECT_EQ(letter->content().substr(0, 5), "%PDF-");
}

TEST_F(WindowGrpcTest, WhereNothingMayBeAppliedForThereAreNoForms) {
  records_.records[TestId(1)].words.kinds.clear();
  records_.records[TestId(1)].state = RecordState::kEnded;
  v1::ComposeNoticeRequest request;
  request.set_uscc(kDonggangSubject);
  request.add_records(RecordName(TestId(1)));
  const absl::Status refused =
      AskWindow(kYuanbao, &v1::WindowService::Stub::RenderForms, request).status();
  EXPECT_TRUE(HasReason(refused, "NOTHING_TO_APPLY_FOR")) << refused;
}

TEST_F(WindowGrpcTest, ATimeThatEndsBeforeItBeginsIsRefused) {
  v1::CountWindowWorkRequest counts;
  counts.set_from_month("2026-11");
  counts.set_to_month("2026-10");
  EXPECT_EQ(
      FieldsIn(AskWindow(kYuanbao, &v1::WindowService::Stub::CountWindowWork, counts).status()),
      std::vector<std::string>{"to_month"});
  v1::ListConsultationsRequest list;
  list.set_from_date("2026-11-02");
  list.set_to_date("2026-11-01");
  EXPECT_EQ(
      FieldsIn(AskWindow(kYuanbao, &v1::WindowService::Stub::ListConsultations, list).status()),
      std::vector<std::string>{"to_date"});
  v1::SummarizeRatingsRequest figures;
  figures.set_by(v1::SummarizeRatingsRequest::AUTHORITY);
  figures.set_from_date("2026-11-02");
  figures.set_to_date("2026-11-01");
  EXPECT_EQ(FieldsIn(Ask<v1::RatingService>("operator", &v1::RatingService::Stub::SummarizeRatings,
                                            figures)
                         .status()),
            std::vector<std::string>{"to_date"});
  figures.set_to_date("2026-11-02");
  EXPECT_TRUE(
      Ask<v1::RatingService>("operator", &v1::RatingService::Stub::SummarizeRatings, figures).ok());
}

TEST_F(WindowGrpcTest, AConsultationIsRecordedOnceAndListed) {
  const v1::RecordConsultationRequest request = Consult();
  const auto record = [&] {
    return *AskWindow(kYuanbao, &v1::WindowService::Stub::RecordConsultation, request);
  };
  const v1::Consultation first = record();
  EXPECT_EQ(record().SerializeAsString(), first.SerializeAsString());
  EXPECT_TRUE(first.contact_phone().empty());
  const auto list = *AskWindow(kYuanbao, &v1::WindowService::Stub::ListConsultations,
                               v1::ListConsultationsRequest());
  ASSERT_EQ(list.consultations_size(), 1);
  EXPECT_EQ(list.consultations(0).contact_phone(), "0415-1234567");
  v1::LinkConsultationRequest link;
  link.set_request_id(NewRequestId());
  link.set_name(first.name());
  link.set_application(File().name());
  EXPECT_TRUE(AskWindow(kYuanbao, &v1::WindowService::Stub::LinkConsultation, link).ok());
  v1::ListConsultationsRequest search;
  search.set_application(link.application());
  EXPECT_EQ(AskWindow(kYuanbao, &v1::WindowService::Stub::ListConsultations, search)
                ->consultations_size(),
            1);
  search.set_from_date("tomorrow");
  EXPECT_EQ(
      FieldsIn(AskWindow(kYuanbao, &v1::WindowService::Stub::ListConsultations, search).status()),
      (std::vector<std::string>{"from_date"}));
  const auto counts = *AskWindow("operator", &v1::WindowService::Stub::CountWindowWork,
                                 v1::CountWindowWorkRequest());
  ASSERT_EQ(counts.consultations_size(), 1);
  EXPECT_EQ(counts.consultations(0).topic(), "PROGRESS");
  EXPECT_EQ(
      AskWindow(kDonggang, &v1::WindowService::Stub::CountWindowWork, v1::CountWindowWorkRequest())
          ->consultations_size(),
      0);
}

TEST_F(WindowGrpcTest, AHandOverIsGivenListedAndTakenUp) {
  v1::GiveHandOverRequest give;
  give.set_request_id(NewRequestId());
  give.set_clerk("C07");
  give.set_application(File().name());
  give.set_reason("住所在东港");
  const auto given = AskWindow(kYuanbao, &v1::WindowService::Stub::GiveHandOver, give);
  ASSERT_TRUE(given.ok()) << given.status();
  EXPECT_EQ(given->to_region(), "210681");
  EXPECT_FALSE(given->has_take_time());
  const auto waiting = [&] {
    return AskWindow(kDonggang, &v1::WindowService::Stub::ListHandOvers, v1::ListHandOversRequest())
        ->hand_overs_size();
  };
  EXPECT_EQ(waiting(), 1);
  v1::TakeUpHandOverRequest take;
  take.set_request_id(NewRequestId());
  take.set_name(given->name());
  take.set_clerk("D01");
  const auto taken = AskWindow(kDonggang, &v1::WindowService::Stub::TakeUpHandOver, take);
  ASSERT_TRUE(taken.ok()) << taken.status();
  EXPECT_TRUE(taken->has_take_time());
  EXPECT_EQ(waiting(), 0);
  v1::GetFilingRequest get;
  get.set_name(give.application());
  EXPECT_EQ(AskWindow(kDonggang, &v1::WindowService::Stub::GetFiling, get)->region(), "210681");
}

TEST_F(WindowGrpcTest, AnAgentsPowerIsKeptWithoutWhoAPersonIs) {
  v1::FileAtWindowRequest request = FileRequest();
  request.mutable_applicant()->set_capacity(common::v1::CAPACITY_AGENT);
  v1::PowerOfAttorney& power = *request.mutable_power_of_attorney();
  power.set_subject_uscc(kDonggangSubject);
  power.set_agent_name("李代理");
  power.set_identity_no("210602199001011234");
  power.add_acts(v1::ACT_APPLY);
  power.add_matters(common::v1::MATTER_KIND_PENALTY);
  power.set_valid_from("2026-06-01");
  power.set_valid_to("2026-06-30");
  const auto filed = AskWindow(kYuanbao, &v1::WindowService::Stub::FileAtWindow, request);
  ASSERT_TRUE(filed.ok()) << filed.status();
  v1::GetFilingRequest get;
  get.set_name(filed->name());
  const v1::PowerOfAttorney kept =
      AskWindow(kYuanbao, &v1::WindowService::Stub::GetFiling, get)->power_of_attorney();
  EXPECT_EQ(kept.agent_name(), "李代理");
  EXPECT_EQ(kept.matters(0), common::v1::MATTER_KIND_PENALTY);
  EXPECT_TRUE(kept.identity_no().empty());
  v1::ReplacePowerOfAttorneyRequest replace;
  replace.set_request_id(NewRequestId());
  replace.set_application(filed->name());
  *replace.mutable_power_of_attorney() = power;
  replace.mutable_power_of_attorney()->set_valid_to("2026-12-31");
  const auto replaced =
      Ask<v1::AgentService>(kYuanbao, &v1::AgentService::Stub::ReplacePowerOfAttorney, replace);
  ASSERT_TRUE(replaced.ok()) << replaced.status();
  EXPECT_EQ(replaced->valid_to(), "2026-12-31");
  replace.set_request_id(NewRequestId());
  EXPECT_TRUE(HasReason(
      Ask<v1::AgentService>(kDonggang, &v1::AgentService::Stub::ReplacePowerOfAttorney, replace)
          .status(),
      "APPLICATION_NOT_FOUND"));
  const auto agents = Ask<v1::AgentService>("operator", &v1::AgentService::Stub::ListAgents,
                                            v1::ListAgentsRequest());
  ASSERT_TRUE(agents.ok()) << agents.status();
  EXPECT_EQ(agents->agents_size(), 0) << "a draft is nobody's business";
  EXPECT_EQ(agents->subjects_threshold(), ShippedLaw().catalogue.window_terms().agent_subjects);
}

}  // namespace
}  // namespace xiufu::intake
