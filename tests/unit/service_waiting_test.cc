// What an operator sees and does about messages that wait.
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/server.h"
#include "libs/rpc/status.h"
#include "libs/service/waiting_service.h"
#include "libs/storage/inbox.h"
#include "libs/storage/jobs.h"
#include "libs/storage/waiting.h"
#include "libs/testing/manual_clock.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::service {
namespace {

using storage::WaitingState;
using stream::v1::ListWaitingRequest;
using stream::v1::ListWaitingResponse;
using Stub = stream::v1::WaitingService::Stub;

class ServiceWaitingTest : public ::testing::Test {
 protected:
  ServiceWaitingTest() {
    storage::Database::Options options;
    options.path = folder_.FilePath("store.db");
    options.service = "test";
    database_ = *storage::Database::Open(options, {}, &clock_);
    database_->Start();
    tokens_ = *rpc::Tokens::LoadOrCreate(folder_.FilePath("credentials"), {"operator", "portal"});
    jobs_.given_up["deliver"] = [this](const storage::Job& job, absl::Time, storage::Tx&) {
      given_up_.push_back(job.id);
      return absl::OkStatus();
    };
    service_ = std::make_unique<WaitingService>(database_.get(), &clock_, rpc::PageTokens("secret"),
                                                &jobs_);
    server_ = *rpc::Server::Start({"127.0.0.1:0", &tokens_}, {service_.get()});
    operator_ = StubFor("operator");
  }
  ~ServiceWaitingTest() override {
    server_->Shutdown(absl::Seconds(1));
    database_->Stop();
  }

  std::unique_ptr<Stub> StubFor(const char* principal) const {
    return stream::v1::WaitingService::NewStub(
        rpc::NewChannel(absl::StrCat("127.0.0.1:", server_->port()), *tokens_.TokenOf(principal)));
  }

  static Id ApplicationId(uint64_t n) { return DeriveId(Id(), "application", n, {}); }
  void Add(uint64_t application, int64_t seq, WaitingState state) {
    messaging::EncodedEvent event;
    event.envelope.id = DeriveId(Id(), "event", static_cast<uint64_t>(seq), {});
    event.envelope.type = "xiufu.intake.submitted.v1";
    event.envelope.stream = "intake";
    event.envelope.epoch = 1000;
    event.envelope.seq = seq;
    event.envelope.application = ApplicationId(application);
    event.bytes = messaging::EncodeEnvelope(event.envelope);
    Write([&](storage::Tx& tx) {
      tx.waiting().Add(tx, event, state, 3, clock_.Now() + absl::Minutes(1), clock_.Now(), "why");
      return absl::OkStatus();
    });
  }
  static Id JobId(uint64_t n) { return DeriveId(Id(), "job", n, {}); }
  void AddParkedJob(uint64_t n) {
    Write([&](storage::Tx& tx) {
      tx.jobs().Add(tx, {.id = JobId(n),
                         .kind = "deliver",
                         .destination = "tax",
                         .application = ApplicationId(n),
                         .created = clock_.Now() - absl::Minutes(1),
                         .due = clock_.Now()});
      tx.jobs().Park(tx, JobId(n), 2, clock_.Now(), "INVALID_ARGUMENT: HTTP 422");
      return absl::OkStatus();
    });
  }
  std::optional<storage::Job> FindJob(uint64_t n) {
    std::optional<storage::Job> job;
    const absl::Status read = database_->Read([&](storage::Session& session) {
      job = database_->jobs().Find(session, JobId(n));
      return session.status();
    });
    EXPECT_TRUE(read.ok()) << read;
    return job;
  }
  void AddPoison(const std::string& raw) {
    Write([&](storage::Tx& tx) {
      tx.inbox().KeepPoison(tx, "routing", "not a Run", raw, static_cast<int64_t>(raw.size()),
                            clock_.Now());
      return absl::OkStatus();
    });
  }
  void Write(absl::AnyInvocable<absl::Status(storage::Tx&)> fn) {
    const absl::Status status = database_->WriteAndWait(std::move(fn));
    ASSERT_TRUE(status.ok()) << status;
  }

