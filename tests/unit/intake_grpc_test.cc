// The surface over a real connection: mapping, request ids, principals, streams.
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>

#include "libs/base/status.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "services/intake/drivers/grpc_document_service.h"
#include "services/intake/drivers/grpc_intake_service.h"
#include "services/intake/drivers/grpc_notification_service.h"
#include "services/intake/drivers/grpc_rating_service.h"
#include "services/intake/drivers/rating_reasons.h"
#include "services/intake/drivers/rating_table.h"
#include "tests/unit/intake_fixture.h"
#include "tests/unit/letter_pdf.h"
#include "xiufu/intake/v1/document.grpc.pb.h"
#include "xiufu/intake/v1/intake.grpc.pb.h"
#include "xiufu/intake/v1/notification.grpc.pb.h"
#include "xiufu/intake/v1/rating.grpc.pb.h"

namespace xiufu::intake {
namespace {

class IntakeGrpcTest : public ::testing::Test {
 protected:
  IntakeGrpcTest() {
    storage::Database::Options options;
    options.path = folder_.FilePath("store.db");
    options.service = "intake";
    database_ = *storage::Database::Open(options, Migrations(), &clock_);
    materials_ = *MaterialStore::Open(folder_.FilePath("materials"));
    node_ = std::make_unique<IntakeNode>(IntakeParts{&clock_, &ids_, database_.get(), &records_,
                                                     materials_.get(), ShippedLaw().law(), 1});
    service_ = NewGrpcIntakeService(
        {&node_->intake(), &node_->hub(), &workers_, database_.get(), &clock_, "key", &letters_});
    files_ = NewGrpcFileService(&node_->intake());
    rules_ = std::make_unique<RuleShelf>(&ShippedLaw().in_force, database_.get());
    documents_ = NewGrpcDocumentService(
        {&node_->intake().documents, rules_.get(), &workers_, &letters_, ""});
    rate_ = std::make_unique<RateApplicationCase>(CallContext{&clock_, &ids_, 1}, node_->tables(),
                                                  &ratings_, *LoadRatingReasons("deploy/ratings"));
    rated_ = NewGrpcRatingService({database_.get(), &clock_, rate_.get(), &ratings_, "key"});
    notified_ = NewGrpcNotificationService({database_.get(), &node_->notifications(), "key"});
    tokens_ = *rpc::Tokens::LoadOrCreate(
        folder_.FilePath("credentials"),
        {"portal", "platform", "window", "operator", "department_adapter"});
    database_->Start();
    node_->hub().Start();
    server_ = *rpc::Server::Start(
        {"127.0.0.1:0", &tokens_},
        {service_.get(), files_.get(), documents_.get(), rated_.get(), notified_.get()});
    server_->SetServing(true);
    for (uint8_t n = 1; n <= 3; ++n) records_.records[TestId(n)] = PublishedRecord(n);
    portal_ = Stub("portal");
  }
  ~IntakeGrpcTest() override {
    node_->hub().Stop();
    workers_.Stop();
    server_->Shutdown(absl::Seconds(1));
    database_->Stop();
  }

