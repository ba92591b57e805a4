// One request id, one effect, one answer: for ever.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "libs/base/status.h"
#include "libs/rpc/idempotent_write.h"
#include "libs/testing/manual_clock.h"
#include "tests/unit/base_temp_folder.h"
#include "xiufu/intake/v1/intake.pb.h"

namespace xiufu::rpc {
namespace {

using intake::v1::Application;
using intake::v1::CreateApplicationRequest;

constexpr char kId[] = "018f2c3a-0000-7000-8000-000000000001";
constexpr storage::Migration kEffects = {1, "effects", "CREATE TABLE effect (n INTEGER) STRICT"};

class RpcIdempotentWriteTest : public ::testing::Test {
 protected:
  RpcIdempotentWriteTest() { Open(); }
  ~RpcIdempotentWriteTest() override { database_->Stop(); }

  void Open() {
    if (database_ != nullptr) database_->Stop();
    database_.reset();
    storage::Database::Options options;
    options.path = folder_.FilePath("store.db");
    options.service = "test";
    auto opened = storage::Database::Open(options, {&kEffects, 1}, &clock_);
    ASSERT_TRUE(opened.ok()) << opened.status();
    database_ = *std::move(opened);
    database_->Start();
  }

  struct Outcome {
    absl::Status status;
    Application response;
  };
  // A write with one effect, whose answer says which effect it was. `failure` is what it says after
  // the effect.
  void SubmitWrite(const CreateApplicationRequest& request, const std::string& method,
                   const absl::Status& failure, Outcome* outcome,
                   absl::AnyInvocable<void()> finished) {
    IdempotentWrite write;
    write.method = method;
    write.principal = principal_;
    write.request_id = request.request_id();
    write.body_sha256 = BodySha256(request);
    write.response = &outcome->response;
    write.fn = [this, outcome, failure](storage::Tx& tx, const Id& id) {
      EXPECT_FALSE(id.IsNone());
      tx.Run("INSERT INTO effect (n) VALUES (?)", ++effects_begun_);
      outcome->response.set_name(absl::StrCat("effect ", effects_begun_));
      return failure;
    };
    Submit(*database_, clock_, std::move(write),
           [outcome, finished = std::move(finished)](const absl::Status& status) mutable {
             outcome->status = status;
             finished();
           });
  }
  Outcome Call(const CreateApplicationRequest& request, const std::string& method = "Create",
               const absl::Status& failure = absl::OkStatus()) {
    Outcome outcome;
    absl::BlockingCounter pending(1);
    SubmitWrite(request, method, failure, &outcome, [&] { pending.DecrementCount(); });
    pending.Wait();
    return outcome;
  }
  int64_t Effects() {
    int64_t count = -1;
    EXPECT_TRUE(database_
                    ->Read([&](storage::Session& session) {
                      auto query = session.Sql("SELECT count(*) FROM effect");
                      if (query.Next()) count = query.Int(0);
                      return session.status();
                    })
                    .ok());
    return count;
  }
  static CreateApplicationRequest Request(const std::string& id = kId,
                                          const std::string& uscc = "91210600X") {
    CreateApplicationRequest request;
    request.set_request_id(id);
    request.set_subject_uscc(uscc);
    return request;
  }

  TempFolder folder_;
  ManualClock clock_{absl::FromUnixSeconds(1'780'000'000)};
  std::unique_ptr<storage::Database> database_;
  std::string principal_ = "portal";
  int64_t effects_begun_ = 0;  // on the writer
};

TEST_F(RpcIdempotentWriteTest, TheSameAgainGivesTheSameBytes) {
  const Outcome first = Call(Request());
  ASSERT_TRUE(first.status.ok()) << first.status;
  EXPECT_EQ(first.response.name(), "effect 1");
  const Outcome second = Call(Request());
  ASSERT_TRUE(second.status.ok()) << second.status;
  EXPECT_EQ(second.response.SerializeAsString(), first.response.SerializeAsString());
  Open();
  EXPECT_EQ(Call(Request()).response.SerializeAsString(), first.response.SerializeAsString())
      << "after a restart";
  EXPECT_EQ(Effects(), 1);
}

TEST_F(RpcIdempotentWriteTest, AnotherBodyIsRefused) {
  ASSERT_TRUE(Call(Request()).status.ok());
  const absl::Status refused = Call(Request(kId, "other")).status;
  EXPECT_TRUE(absl::IsAlreadyExists(refused)) << refused;
  EXPECT_TRUE(HasReason(refused, "REQUEST_ID_REUSED"));
  EXPECT_EQ(Effects(), 1);
}

TEST_F(RpcIdempotentWriteTest, IdsAreScopedByMethod) {
  ASSERT_TRUE(Call(Request(), "Create").status.ok());
  ASSERT_TRUE(Call(Request(), "Submit").status.ok());
  EXPECT_EQ(Effects(), 2);
}

TEST_F(RpcIdempotentWriteTest, IdsAreScopedByPrincipal) {
  const Outcome first = Call(Request());
  principal_ = "platform";
  const Outcome theirs = Call(Request());
  EXPECT_EQ(first.response.name(), "effect 1");
  EXPECT_EQ(theirs.response.name(), "effect 2") << "not the first one's answer";
  EXPECT_TRUE(Call(Request("018f2c3a-0000-7000-8000-000000000002", "other")).status.ok());
  principal_ = "portal";
  EXPECT_EQ(Call(Request()).response.name(), "effect 1");
}

TEST_F(RpcIdempotentWriteTest, ARefusedWriteLeavesTheIdUnused) {
  const absl::Status why = absl::FailedPreconditionError("not now");
  EXPECT_EQ(Call(Request(), "Create", why).status, why);
  EXPECT_EQ(Effects(), 0);
  EXPECT_TRUE(Call(Request(kId, "another body")).status.ok());
  EXPECT_EQ(Effects(), 1);
}

TEST_F(RpcIdempotentWriteTest, AnIdThatIsNoneIsAViolation) {
  for (const char* id : {"", "1", "00000000-0000-0000-0000-000000000000"}) {
    const absl::Status refused = Call(Request(id)).status;
    ASSERT_TRUE(absl::IsInvalidArgument(refused)) << id;
    EXPECT_EQ(ViolationsOf(refused).at(0).field, "request_id");
  }
  EXPECT_EQ(Effects(), 0);
}

TEST_F(RpcIdempotentWriteTest, DuplicatesAtOnceHaveOneEffect) {
  constexpr int kCalls = 200;
  std::vector<Outcome> outcomes(kCalls);
  absl::BlockingCounter pending(kCalls);
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 4; ++caller) {
    callers.emplace_back([&, caller] {
      for (int i = caller; i < kCalls; i += 4) {
        SubmitWrite(Request(), "Create", absl::OkStatus(), &outcomes[i],
                    [&] { pending.DecrementCount(); });
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  pending.Wait();
  for (const Outcome& outcome : outcomes) {
    EXPECT_TRUE(outcome.status.ok()) << outcome.status;
    EXPECT_EQ(outcome.response.name(), "effect 1");
  }
  EXPECT_EQ(Effects(), 1);
}

TEST_F(RpcIdempotentWriteTest, TheBodyIsEverythingButTheId) {
  EXPECT_EQ(BodySha256(Request()), BodySha256(Request("018f2c3a-0000-7000-8000-000000000002")));
  EXPECT_NE(BodySha256(Request()), BodySha256(Request(kId, "other")));
  EXPECT_EQ(BodySha256(Request()).size(), 32u);
}

}  // namespace
}  // namespace xiufu::rpc