  template <typename Request, typename Response>
  absl::Status Call(Stub& stub,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response* response) {
    grpc::ClientContext context;
    rpc::SetDeadline(context, absl::Seconds(10));
    return rpc::FromGrpc((stub.*method)(&context, request, response));
  }
  ListWaitingResponse List(const ListWaitingRequest& request = {}) {
    ListWaitingResponse response;
    const absl::Status status = Call(*operator_, &Stub::ListWaiting, request, &response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }
  absl::Status Replay(Stub& stub, int64_t id) {
    stream::v1::ReplayParkedRequest request;
    request.set_id(id);
    stream::v1::ReplayParkedResponse response;
    return Call(stub, &Stub::ReplayParked, request, &response);
  }
  absl::Status ReplayJob(Stub& stub, absl::string_view id) {
    stream::v1::ReplayParkedRequest request;
    request.set_job(std::string(id));
    stream::v1::ReplayParkedResponse response;
    return Call(stub, &Stub::ReplayParked, request, &response);
  }
  absl::Status DiscardJob(Stub& stub, absl::string_view id, const std::string& reason) {
    stream::v1::DiscardParkedRequest request;
    request.set_job(std::string(id));
    request.set_reason(reason);
    stream::v1::DiscardParkedResponse response;
    return Call(stub, &Stub::DiscardParked, request, &response);
  }
  absl::Status Discard(Stub& stub, int64_t id, const std::string& reason) {
    stream::v1::DiscardParkedRequest request;
    request.set_id(id);
    request.set_reason(reason);
    stream::v1::DiscardParkedResponse response;
    return Call(stub, &Stub::DiscardParked, request, &response);
  }

  TempFolder folder_;
  ManualClock clock_{absl::FromUnixSeconds(1'780'000'000)};
  std::unique_ptr<storage::Database> database_;
  rpc::Tokens tokens_;
  JobTable jobs_;
  std::vector<Id> given_up_;
  std::unique_ptr<WaitingService> service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<Stub> operator_;
};

TEST_F(ServiceWaitingTest, ListsEverythingThatWaits) {
  Add(1, 7, WaitingState::kParked);
  Add(1, 8, WaitingState::kBehind);
  Add(2, 9, WaitingState::kRetry);
  AddPoison("\xff rubbish");
  const ListWaitingResponse list = List();
  ASSERT_EQ(list.messages_size(), 4);
  const auto& parked = list.messages(0);
  EXPECT_EQ(parked.state(), stream::v1::WAITING_STATE_PARKED);
  EXPECT_EQ(parked.stream(), "intake");
  EXPECT_EQ(parked.epoch(), 1000);
  EXPECT_EQ(parked.seq(), 7);
  EXPECT_EQ(parked.type(), "xiufu.intake.submitted.v1");
  EXPECT_EQ(parked.application(), std::string(ApplicationId(1).bytes()));
  EXPECT_EQ(parked.attempts(), 3);
  EXPECT_EQ(parked.reason(), "why");
  EXPECT_EQ(parked.first_seen().seconds(), 1'780'000'000);
  EXPECT_FALSE(parked.has_next_attempt());
  EXPECT_EQ(list.messages(1).state(), stream::v1::WAITING_STATE_BEHIND);
  EXPECT_EQ(list.messages(2).state(), stream::v1::WAITING_STATE_RETRY);
  EXPECT_EQ(list.messages(2).next_attempt().seconds(), 1'780'000'060);
  EXPECT_EQ(list.messages(3).state(), stream::v1::WAITING_STATE_POISON);
  EXPECT_EQ(list.messages(3).reason(), "queue routing: not a Run (9 bytes)");
  EXPECT_EQ(list.next_page_token(), "");
}

TEST_F(ServiceWaitingTest, ListsByState) {
  Add(1, 1, WaitingState::kParked);
  Add(2, 2, WaitingState::kRetry);
  AddPoison("a");
  AddParkedJob(3);
  const std::pair<stream::v1::WaitingState, int> expected[] = {
      {stream::v1::WAITING_STATE_PARKED, 2},
      {stream::v1::WAITING_STATE_RETRY, 1},
      {stream::v1::WAITING_STATE_BEHIND, 0},
      {stream::v1::WAITING_STATE_POISON, 1},
      {stream::v1::WAITING_STATE_DISCARDED, 0}};
  for (const auto& [state, count] : expected) {
    ListWaitingRequest request;
    request.set_state(state);
    const ListWaitingResponse list = List(request);
    ASSERT_EQ(list.messages_size(), count) << state;
    for (const auto& message : list.messages()) EXPECT_EQ(message.state(), state);
  }
}

TEST_F(ServiceWaitingTest, WhatFollowsAJobThatIsGivenUpIsDoneWithIt) {
  AddParkedJob(1);
  ASSERT_TRUE(DiscardJob(*operator_, JobId(1).bytes(), "wrong").ok());
  EXPECT_EQ(given_up_, std::vector<Id>{JobId(1)});
  EXPECT_FALSE(DiscardJob(*operator_, JobId(1).bytes(), "again").ok());
  EXPECT_EQ(given_up_.size(), 1u);
}

TEST_F(ServiceWaitingTest, PagesMissNothingAndRepeatNothing) {
  for (int i = 1; i <= 7; ++i) Add(static_cast<uint64_t>(i), i, WaitingState::kParked);
  ASSERT_TRUE(Discard(*operator_, List().messages(2).id(), "wrong").ok());
  for (const char* raw : {"a", "b", "c"}) AddPoison(raw);
  for (uint64_t n = 1; n <= 4; ++n) AddParkedJob(n);
  ASSERT_TRUE(DiscardJob(*operator_, JobId(2).bytes(), "wrong").ok());
  for (int size = 1; size <= 13; ++size) {
    ListWaitingRequest request;
    request.set_page_size(size);
    std::vector<std::string> seen;
    do {
      const ListWaitingResponse page = List(request);
      EXPECT_LE(page.messages_size(), size);
      for (const auto& message : page.messages()) {
        seen.push_back(absl::StrCat(message.state(), "/", message.id(), message.job().id()));
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    EXPECT_EQ(seen.size(), 12u) << "page size " << size;
    EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 12u);
  }
}

TEST_F(ServiceWaitingTest, PageTokensBelongToTheirList) {
  Add(1, 1, WaitingState::kParked);
  Add(2, 2, WaitingState::kParked);
  ListWaitingRequest request;
  request.set_page_size(1);
  request.set_page_token(List(request).next_page_token());
  ASSERT_NE(request.page_token(), "");
  request.set_state(stream::v1::WAITING_STATE_PARKED);
  ListWaitingResponse response;
  const absl::Status refused = Call(*operator_, &Stub::ListWaiting, request, &response);
  EXPECT_EQ(ViolationsOf(refused).at(0).field, "page_token");
}

TEST_F(ServiceWaitingTest, ReplayMakesAParkedRowDueNow) {
  Add(1, 1, WaitingState::kParked);
  const int64_t id = List().messages(0).id();
  ASSERT_TRUE(Replay(*operator_, id).ok());
  const stream::v1::WaitingMessage row = List().messages(0);
  EXPECT_EQ(row.state(), stream::v1::WAITING_STATE_RETRY);
  EXPECT_EQ(row.attempts(), 0);
  EXPECT_EQ(row.next_attempt().seconds(), 1'780'000'000);
  EXPECT_TRUE(absl::IsFailedPrecondition(Replay(*operator_, id)));
  EXPECT_TRUE(absl::IsNotFound(Replay(*operator_, id + 1)));
}

TEST_F(ServiceWaitingTest, DiscardNeedsAReasonAndReleasesTheNext) {
  Add(1, 1, WaitingState::kParked);
  Add(1, 2, WaitingState::kBehind);
  const int64_t id = List().messages(0).id();
  for (const std::string& reason : {std::string(), std::string(501, 'x'), std::string("a\nb")}) {
    EXPECT_EQ(ViolationsOf(Discard(*operator_, id, reason)).at(0).field, "reason");
  }
  ASSERT_TRUE(Discard(*operator_, id, "重复登记").ok());
  const ListWaitingResponse list = List();
  ASSERT_EQ(list.messages_size(), 1);
  EXPECT_EQ(list.messages(0).seq(), 2);
  EXPECT_EQ(list.messages(0).state(), stream::v1::WAITING_STATE_RETRY);
}

TEST_F(ServiceWaitingTest, WhatWasDiscardedIsListedWhenAskedFor) {
  Add(1, 1, WaitingState::kParked);
  AddParkedJob(2);
  ASSERT_TRUE(Discard(*operator_, List().messages(0).id(), "重复登记").ok());
  ASSERT_TRUE(DiscardJob(*operator_, JobId(2).bytes(), "已书面送达").ok());
  EXPECT_EQ(List().messages_size(), 0);
  ListWaitingRequest request;
  request.set_state(stream::v1::WAITING_STATE_DISCARDED);
  const ListWaitingResponse list = List(request);
  ASSERT_EQ(list.messages_size(), 2);
  for (const auto& message : list.messages()) {
    EXPECT_EQ(message.discarded().seconds(), 1'780'000'000);
  }
  EXPECT_EQ(list.messages(0).reason(), "why");
  EXPECT_EQ(list.messages(0).discard_reason(), "重复登记");
  EXPECT_EQ(list.messages(1).reason(), "INVALID_ARGUMENT: HTTP 422");
  EXPECT_EQ(list.messages(1).discard_reason(), "已书面送达");
}

TEST_F(ServiceWaitingTest, ParkedCallsStandBesideParkedEvents) {
  Add(1, 7, WaitingState::kParked);
  AddParkedJob(2);
  AddPoison("rubbish");
  const ListWaitingResponse list = List();
  ASSERT_EQ(list.messages_size(), 3);
  const auto& call = list.messages(1);
  EXPECT_EQ(call.state(), stream::v1::WAITING_STATE_PARKED);
  EXPECT_EQ(call.job().id(), std::string(JobId(2).bytes()));
  EXPECT_EQ(call.job().kind(), "deliver");
  EXPECT_EQ(call.job().destination(), "tax");
  EXPECT_EQ(call.job().parked_since().seconds(), 1'780'000'000);
  EXPECT_EQ(call.application(), std::string(ApplicationId(2).bytes()));
  EXPECT_EQ(call.attempts(), 2);
  EXPECT_EQ(call.reason(), "INVALID_ARGUMENT: HTTP 422");
  EXPECT_EQ(call.first_seen().seconds(), 1'780'000'000 - 60);
  EXPECT_EQ(call.id(), 0);
  EXPECT_FALSE(call.has_next_attempt());
  EXPECT_FALSE(list.messages(0).has_job());
}

TEST_F(ServiceWaitingTest, ReplayMakesAParkedCallDueNow) {
  AddParkedJob(1);
  ASSERT_TRUE(ReplayJob(*operator_, JobId(1).bytes()).ok());
  EXPECT_EQ(FindJob(1)->state, storage::JobState::kDue);
  EXPECT_EQ(FindJob(1)->due, clock_.Now());
  EXPECT_EQ(List().messages_size(), 0);
  EXPECT_TRUE(absl::IsFailedPrecondition(ReplayJob(*operator_, JobId(1).bytes())));
  EXPECT_TRUE(absl::IsNotFound(ReplayJob(*operator_, JobId(2).bytes())));
  for (const std::string& wrong : {std::string(), std::string("1"), std::string(16, '\0')}) {
    EXPECT_EQ(ViolationsOf(ReplayJob(*operator_, wrong)).at(0).field, "job");
    EXPECT_EQ(ViolationsOf(DiscardJob(*operator_, wrong, "x")).at(0).field, "job");
  }
}

TEST_F(ServiceWaitingTest, ACallIsGivenUpWithAReasonAndKept) {
  AddParkedJob(1);
  EXPECT_EQ(ViolationsOf(DiscardJob(*operator_, JobId(1).bytes(), "")).at(0).field, "reason");
  EXPECT_EQ(FindJob(1)->state, storage::JobState::kParked);
  ASSERT_TRUE(DiscardJob(*operator_, JobId(1).bytes(), "已书面送达").ok());
  EXPECT_EQ(FindJob(1)->state, storage::JobState::kDiscarded);
  EXPECT_EQ(FindJob(1)->discard_reason, "已书面送达");
  EXPECT_EQ(FindJob(1)->discarded, clock_.Now());
}

TEST_F(ServiceWaitingTest, OthersThanTheOperatorMayDoNothing) {
  Add(1, 1, WaitingState::kParked);
  AddParkedJob(2);
  const int64_t id = List().messages(0).id();
  const auto portal = StubFor("portal");
  ListWaitingResponse seen;
  EXPECT_TRUE(absl::IsPermissionDenied(Call(*portal, &Stub::ListWaiting, {}, &seen)));
  EXPECT_EQ(seen.messages_size(), 0);
  EXPECT_TRUE(absl::IsPermissionDenied(Replay(*portal, id)));
  EXPECT_TRUE(absl::IsPermissionDenied(Discard(*portal, id, "because")));
  EXPECT_TRUE(absl::IsPermissionDenied(ReplayJob(*portal, JobId(2).bytes())));
  EXPECT_TRUE(absl::IsPermissionDenied(DiscardJob(*portal, JobId(2).bytes(), "because")));
  EXPECT_EQ(List().messages(0).state(), stream::v1::WAITING_STATE_PARKED);
}

}  // namespace
}  // namespace xiufu::service