  std::shared_ptr<grpc::Channel> Channel(const std::string& principal) {
    return rpc::NewChannel(absl::StrCat("127.0.0.1:", server_->port()),
                           *tokens_.TokenOf(principal));
  }
  std::unique_ptr<v1::IntakeService::Stub> Stub(const std::string& principal) {
    return v1::IntakeService::NewStub(Channel(principal));
  }
  std::string NewRequestId() { return ids_.NewV7(clock_.Now()).ToString(); }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Ask(v1::IntakeService::Stub& stub,
                               grpc::Status (v1::IntakeService::Stub::*method)(grpc::ClientContext*,
                                                                               const Request&,
                                                                               Response*),
                               const Request& request) {
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

  v1::CreateApplicationRequest CreateRequest() {
    v1::CreateApplicationRequest request;
    request.set_request_id(NewRequestId());
    request.set_subject_uscc(kSubject);
    request.add_records(RecordName(TestId(1)));
    request.mutable_applicant()->set_name("王小明");
    request.mutable_applicant()->set_phone("12345");
    request.mutable_applicant()->set_capacity(common::v1::CAPACITY_HANDLER);
    return request;
  }
  v1::Application Create() {
    return *Ask(*portal_, &v1::IntakeService::Stub::CreateApplication, CreateRequest());
  }

  v1::UploadMaterialRequest HeaderFor(const std::string& application, const std::string& kind) {
    v1::UploadMaterialRequest message;
    auto& header = *message.mutable_header();
    header.set_request_id(NewRequestId());
    header.set_application(application);
    header.set_kind(kind);
    header.set_file_name("承诺书.pdf");
    header.set_media_type("application/pdf");
    header.set_size(sizeof(kPdf) - 1);
    header.set_sha256(HexEncode(Sha256(kPdf)));
    return message;
  }
  absl::StatusOr<v1::Material> Upload(const std::vector<v1::UploadMaterialRequest>& messages) {
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    v1::Material material;
    auto writer = portal_->UploadMaterial(&context, &material);
    for (const v1::UploadMaterialRequest& message : messages) {
      if (!writer->Write(message)) break;
    }
    writer->WritesDone();
    const grpc::Status status = writer->Finish();
    if (!status.ok()) return rpc::FromGrpc(status);
    return material;
  }
  static v1::UploadMaterialRequest Chunk(const std::string& bytes) {
    v1::UploadMaterialRequest message;
    message.set_chunk(bytes);
    return message;
  }
  absl::StatusOr<v1::Material> UploadPdf(const v1::UploadMaterialRequest& header) {
    return Upload(
        {header, Chunk(std::string(kPdf).substr(0, 3)), Chunk(std::string(kPdf).substr(3))});
  }

  absl::StatusOr<v1::Application> Submit(const std::string& name, const std::string& request_id) {
    v1::SubmitApplicationRequest request;
    request.set_request_id(request_id);
    request.set_name(name);
    return Ask(*portal_, &v1::IntakeService::Stub::SubmitApplication, request);
  }
  v1::Application Submitted() {
    const v1::Application draft = Create();
    for (const char* kind : {"M2", "M3"}) {
      absl::StatusOr<v1::Material> material = UploadPdf(HeaderFor(draft.name(), kind));
      EXPECT_TRUE(material.ok()) << material.status();
    }
    v1::Application application = *Submit(draft.name(), NewRequestId());
    application.set_query_code(draft.query_code());
    return application;
  }

  absl::StatusOr<v1::Application> Withdraw(v1::IntakeService::Stub& stub,
                                           const v1::WithdrawApplicationRequest& request) {
    return Ask(stub, &v1::IntakeService::Stub::WithdrawApplication, request);
  }

  // Something that routing says of the application's one case, 101.
  using FromRouting = absl::StatusOr<CaseProjection>(const std::optional<CaseView>& known,
                                                     const CaseOpened& opened);
  void Happen(const v1::Application& application, FromRouting* project) {
    CaseOpened opened;
    opened.case_id = TestId(101);
    opened.application = *ParseApplicationName("name", application.name());
    opened.record = TestId(1);
    opened.opened_at = clock_.Now();
    opened.rule = {"N36-MIN", ShippedLaw().catalogue.version(), ShippedLaw().catalogue.sha256(),
                   ""};
    const absl::Status status = database_->WriteAndWait([&](storage::Tx& tx) {
      return node_->projector()(
          tx, opened.application, opened.case_id,
          [&](const std::optional<CaseView>& known) { return project(known, opened); });
    });
    EXPECT_TRUE(status.ok()) << status;
  }

  ManualClock clock_{TestNow()};
  SeededIds ids_{7};
  TempFolder folder_;
  FakeRecords records_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<MaterialStore> materials_;
  std::unique_ptr<IntakeNode> node_;
  WorkerPool workers_{2};
  Letters letters_{&ShippedLaw().messages, "https://www.creditchina.gov.cn"};
  std::unique_ptr<grpc::Service> service_;
  std::unique_ptr<grpc::Service> files_;
  std::unique_ptr<RuleShelf> rules_;
  std::unique_ptr<grpc::Service> documents_;
  const SqlRatingTable ratings_;
  std::unique_ptr<RateApplicationCase> rate_;
  std::unique_ptr<grpc::Service> rated_;
  std::unique_ptr<grpc::Service> notified_;
  rpc::Tokens tokens_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<v1::IntakeService::Stub> portal_;
};

TEST_F(IntakeGrpcTest, TheSameRequestGetsTheSameAnswerForEver) {
  v1::CreateApplicationRequest request = CreateRequest();
  const v1::Application first =
      *Ask(*portal_, &v1::IntakeService::Stub::CreateApplication, request);
  EXPECT_EQ(first.query_code().size(), 8u);
  records_.records[TestId(1)].state = RecordState::kEnded;
  absl::StatusOr<v1::Application> again =
      Ask(*portal_, &v1::IntakeService::Stub::CreateApplication, request);
  ASSERT_TRUE(again.ok()) << "what changed since is no matter: " << again.status();
  EXPECT_EQ(again->SerializeAsString(), first.SerializeAsString());
  records_.failure = absl::UnavailableError("down");
  EXPECT_TRUE(Ask(*portal_, &v1::IntakeService::Stub::CreateApplication, request).ok());
  records_.failure = absl::OkStatus();
  records_.records[TestId(1)].state = RecordState::kPublished;
  request.mutable_applicant()->set_phone("54321");
  const absl::Status other =
      Ask(*portal_, &v1::IntakeService::Stub::CreateApplication, request).status();
  EXPECT_EQ(other.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_TRUE(HasReason(other, "REQUEST_ID_REUSED"));
}

TEST_F(IntakeGrpcTest, AnotherCallersRequestIsAnother) {
  const v1::CreateApplicationRequest request = CreateRequest();
  const v1::Application mine = *Ask(*portal_, &v1::IntakeService::Stub::CreateApplication, request);
  absl::StatusOr<v1::Application> theirs =
      Ask(*Stub("platform"), &v1::IntakeService::Stub::CreateApplication, request);
  ASSERT_TRUE(theirs.ok()) << theirs.status();
  EXPECT_NE(theirs->name(), mine.name());
  EXPECT_NE(theirs->query_code(), mine.query_code());
}

TEST_F(IntakeGrpcTest, ARefusedWriteLeavesItsIdUnused) {
  v1::CreateApplicationRequest request = CreateRequest();
  records_.records[TestId(1)].state = RecordState::kEnded;
  EXPECT_TRUE(
      HasReason(Ask(*portal_, &v1::IntakeService::Stub::CreateApplication, request).status(),
                "RECORD_NOT_PUBLISHED"));
  records_.records[TestId(1)].state = RecordState::kPublished;
  EXPECT_TRUE(Ask(*portal_, &v1::IntakeService::Stub::CreateApplication, request).ok());
}

TEST_F(IntakeGrpcTest, ARequestIdMustBeAUuid) {
  for (const char* id : {"", "1", "00000000-0000-0000-0000-000000000000"}) {
    v1::CreateApplicationRequest request = CreateRequest();
    request.set_request_id(id);
    const absl::Status status =
        Ask(*portal_, &v1::IntakeService::Stub::CreateApplication, request).status();
    ASSERT_EQ(ViolationsOf(status).size(), 1u) << status;
    EXPECT_EQ(ViolationsOf(status)[0].field, "request_id");
  }
}

TEST_F(IntakeGrpcTest, UploadsAreIdempotentAndChecked) {
  const v1::Application draft = Create();
  const v1::UploadMaterialRequest header = HeaderFor(draft.name(), "M2");
  absl::StatusOr<v1::Material> first = UploadPdf(header);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->sha256(), HexEncode(Sha256(kPdf)));
  EXPECT_EQ(UploadPdf(header)->SerializeAsString(), first->SerializeAsString());
  v1::UploadMaterialRequest reused = header;
  reused.mutable_header()->set_file_name("other.pdf");
  EXPECT_TRUE(HasReason(UploadPdf(reused).status(), "REQUEST_ID_REUSED"));

  EXPECT_EQ(Upload({}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Upload({Chunk("x")}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Upload({header, header}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Upload({v1::UploadMaterialRequest()}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Upload({HeaderFor(draft.name(), "M3"), Chunk(std::string(256 * 1024 + 1, 'x'))})
                .status()
                .code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(HasReason(Upload({HeaderFor(draft.name(), "M3"), Chunk("%PDF")}).status(),
                        "MATERIAL_SIZE_MISMATCH"));
  EXPECT_TRUE(HasReason(Upload({HeaderFor(ApplicationName(TestId(88)), "M3")}).status(),
                        "APPLICATION_NOT_FOUND"));

  ASSERT_TRUE(UploadPdf(HeaderFor(draft.name(), "M3")).ok());
  ASSERT_TRUE(Submit(draft.name(), NewRequestId()).ok());
  EXPECT_TRUE(UploadPdf(header).ok()) << "answered as before, though it takes none any more";
  EXPECT_TRUE(HasReason(UploadPdf(HeaderFor(draft.name(), "M2")).status(),
                        "APPLICATION_TAKES_NO_MATERIALS"));
}

TEST_F(IntakeGrpcTest, SubmitOnceOrAgainWithTheSameId) {
  const v1::Application draft = Create();
  ASSERT_TRUE(UploadPdf(HeaderFor(draft.name(), "M2")).ok());
  const std::string request_id = NewRequestId();
  const absl::Status missing = Submit(draft.name(), request_id).status();
  EXPECT_TRUE(HasReason(missing, "MATERIALS_MISSING"));
  EXPECT_EQ(ViolationsOf(missing).size(), 1u);
  ASSERT_TRUE(UploadPdf(HeaderFor(draft.name(), "M3")).ok());
  absl::StatusOr<v1::Application> first = Submit(draft.name(), request_id);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->state(), v1::Application::SUBMITTED);
  EXPECT_EQ(first->query_code(), "");
  EXPECT_EQ(Submit(draft.name(), request_id)->SerializeAsString(), first->SerializeAsString());
  EXPECT_TRUE(
      HasReason(Submit(draft.name(), NewRequestId()).status(), "APPLICATION_ALREADY_SUBMITTED"));
}

TEST_F(IntakeGrpcTest, AWithdrawalIsAskedForOnceUnderItsRequestId) {
  const v1::Application application = Submitted();
  Happen(application, [](const std::optional<CaseView>& known, const CaseOpened& opened) {
    return ProjectOpened(known, opened);
  });
  v1::WithdrawApplicationRequest request;
  request.set_request_id(NewRequestId());
  request.set_name(application.name());
  request.set_reason("不再需要");
  const absl::StatusOr<v1::Application> asked = Withdraw(*portal_, request);
  ASSERT_TRUE(asked.ok()) << asked.status();
  ASSERT_EQ(asked->cases_size(), 1);
  EXPECT_EQ(asked->cases(0).state(), common::v1::CASE_STATE_WITHDRAWAL_REQUESTED);
  EXPECT_EQ(asked->state(), v1::Application::WITHDRAWAL_REQUESTED);
  Happen(application, [](const std::optional<CaseView>& known, const CaseOpened& opened) {
    CaseChanged event;
    event.case_id = opened.case_id;
    event.application = opened.application;
    event.state = CaseState::kWithdrawn;
    event.version = 2;
    event.changed_at = opened.opened_at;
    return ProjectChanged(known, event);
  });
  EXPECT_EQ(Withdraw(*portal_, request)->SerializeAsString(), asked->SerializeAsString())
      << "answered as before, whatever has changed since";
  request.set_reason("另有原因");
  EXPECT_TRUE(HasReason(Withdraw(*portal_, request).status(), "REQUEST_ID_REUSED"));
  v1::GetApplicationRequest get;
  get.set_name(application.name());
  get.set_query_code(application.query_code());
  const absl::StatusOr<v1::Application> after =
      Ask(*portal_, &v1::IntakeService::Stub::GetApplication, get);
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_EQ(after->state(), v1::Application::WITHDRAWN);
  EXPECT_EQ(after->cases(0).state(), common::v1::CASE_STATE_WITHDRAWN);
  EXPECT_TRUE(after->cases(0).has_conclude_time());
  EXPECT_TRUE(after->has_conclude_time());
  request.set_request_id(NewRequestId());
  const absl::Status over = Withdraw(*portal_, request).status();
  EXPECT_EQ(over.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(HasReason(over, "NOTHING_TO_WITHDRAW"));
}

TEST_F(IntakeGrpcTest, AWithdrawalIsRefusedWithItsReason) {
  const v1::Application draft = Create();
  const v1::Application application = Submitted();
  v1::WithdrawApplicationRequest request;
  const auto refusal = [&](const char* principal = "portal") {
    request.set_request_id(NewRequestId());
    return Withdraw(*Stub(principal), request).status();
  };
  request.set_name("applications/x");
  request.add_cases("cases/x");
  request.set_reason(std::string(501, 'x'));
  EXPECT_EQ(ViolationsOf(refusal()).size(), 3u);
  request.Clear();
  request.set_name(draft.name());
  EXPECT_TRUE(HasReason(refusal(), "APPLICATION_NOT_SUBMITTED"));
  request.set_name(application.name());
  const absl::Status early = refusal();
  EXPECT_EQ(early.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(HasReason(early, "CASES_BEING_OPENED"));
  EXPECT_TRUE(HasReason(refusal("window"), "APPLICATION_NOT_FOUND"));
  request.add_cases(CaseName(TestId(99)));
  const absl::Status unknown = refusal();
  EXPECT_EQ(unknown.code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(HasReason(unknown, "CASE_NOT_FOUND"));
  request.set_request_id("x");
  EXPECT_EQ(ViolationsOf(Withdraw(*portal_, request).status())[0].field, "request_id");
}

// A case that is not accepted shows why; a longer one, too.
TEST_F(IntakeGrpcTest, GroundsAreShownWithTheCase) {
  const v1::Application application = Submitted();
  Happen(application, [](const std::optional<CaseView>& known, const CaseOpened& opened) {
    return ProjectOpened(known, opened);
  });
  Happen(application, [](const std::optional<CaseView>& known, const CaseOpened& opened) {
    CaseChanged event;
    event.state = CaseState::kNotAccepted;
    event.version = 2;
    event.changed_at = opened.opened_at;
    event.decision.reasons = {"期限未满", "材料不实"};
    event.decision.remedies = "行政复议";
    return ProjectChanged(known, event);
  });
  const absl::StatusOr<v1::ListApplicationsResponse> listed =
      Ask(*portal_, &v1::IntakeService::Stub::ListApplications, v1::ListApplicationsRequest());
  ASSERT_TRUE(listed.ok()) << listed.status();
  const v1::Case& shown = listed->applications(0).cases(0);
  EXPECT_EQ(shown.state(), common::v1::CASE_STATE_NOT_ACCEPTED);
  EXPECT_EQ(shown.result(), common::v1::CASE_RESULT_UNSPECIFIED);
  ASSERT_EQ(shown.reasons_size(), 2);
  EXPECT_EQ(shown.reasons(1), "材料不实");
  EXPECT_EQ(shown.remedies(), "行政复议");
  EXPECT_EQ(listed->applications(0).state(), v1::Application::NOT_ACCEPTED);
}

TEST_F(IntakeGrpcTest, PapersOfAnApplication) {
  const v1::Application application = Submitted();
  EXPECT_EQ(application.next_step().turn(), v1::NextStep::PLATFORM);
  Happen(application, [](const std::optional<CaseView>& known, const CaseOpened& opened) {
    return ProjectOpened(known, opened);
  });
  Happen(application, [](const std::optional<CaseView>& known, const CaseOpened& opened) {
    CaseChanged event;
    event.state = CaseState::kConcluded;
    event.version = 2;
    event.changed_at = opened.opened_at;
    event.decision = {CaseResult::kApproved, "丹交修〔2026〕1号", "2026-06-15", {}, ""};
    return ProjectChanged(known, event);
  });
  auto stub = v1::DocumentService::NewStub(Channel("portal"));
  v1::ListDocumentsRequest listing;
  listing.set_name(application.name());
  v1::ListDocumentsResponse list;
  grpc::ClientContext context;
  rpc::SetDeadline(context, absl::Seconds(30));
  ASSERT_TRUE(stub->ListDocuments(&context, listing, &list).ok());
  ASSERT_EQ(list.documents_size(), 3);
  EXPECT_EQ(list.documents(1).kind(), v1::DOCUMENT_KIND_DECISION);
  EXPECT_EQ(list.documents(1).title(), "信用修复决定告知书");
  const auto render = [&](const char* principal, const v1::RenderDocumentRequest& request) {
    grpc::ClientContext rendering;
    rpc::SetDeadline(rendering, absl::Seconds(30));
    v1::Letter letter;
    const grpc::Status status = v1::DocumentService::NewStub(Channel(principal))
                                    ->RenderDocument(&rendering, request, &letter);
    if (!status.ok()) return absl::StatusOr<v1::Letter>(rpc::FromGrpc(status));
    return absl::StatusOr<v1::Letter>(letter);
  };
  v1::RenderDocumentRequest request;
  request.set_name(application.name());
  EXPECT_EQ(ViolationsOf(render("portal", request).status())[0].field, "kind");
  request.set_kind(v1::DOCUMENT_KIND_DECISION);
  request.set_case_name(list.documents(1).case_name());
  const absl::StatusOr<v1::Letter> letter = render("portal", request);
  ASSERT_TRUE(letter.ok()) << letter.status();
  EXPECT_EQ(letter->file_name(),
            absl::StrCat("信用修复决定告知书_", application.number(), "_第1件_2026-06-15.pdf"));
  const std::string words = PdfReader(letter->content()).Words();
  EXPECT_NE(words.find("修复结果终止公示"), std::string::npos)
      << "by the rule that the case is bound to: " << words;
  EXPECT_TRUE(HasReason(render("window", request).status(), "APPLICATION_NOT_FOUND"));
  request.set_query_code(application.query_code());
  EXPECT_EQ(render("window", request)->sha256(), letter->sha256());
}

TEST_F(IntakeGrpcTest, RatingsAreOfApplicantsAndTheirListsOfTheOperator) {
  const v1::Application application = Submitted();
  Happen(application, [](const std::optional<CaseView>& known, const CaseOpened& opened) {
    return ProjectOpened(known, opened);
  });
  Happen(application, [](const std::optional<CaseView>& known, const CaseOpened& opened) {
    CaseChanged event;
    event.state = CaseState::kWithdrawn;
    event.version = 2;
    event.changed_at = opened.opened_at;
    return ProjectChanged(known, event);
  });
  const auto call = [&](const char* principal, auto method, const auto& request, auto response) {
    auto stub = v1::RatingService::NewStub(Channel(principal));
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    const grpc::Status status = (stub.get()->*method)(&context, request, &response);
    return status.ok() ? absl::StatusOr<decltype(response)>(response)
                       : absl::StatusOr<decltype(response)>(rpc::FromGrpc(status));
  };
  using Stub = v1::RatingService::Stub;
  v1::RateApplicationRequest request;
  request.set_request_id(NewRequestId());
  request.set_name(application.name());
  request.set_satisfaction(v1::VERY_DISSATISFIED);
  request.set_channel(v1::RATING_CHANNEL_MOBILE);
  request.add_reasons("TOOK_LONG");
  for (int i = 0; i < 2; ++i) {
    const auto rated = call("portal", &Stub::RateApplication, request, v1::Rating());
    ASSERT_TRUE(rated.ok()) << rated.status();
    EXPECT_EQ(rated->gbt_39046_code(), 5);
    EXPECT_EQ(rated->platform_code(), 1);
  }
  request.set_request_id(NewRequestId());
  EXPECT_TRUE(HasReason(call("portal", &Stub::RateApplication, request, v1::Rating()).status(),
                        "ALREADY_RATED"));
  v1::ListRatingsRequest list;
  list.set_to_follow_up(true);
  EXPECT_TRUE(absl::IsPermissionDenied(
      call("portal", &Stub::ListRatings, list, v1::ListRatingsResponse()).status()));
  EXPECT_EQ(call("operator", &Stub::ListRatings, list, v1::ListRatingsResponse())->ratings_size(),
            1);
  v1::FollowUpRatingRequest seen;
  seen.set_request_id(NewRequestId());
  seen.set_number(application.number());
  seen.set_person("李四");
  seen.set_note("已电话致歉");
  EXPECT_EQ(call("operator", &Stub::FollowUpRating, seen, v1::Rating())->follow_up_person(),
            "李四");
  EXPECT_EQ(call("operator", &Stub::ListRatings, list, v1::ListRatingsResponse())->ratings_size(),
            0);
  v1::SummarizeRatingsRequest figures;
  figures.set_from_date("2026-06-31");
  EXPECT_EQ(ViolationsOf(
                call("operator", &Stub::SummarizeRatings, figures, v1::SummarizeRatingsResponse())
                    .status())
                .size(),
            2u);
  EXPECT_EQ(call("window", &Stub::ListRatingReasons, v1::ListRatingReasonsRequest(),
                 v1::ListRatingReasonsResponse())
                ->reasons_size(),
            10);
  auto notified = v1::NotificationService::NewStub(Channel("portal"));
  grpc::ClientContext context;
  rpc::SetDeadline(context, absl::Seconds(30));
  v1::ListNotificationsResponse response;
  EXPECT_EQ(
      notified->ListNotifications(&context, v1::ListNotificationsRequest(), &response).error_code(),
      grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(IntakeGrpcTest, WhatIsAnsweredIsWhatIsRead) {
  const v1::Application application = Submitted();
  v1::GetApplicationRequest request;
  request.set_name("applications/" + application.number());
  request.set_query_code(application.query_code());
  absl::StatusOr<v1::Application> read =
      Ask(*portal_, &v1::IntakeService::Stub::GetApplication, request);
  ASSERT_TRUE(read.ok()) << read.status();
  v1::Application expected = application;
  expected.clear_query_code();
  EXPECT_EQ(read->SerializeAsString(), expected.SerializeAsString());
  request.set_query_code("22222222");
  EXPECT_TRUE(HasReason(Ask(*portal_, &v1::IntakeService::Stub::GetApplication, request).status(),
                        "APPLICATION_NOT_FOUND"));
}

TEST_F(IntakeGrpcTest, ListsArePagedWithTokensOfTheirOwn) {
  for (int i = 0; i < 3; ++i) Create();
  v1::ListApplicationsRequest request;
  request.set_page_size(2);
  auto list = [&](const char* principal) {
    return Ask(*Stub(principal), &v1::IntakeService::Stub::ListApplications, request);
  };
  absl::StatusOr<v1::ListApplicationsResponse> page = list("portal");
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->applications_size(), 2);
  EXPECT_EQ(page->applications(0).query_code(), "");
  request.set_page_token(page->next_page_token());
  page = list("portal");
  EXPECT_EQ(page->applications_size(), 1);
  EXPECT_EQ(page->next_page_token(), "");
  EXPECT_EQ(list("window").status().code(), absl::StatusCode::kInvalidArgument)
      << "a token of another's list";
  request.clear_page_token();
  EXPECT_EQ(list("window")->applications_size(), 0);
  request.set_page_size(-1);
  request.set_subject_uscc("x");
  EXPECT_EQ(ViolationsOf(list("portal").status()).size(), 2u);
}

TEST_F(IntakeGrpcTest, SearchAndEligibility) {
  v1::SearchRecordsRequest search;
  search.set_uscc(kSubject);
  search.set_page_size(2);
  absl::StatusOr<v1::SearchRecordsResponse> found =
      Ask(*portal_, &v1::IntakeService::Stub::SearchRecords, search);
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_EQ(found->records_size(), 2);
  EXPECT_EQ(found->records(0).name(), RecordName(TestId(1)));
  EXPECT_EQ(found->records(0).snapshot().document_no(), PublishedRecord(1).document_no);
  search.set_page_token(found->next_page_token());
  EXPECT_EQ(Ask(*portal_, &v1::IntakeService::Stub::SearchRecords, search)->records_size(), 1);
  v1::CheckEligibilityRequest check;
  check.set_uscc(kSubject);
  absl::StatusOr<v1::CheckEligibilityResponse> told =
      Ask(*portal_, &v1::IntakeService::Stub::CheckEligibility, check);
  ASSERT_EQ(told->eligibilities_size(), 3);
  EXPECT_EQ(told->eligibilities(0).verdict(), v1::Eligibility::ELIGIBLE);
  EXPECT_EQ(told->eligibilities(0).record_class(), "MINOR");
  EXPECT_EQ(told->eligibilities(0).periods(0).rule_id(), "N36-MIN");
  EXPECT_EQ(told->eligibilities(0).channel().id(), "CREDIT_CHINA");
  EXPECT_EQ(told->eligibilities(0).handling(), "IN_SUITE");
  ASSERT_EQ(told->eligibilities(0).conditions_size(), 2);
  EXPECT_EQ(told->eligibilities(0).conditions(0).state(), v1::Eligibility::Condition::TO_PROVE);
}

TEST_F(IntakeGrpcTest, TheNoticeNamesEachPaperOnceAndWhatItIsFor) {
  v1::ComposeNoticeRequest request;
  request.set_uscc(kSubject);
  for (uint8_t n : {3, 1}) request.add_records(RecordName(TestId(n)));
  const absl::StatusOr<v1::Notice> notice =
      Ask(*portal_, &v1::IntakeService::Stub::ComposeNotice, request);
  ASSERT_TRUE(notice.ok()) << notice.status();
  EXPECT_EQ(notice->subject_uscc(), kSubject);
  EXPECT_EQ(notice->on_date(), "2026-06-15");
  ASSERT_EQ(notice->records_size(), 2);
  EXPECT_EQ(notice->records(0).eligibility().record(), RecordName(TestId(3)));
  EXPECT_EQ(notice->records(0).eligibility().verdict(), v1::Eligibility::ELIGIBLE);
  EXPECT_EQ(notice->records(0).snapshot().document_no(), PublishedRecord(3).document_no);
  EXPECT_EQ(notice->records(0).result_word(), "终止公示");
  EXPECT_EQ(notice->records(0).effects_size(), 3);
  EXPECT_EQ(notice->records(0).commitment_form(), "信用承诺书");
  ASSERT_EQ(notice->records(0).limits_size(), 5);
  EXPECT_EQ(notice->records(0).limits(2).text(), "自受理起7个工作日内（补正期间暂停计算）");
  EXPECT_TRUE(notice->records(0).limits(2).unverified());
  EXPECT_FALSE(notice->records(0).limits(0).unverified());
  ASSERT_EQ(notice->materials_size(), 2);
  EXPECT_EQ(notice->materials(0).kind(), "M2");
  ASSERT_EQ(notice->materials(0).needed_by_size(), 2);
  EXPECT_EQ(notice->materials(0).needed_by(1).record(), RecordName(TestId(1)));
  EXPECT_EQ(notice->materials(0).needed_by(1).proves_size(), 1);
  EXPECT_EQ(notice->hotlines(0).number(), "12345");
  EXPECT_EQ(notice->windows(0).hotline(), "");
  EXPECT_EQ(notice->windows(0).note(), "以当地公布为准");
  EXPECT_NE(notice->remarks(0).text().find("免费"), std::string::npos);
  EXPECT_NE(notice->remarks(0).text_en().find("free"), std::string::npos);
}

TEST_F(IntakeGrpcTest, ANoticeIsOfOneSubjectAndOfFiftyRecordsAtMost) {
  v1::ComposeNoticeRequest request;
  request.set_uscc(kSubject);
  request.set_on_date("2026-02-30");
  request.add_records("records/none");
  absl::Status status = Ask(*portal_, &v1::IntakeService::Stub::ComposeNotice, request).status();
  EXPECT_EQ(ViolationsOf(status).size(), 2u) << status;
  records_.records[TestId(2)].subject_uscc = kOtherSubject;
  request.clear_on_date();
  request.clear_records();
  for (uint8_t n : {1, 2}) request.add_records(RecordName(TestId(n)));
  for (bool rendered : {false, true}) {
    status = rendered ? Ask(*portal_, &v1::IntakeService::Stub::RenderNotice, request).status()
                      : Ask(*portal_, &v1::IntakeService::Stub::ComposeNotice, request).status();
    EXPECT_TRUE(HasReason(status, "RECORD_OF_ANOTHER_SUBJECT")) << status;
    ASSERT_EQ(ViolationsOf(status).size(), 1u);
    EXPECT_EQ(ViolationsOf(status)[0].field, "records[1]");
  }
  for (uint8_t n = 3; n <= 51; ++n) request.add_records(RecordName(TestId(n)));
  status = Ask(*portal_, &v1::IntakeService::Stub::ComposeNotice, request).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ViolationsOf(status)[0].field, "records");
}

TEST_F(IntakeGrpcTest, AllRecordsOfASubjectWhereNoneIsNamed) {
  v1::ComposeNoticeRequest request;
  request.set_uscc(kSubject);
  EXPECT_EQ(Ask(*portal_, &v1::IntakeService::Stub::ComposeNotice, request)->records_size(), 3);
  for (uint8_t n = 4; n <= 51; ++n) records_.records[TestId(n)] = PublishedRecord(n);
  absl::Status status = Ask(*portal_, &v1::IntakeService::Stub::ComposeNotice, request).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  EXPECT_EQ(ViolationsOf(status)[0].field, "records");
  request.set_uscc(kOtherSubject);
  status = Ask(*portal_, &v1::IntakeService::Stub::ComposeNotice, request).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
}

TEST_F(IntakeGrpcTest, LettersAndFormsComeAsPdf) {
  v1::ComposeNoticeRequest request;
  request.set_uscc(kSubject);
  const absl::StatusOr<v1::Letter> letter =
      Ask(*portal_, &v1::IntakeService::Stub::RenderNotice, request);
  ASSERT_TRUE(letter.ok()) << letter.status();
  EXPECT_EQ(letter->file_name(), "信用修复一次性告知书_91210600MAYY000188_2026-06-15.pdf");
  EXPECT_EQ(letter->media_type(), "application/pdf");
  EXPECT_EQ(letter->content().substr(0, 5), "%PDF-");
  EXPECT_EQ(letter->sha256(), HexEncode(Sha256(letter->content())));
  v1::RenderFormRequest form;
  form.set_uscc(kSubject);
  absl::Status status = Ask(*portal_, &v1::IntakeService::Stub::RenderForm, form).status();
  EXPECT_EQ(ViolationsOf(status)[0].field, "kind") << status;
  for (auto kind : {v1::RenderFormRequest::APPLICATION, v1::RenderFormRequest::COMMITMENT}) {
    form.set_kind(kind);
    const absl::StatusOr<v1::Letter> blank =
        Ask(*portal_, &v1::IntakeService::Stub::RenderForm, form);
    ASSERT_TRUE(blank.ok()) << blank.status();
    EXPECT_EQ(blank->file_name(), kind == v1::RenderFormRequest::APPLICATION
                                      ? "信用修复申请表_91210600MAYY000188_2026-06-15.pdf"
                                      : "信用承诺书_91210600MAYY000188_2026-06-15.pdf");
  }
}

TEST_F(IntakeGrpcTest, WatchersGetTheTimelineLive) {
  const v1::Application draft = Create();
  v1::WatchApplicationRequest request;
  request.set_name(draft.name());
  request.set_query_code(draft.query_code());
  grpc::ClientContext context;
  rpc::SetDeadline(context, absl::Seconds(30));
  auto reader = portal_->WatchApplication(&context, request);
  v1::TimelineEntry entry;
  ASSERT_TRUE(reader->Read(&entry));
  EXPECT_EQ(entry.code(), "APPLICATION_CREATED");
  for (const char* kind : {"M2", "M3"}) ASSERT_TRUE(UploadPdf(HeaderFor(draft.name(), kind)).ok());
  ASSERT_TRUE(Submit(draft.name(), NewRequestId()).ok());
  ASSERT_TRUE(reader->Read(&entry));
  EXPECT_EQ(entry.position(), 2);
  EXPECT_EQ(entry.code(), "APPLICATION_SUBMITTED");
  EXPECT_EQ(entry.application_state(), v1::Application::SUBMITTED);
  context.TryCancel();
  EXPECT_FALSE(reader->Read(&entry));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(IntakeGrpcTest, WatchingNeedsTheQueryCode) {
  const v1::Application draft = Create();
  for (int64_t after : {0, -1}) {
    v1::WatchApplicationRequest request;
    request.set_name(draft.name());
    request.set_query_code(after < 0 ? draft.query_code() : "22222222");
    request.set_after(after);
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    auto reader = portal_->WatchApplication(&context, request);
    v1::TimelineEntry entry;
    EXPECT_FALSE(reader->Read(&entry));
    EXPECT_EQ(reader->Finish().error_code(),
              after < 0 ? grpc::StatusCode::INVALID_ARGUMENT : grpc::StatusCode::NOT_FOUND);
  }
}

TEST_F(IntakeGrpcTest, StoppingEndsWatchesInGoodOrder) {
  const v1::Application draft = Create();
  v1::WatchApplicationRequest request;
  request.set_name(draft.name());
  request.set_query_code(draft.query_code());
  grpc::ClientContext context;
  rpc::SetDeadline(context, absl::Seconds(30));
  auto reader = portal_->WatchApplication(&context, request);
  v1::TimelineEntry entry;
  ASSERT_TRUE(reader->Read(&entry));
  node_->hub().Stop();
  EXPECT_FALSE(reader->Read(&entry));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(IntakeGrpcTest, FilesAreForAdaptersOnly) {
  const v1::Application application = Submitted();
  const std::string id(ParseApplicationName("name", application.name())->bytes());
  v1::GetApplicationFileRequest request;
  request.set_application(id);
  for (const char* principal : {"portal", "department_adapter"}) {
    const bool adapter = std::string(principal) == "department_adapter";
    auto stub = v1::ApplicationFileService::NewStub(Channel(principal));
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(30));
    v1::ApplicationFile file;
    const grpc::Status status = stub->GetApplicationFile(&context, request, &file);
    EXPECT_EQ(status.error_code(),
              adapter ? grpc::StatusCode::OK : grpc::StatusCode::PERMISSION_DENIED);
    EXPECT_EQ(file.applicant().phone(), adapter ? "12345" : "");

    grpc::ClientContext fetching;
    rpc::SetDeadline(fetching, absl::Seconds(30));
    v1::FetchMaterialRequest fetch;
    fetch.set_application(id);
    fetch.set_sha256(Sha256(kPdf));
    auto reader = stub->FetchMaterial(&fetching, fetch);
    std::string content;
    v1::MaterialChunk chunk;
    while (reader->Read(&chunk)) content += chunk.data();
    EXPECT_EQ(reader->Finish().ok(), adapter);
    EXPECT_EQ(content, adapter ? kPdf : "");
  }
}

}  // namespace
}  // namespace xiufu::intake
