// The push connector against systems that misbehave: what every answer means for the job.
#include <gtest/gtest.h>
#include <httplib.h>

#include <thread>

#include "libs/base/status.h"
#include "libs/base/system_clock.h"
#include "services/department_adapter/drivers/event_codec.h"
#include "services/department_adapter/drivers/push_connector.h"
#include "tests/unit/department_rig.h"

namespace xiufu::department {
namespace {

// A system whose answer to everything is set by the test; keeps the last request.
class OneAnswerSystem {
 public:
  OneAnswerSystem() {
    auto answer = [this](const httplib::Request& request, httplib::Response& response) {
      if (delay_seconds > 0) std::this_thread::sleep_for(std::chrono::seconds(delay_seconds));
      last = request;
      response.status = status;
      if (status == 503) response.set_header("Retry-After", "7");
      if (status == 302) response.set_header("Location", "/elsewhere");
      response.set_content(body, "application/json");
    };
    server_.Post(".*", answer);
    server_.Get(".*", answer);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~OneAnswerSystem() {
    server_.stop();
    thread_.join();
  }
  std::string url() const { return absl::StrCat("http://127.0.0.1:", port_, "/"); }

  int status = 200;
  int delay_seconds = 0;
  std::string body = R"({"authorityTaskNo":"T-1"})";
  httplib::Request last;

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

class PushConnectorTest : public ::testing::Test {
 protected:
  absl::StatusOr<Receipt> Deliver(absl::Duration limit = absl::Seconds(10)) {
    return connector_.Deliver(task_, {{"张三", "13800000000", "HANDLER"}, {}, {}},
                              clock_.Now() + limit);
  }
  absl::Status Cancel() {
    return connector_.Cancel(
        task_,
        {TestId("cancellation"), task_.id, "WITHDRAWN", "申请人已撤回 / withdrawn", TestNow()},
        clock_.Now() + absl::Seconds(10));
  }
  SystemClock clock_;
  OneAnswerSystem system_;
  PushConnector connector_{{system_.url(), "secret-token", "http://adapter:1"}, &clock_};
  const Task task_ = *DecodeTaskGiven(GivenTask().SerializeAsString());
};

TEST_F(PushConnectorTest, WhatIsSent) {
  ASSERT_TRUE(Deliver().ok());
  EXPECT_EQ(system_.last.path, "/tasks");
  EXPECT_EQ(system_.last.get_header_value("Authorization"), "Bearer secret-token");
  const std::string id = task_.id.ToString();
  for (const std::string& part :
       {absl::StrCat(R"("requestId":")", id, "\""), absl::StrCat(R"("task":")", id, "\""),
        std::string(R"("authorityCode":"transport")"), std::string(R"("version":"3")"),
        std::string(R"("fineFen":"500000")"), std::string(R"("confiscatedFen":"0")"),
        absl::StrCat(R"("sha256":")", HexEncode(Sha256(kPaper)), "\""),
        absl::StrCat(R"("url":"http://adapter:1/v1/tasks/)", id, "/materials/",
                     TestId("paper").ToString(), "\""),
        std::string(R"("callbackUrl":"http://adapter:1/v1/answers")"),
        std::string(R"("givenAt":"2026-04-01T07:33:20.000+08:00")")}) {
    EXPECT_NE(system_.last.body.find(part), std::string::npos) << part << "\n" << system_.last.body;
  }
}

TEST_F(PushConnectorTest, WhatEachAnswerMeans) {
  const struct {
    int status;
    absl::StatusCode code;
  } cases[] = {
      {302, absl::StatusCode::kUnavailable},        {400, absl::StatusCode::kInvalidArgument},
      {401, absl::StatusCode::kFailedPrecondition}, {403, absl::StatusCode::kFailedPrecondition},
      {404, absl::StatusCode::kFailedPrecondition}, {409, absl::StatusCode::kAlreadyExists},
      {422, absl::StatusCode::kInvalidArgument},    {429, absl::StatusCode::kUnavailable},
      {500, absl::StatusCode::kUnavailable},        {503, absl::StatusCode::kUnavailable}};
  for (const auto& c : cases) {
    system_.status = c.status;
    system_.body = "secret-token 13800000000";
    const absl::Status status = Deliver().status();
    EXPECT_EQ(status.code(), c.code) << c.status;
    // Nothing of what the other side says, nor of what we sent, gets into errors: they are kept and
    // shown.
    EXPECT_EQ(status.ToString().find("13800000000"), std::string::npos);
    EXPECT_EQ(status.ToString().find("secret-token"), std::string::npos);
  }
}

TEST_F(PushConnectorTest, WhatIsSentOfACancellation) {
  ASSERT_TRUE(Cancel().ok());
  const std::string id = task_.id.ToString();
  EXPECT_EQ(system_.last.path, absl::StrCat("/tasks/", id, "/cancellation"));
  EXPECT_EQ(system_.last.body,
            absl::StrCat(R"({"requestId":")", TestId("cancellation").ToString(), R"(","task":")",
                         id, R"(","cause":"WITHDRAWN","reason":"申请人已撤回 / withdrawn",)",
                         R"("cancelledAt":"2026-04-01T07:33:20.000+08:00"})"));
}

TEST_F(PushConnectorTest, ASystemWithoutTheTaskHasNothingToCancel) {
  system_.status = 404;
  EXPECT_TRUE(Cancel().ok());
  const struct {
    int status;
    absl::StatusCode code;
  } cases[] = {{400, absl::StatusCode::kInvalidArgument},
               {401, absl::StatusCode::kFailedPrecondition},
               {409, absl::StatusCode::kAlreadyExists},
               {503, absl::StatusCode::kUnavailable}};
  for (const auto& c : cases) {
    system_.status = c.status;
    EXPECT_EQ(Cancel().code(), c.code) << c.status;
  }
}

TEST_F(PushConnectorTest, ItKeepsToWhatWasAskedFor) {
  system_.status = 503;
  const absl::Status status = Deliver().status();
  ASSERT_TRUE(HasReason(status, "RETRY_AFTER")) << status;
  EXPECT_EQ(ReasonOf(status)->metadata[0].second, "7");
}

TEST_F(PushConnectorTest, AReceiptThatIsNoneIsNoAcknowledgement) {
  for (const std::string& body :
       {std::string(), std::string("{}"), std::string("<html>"),
        std::string(R"({"authorityTaskNo":""})"), std::string(R"({"authorityTaskNo":7})"),
        absl::StrCat(R"({"authorityTaskNo":")", std::string(65, 'x'), "\"}"),
        std::string(100000, ' ')}) {
    system_.body = body;
    EXPECT_EQ(Deliver().status().code(), absl::StatusCode::kUnavailable) << body.substr(0, 60);
  }
  system_.body = R"({"authorityTaskNo":"T-1","more":{"than":"we ask for"}})";
  EXPECT_TRUE(Deliver().ok());
}

TEST_F(PushConnectorTest, ASlowSystemIsGivenUpAtTheDeadline) {
  system_.delay_seconds = 2;
  const absl::Time start = absl::Now();
  EXPECT_EQ(Deliver(absl::Milliseconds(200)).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_LT(absl::Now() - start, absl::Milliseconds(1900));
  EXPECT_EQ(Deliver(absl::ZeroDuration()).status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(PushConnectorTest, NobodyThere) {
  PushConnector connector({"http://127.0.0.1:1", "x", "http://adapter:1"}, &clock_);
  EXPECT_EQ(connector.Query(task_, clock_.Now() + absl::Seconds(5)).status().code(),
            absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace xiufu::department
