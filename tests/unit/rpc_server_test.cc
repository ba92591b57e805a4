// What every surface of ours has: principals and deadlines at the door, health, reflection, limits.
// Over real sockets.
#include <google/protobuf/descriptor.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "libs/base/status.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/context.h"
#include "libs/rpc/reactor.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "tests/unit/base_temp_folder.h"
#include "xiufu/intake/v1/intake.grpc.pb.h"

namespace xiufu::rpc {
namespace {

using intake::v1::Application;
using intake::v1::GetApplicationRequest;
using intake::v1::IntakeService;
using intake::v1::Material;
using intake::v1::TimelineEntry;
using intake::v1::UploadMaterialRequest;
using intake::v1::WatchApplicationRequest;

// More, and longer, than a client takes.
absl::Status WrongAllOver() {
  std::vector<Violation> violations;
  for (int i = 0; i < 200; ++i) {
    violations.push_back(
        {absl::StrCat("records[", i, "]"), "这条记录尚不能申请修复，请在期满以后再提出申请"});
  }
  return FieldViolations(violations);
}

// Counts what reaches a handler, and keeps whom the last call came from.
class FakeIntake final : public IntakeService::CallbackService {
 public:
  grpc::ServerUnaryReactor* GetApplication(grpc::CallbackServerContext* context,
                                           const GetApplicationRequest* request,
                                           Application* response) override {
    Enter(*context);
    if (request->name() == "later") return AnswerLater(context);
    if (request->name() == "wrong all over") return Reply(context, WrongAllOver());
    if (request->name() == "forgotten") {
      return ReplyLater(context, [](Answer) {});
    }
    response->set_name(request->name());
    return Reply(context, absl::OkStatus());
  }

  grpc::ServerReadReactor<UploadMaterialRequest>* UploadMaterial(
      grpc::CallbackServerContext* context, Material* /*response*/) override {
    Enter(*context);
    class Reader final : public grpc::ServerReadReactor<UploadMaterialRequest> {
     public:
      Reader() { StartRead(&request_); }
      void OnReadDone(bool ok) override {
        if (ok) {
          StartRead(&request_);
        } else {
          Finish(grpc::Status::OK);
        }
      }
      void OnDone() override { delete this; }

     private:
      UploadMaterialRequest request_;
    };
    return new Reader;
  }

  grpc::ServerWriteReactor<TimelineEntry>* WatchApplication(
      grpc::CallbackServerContext* context, const WatchApplicationRequest* /*request*/) override {
    Enter(*context);
    class Writer final : public grpc::ServerWriteReactor<TimelineEntry> {
     public:
      Writer() { StartWrite(&entry_); }
      void OnWriteDone(bool /*ok*/) override { Finish(grpc::Status::OK); }
      void OnDone() override { delete this; }

     private:
      TimelineEntry entry_;
    };
    return new Writer;
  }

  ~FakeIntake() override {
    if (answering_.joinable()) answering_.join();
  }

  std::atomic<int> entered{0};
  std::string principal;
  std::string traceparent;
  bool saw_token = false;

 private:
  void Enter(const grpc::CallbackServerContext& context) {
    ++entered;
    principal = PrincipalOf(context);
    traceparent = TraceparentOf(context);
    saw_token = context.client_metadata().contains("authorization");
  }

  grpc::ServerUnaryReactor* AnswerLater(grpc::CallbackServerContext* context) {
    return ReplyLater(context, [&](Answer answer) {
      answering_ = std::thread(
          [answer = std::move(answer)]() mutable { answer(absl::AbortedError("later")); });
    });
  }

  std::thread answering_;
};

struct Credential {
  const char* name;
  std::multimap<std::string, std::string> metadata;
};

class RpcServerTest : public ::testing::Test {
 protected:
  RpcServerTest() {
    tokens_ = *Tokens::LoadOrCreate(temp_.path(), {"portal", "operator"});
    server_ = *Server::Start({"127.0.0.1:0", &tokens_}, {&intake_});
    server_->SetServing(true);
    plain_ = grpc::CreateChannel(Target(), grpc::InsecureChannelCredentials());
  }

  std::string Target() const { return absl::StrCat("127.0.0.1:", server_->port()); }
  std::string Token(const char* principal = "portal") const { return *tokens_.TokenOf(principal); }

  std::vector<Credential> BadCredentials() const {
    const std::string good = Token();
    return {{"none", {}},
            {"unknown", {{"authorization", "Bearer " + std::string(43, 'A')}}},
            {"part", {{"authorization", "Bearer " + good.substr(0, 42)}}},
            {"no scheme", {{"authorization", good}}},
            {"empty", {{"authorization", "Bearer "}}},
            {"other scheme", {{"authorization", "Basic " + good}}},
            {"two", {{"authorization", "Bearer " + good}, {"authorization", "Bearer " + good}}},
            {"forged principal", {{"xiufu-principal", "operator"}}}};
  }

  // A plain channel with this metadata and a deadline of 5 s unless told.
  void Prepare(grpc::ClientContext& context,
               const std::multimap<std::string, std::string>& metadata,
               absl::Duration deadline = absl::Seconds(5)) const {
    for (const auto& [key, value] : metadata) context.AddMetadata(key, value);
    if (deadline < absl::InfiniteDuration()) SetDeadline(context, deadline);
  }
  std::multimap<std::string, std::string> Good(const char* principal = "portal") const {
    return {{"authorization", "Bearer " + Token(principal)}};
  }

  grpc::Status Get(const std::multimap<std::string, std::string>& metadata,
                   absl::Duration deadline = absl::Seconds(5), const char* name = "a") {
    grpc::ClientContext context;
    Prepare(context, metadata, deadline);
    GetApplicationRequest request;
    request.set_name(name);
    Application response;
    return IntakeService::NewStub(plain_)->GetApplication(&context, request, &response);
  }
  grpc::Status Upload(const std::multimap<std::string, std::string>& metadata,
                      absl::Duration deadline = absl::Seconds(5)) {
    grpc::ClientContext context;
    Prepare(context, metadata, deadline);
    Material response;
    auto writer = IntakeService::NewStub(plain_)->UploadMaterial(&context, &response);
    UploadMaterialRequest request;
    request.set_chunk(std::string(1000, 'x'));
    for (int i = 0; i < 10 && writer->Write(request); ++i) {
    }
    writer->WritesDone();
    return writer->Finish();
  }
  grpc::Status Watch(const std::multimap<std::string, std::string>& metadata,
                     absl::Duration deadline = absl::Seconds(5)) {
    grpc::ClientContext context;
    Prepare(context, metadata, deadline);
    auto reader = IntakeService::NewStub(plain_)->WatchApplication(&context, {});
    TimelineEntry entry;
    while (reader->Read(&entry)) {
    }
    return reader->Finish();
  }
  grpc::Status CheckHealth(const std::multimap<std::string, std::string>& metadata,
                           grpc::health::v1::HealthCheckResponse* response) {
    grpc::ClientContext context;
    Prepare(context, metadata);
    return grpc::health::v1::Health::NewStub(plain_)->Check(&context, {}, response);
  }
  grpc::Status WatchHealth(const std::multimap<std::string, std::string>& metadata) {
    grpc::ClientContext context;
    Prepare(context, metadata, absl::InfiniteDuration());
    auto reader = grpc::health::v1::Health::NewStub(plain_)->Watch(&context, {});
    grpc::health::v1::HealthCheckResponse response;
    if (reader->Read(&response)) context.TryCancel();
    return reader->Finish();
  }
  // These bytes as the one request of a method that has no contract here.
  grpc::Status Raw(const std::string& method, const std::string& bytes) {
    grpc::ClientContext context;
    Prepare(context, Good());
    grpc::GenericStub stub(plain_);
    const grpc::Slice slice(bytes);
    const grpc::ByteBuffer request(&slice, 1);
    grpc::ByteBuffer response;
    grpc::Status status;
    absl::Notification done;
    stub.UnaryCall(&context, method, {}, &request, &response, [&](grpc::Status answered) {
      status = std::move(answered);
      done.Notify();
    });
    done.WaitForNotification();
    return status;
  }
  // Lists the services; the answer's bytes.
  grpc::Status Reflect(const std::multimap<std::string, std::string>& metadata,
                       std::string* answer) {
    grpc::ClientContext context;
    Prepare(context, metadata);
    grpc::CompletionQueue queue;
    grpc::GenericStub stub(plain_);
    auto call = stub.PrepareCall(
        &context, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", &queue);
    const auto await = [&] {
      void* tag;
      bool ok = false;
      queue.Next(&tag, &ok);
      return ok;
    };
    grpc::Status status;
    call->StartCall(nullptr);
    bool ok = await();
    const std::string list_services(":\x00", 2);  // list_services: ""
    const grpc::Slice slice(list_services);
    if (ok) {
      call->Write(grpc::ByteBuffer(&slice, 1), nullptr);
      ok = await();
    }
    grpc::ByteBuffer read;
    if (ok) {
      call->Read(&read, nullptr);
      ok = await();
    }
    if (ok) {
      grpc::Slice whole;
      EXPECT_TRUE(read.DumpToSingleSlice(&whole).ok());
      answer->assign(reinterpret_cast<const char*>(whole.begin()), whole.size());
      call->WritesDone(nullptr);
      await();
    }
    call->Finish(&status, nullptr);
    await();
    return status;
  }

  TempFolder temp_;
  Tokens tokens_;
  FakeIntake intake_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> plain_;
};

TEST_F(RpcServerTest, KnownTokensComeInAsTheirPrincipals) {
  ASSERT_TRUE(Get(Good()).ok());
  EXPECT_EQ(intake_.principal, "portal");
  EXPECT_FALSE(intake_.saw_token);
  ASSERT_TRUE(Upload(Good("operator")).ok());  // the same connection
  EXPECT_EQ(intake_.principal, "operator");
  ASSERT_TRUE(Watch(Good()).ok());
  EXPECT_EQ(intake_.principal, "portal");
  grpc::health::v1::HealthCheckResponse health;
  ASSERT_TRUE(CheckHealth(Good(), &health).ok());
  EXPECT_EQ(health.status(), grpc::health::v1::HealthCheckResponse::SERVING);
  EXPECT_EQ(WatchHealth(Good()).error_code(), grpc::StatusCode::CANCELLED);  // we had enough
  std::string services;
  ASSERT_TRUE(Reflect(Good(), &services).ok());
  EXPECT_NE(services.find("xiufu.intake.v1.IntakeService"), std::string::npos);
}

TEST_F(RpcServerTest, OthersAreRefusedBeforeAnyHandler) {
  for (const Credential& bad : BadCredentials()) {
    grpc::health::v1::HealthCheckResponse health;
    std::string services;
    const std::pair<const char*, grpc::Status> answers[] = {
        {"unary", Get(bad.metadata)},
        {"client stream", Upload(bad.metadata)},
        {"server stream", Watch(bad.metadata)},
        {"health", CheckHealth(bad.metadata, &health)},
        {"health watch", WatchHealth(bad.metadata)},
        {"reflection", Reflect(bad.metadata, &services)}};
    for (const auto& [call, status] : answers) {
      EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED) << bad.name << ", " << call;
      EXPECT_TRUE(HasReason(FromGrpc(status), "UNAUTHENTICATED")) << bad.name << ", " << call;
    }
    EXPECT_EQ(services, "");
  }
  EXPECT_EQ(intake_.entered, 0);
}

TEST_F(RpcServerTest, NobodyNamesHimself) {
  auto metadata = Good();
  metadata.emplace("xiufu-principal", "operator");
  ASSERT_TRUE(Get(metadata).ok());
  EXPECT_EQ(intake_.principal, "portal");
}

TEST_F(RpcServerTest, UnaryCallsNeedADeadlineOfAtMostAMinute) {
  for (const absl::Duration deadline :
       {absl::InfiniteDuration(), absl::Seconds(90), absl::Hours(5)}) {
    const grpc::Status status = Get(Good(), deadline);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << deadline;
    EXPECT_TRUE(HasReason(FromGrpc(status), "DEADLINE_REQUIRED")) << deadline;
  }
  EXPECT_EQ(intake_.entered, 0);
  EXPECT_TRUE(Get(Good(), absl::Seconds(60)).ok());
  EXPECT_TRUE(Get(Good(), absl::Seconds(2)).ok());
}

TEST_F(RpcServerTest, StreamsNeedNone) {
  EXPECT_TRUE(Watch(Good(), absl::InfiniteDuration()).ok());
  EXPECT_TRUE(Upload(Good(), absl::InfiniteDuration()).ok());
}

TEST_F(RpcServerTest, OurChannelCarriesTheToken) {
  auto channel = NewChannel(Target(), Token());
  grpc::ClientContext context;
  SetDeadline(context, absl::Seconds(5));
  GetApplicationRequest request;
  request.set_name("applications/1");
  Application response;
  const grpc::Status status =
      IntakeService::NewStub(channel)->GetApplication(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.name(), "applications/1");
  EXPECT_EQ(intake_.principal, "portal");
}

TEST_F(RpcServerTest, AnswersMayComeLaterOrBeForgotten) {
  EXPECT_EQ(FromGrpc(Get(Good(), absl::Seconds(5), "later")), absl::AbortedError("later"));
  EXPECT_EQ(Get(Good(), absl::Seconds(5), "forgotten").error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(RpcServerTest, TheLongestRefusalReachesTheCaller) {
  const absl::Status refused = FromGrpc(Get(Good(), absl::Seconds(5), "wrong all over"));
  EXPECT_TRUE(absl::IsInvalidArgument(refused)) << refused;
  const std::vector<Violation> violations = ViolationsOf(refused);
  ASSERT_GT(violations.size(), 10u);
  EXPECT_EQ(violations.back().description,
            absl::StrCat("and ", 200 - (violations.size() - 1), " more"));
}

TEST_F(RpcServerTest, ARequestThatCannotBeParsedIsTold) {
  for (const char* bytes : {"\x0a\x03\xff\xfe\xfd", "\xff", "\x0a\x7fshort"}) {
    for (const char* method : {"GetApplication", "CreateApplication", "WatchApplication"}) {
      const grpc::Status status =
          Raw(absl::StrCat("/xiufu.intake.v1.IntakeService/", method), bytes);
      EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << method;
      EXPECT_FALSE(status.error_details().empty()) << method;
      EXPECT_TRUE(HasReason(FromGrpc(status), "REQUEST_MALFORMED")) << method;
      EXPECT_NE(status.error_message(), "") << method;
    }
  }
  EXPECT_EQ(intake_.entered, 0);
}

TEST_F(RpcServerTest, AMethodThatDoesNotExistIsUnimplemented) {
  for (const char* method :
       {"/xiufu.intake.v1.IntakeService/CreateApplication",
        "/xiufu.intake.v1.IntakeService/Nothing", "/xiufu.nothing.v1.Nothing/Get"}) {
    EXPECT_EQ(Raw(method, "").error_code(), grpc::StatusCode::UNIMPLEMENTED) << method;
  }
  EXPECT_EQ(Raw("/xiufu.nothing.v1.Nothing/Get", "\xff").error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(RpcServerTest, TracesGoOnOrBegin) {
  const std::string sent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  auto metadata = Good();
  metadata.emplace("traceparent", sent);
  ASSERT_TRUE(Get(metadata).ok());
  EXPECT_EQ(intake_.traceparent, sent);
  ASSERT_TRUE(Get(Good()).ok());
  const std::string begun = intake_.traceparent;
  EXPECT_EQ(begun.size(), sent.size());
  ASSERT_TRUE(Get(Good()).ok());
  EXPECT_NE(intake_.traceparent, begun);
}

TEST_F(RpcServerTest, OversizedMessagesAreRefused) {
  EXPECT_EQ(Get(Good(), absl::Seconds(5), std::string(2 << 20, 'x').c_str()).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(intake_.entered, 0);
}

TEST_F(RpcServerTest, ASecondInstanceCannotListen) {
  const auto second = Server::Start({Target(), &tokens_}, {});
  EXPECT_TRUE(absl::IsUnavailable(second.status())) << second.status();
}

TEST_F(RpcServerTest, HealthFollowsTheServiceAndStopTakesNoCalls) {
  server_->SetServing(false);
  grpc::health::v1::HealthCheckResponse health;
  ASSERT_TRUE(CheckHealth(Good(), &health).ok());
  EXPECT_EQ(health.status(), grpc::health::v1::HealthCheckResponse::NOT_SERVING);
  server_->Shutdown(absl::Seconds(1));
  EXPECT_EQ(Get(Good()).error_code(), grpc::StatusCode::UNAVAILABLE);
  server_->Shutdown(absl::Seconds(1));  // again does nothing
}

}  // namespace
}  // namespace xiufu::rpc
