// xiufuctl parked, against a service's WaitingService over a real socket.
#include <gtest/gtest.h>

#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/rpc/server.h"
#include "libs/service/waiting_service.h"
#include "libs/storage/inbox.h"
#include "libs/storage/jobs.h"
#include "libs/storage/waiting.h"
#include "libs/testing/manual_clock.h"
#include "services/xiufuctl/parked_command.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/xiufuctl_run.h"

namespace xiufu::ctl {
namespace {

class XiufuctlParkedTest : public ::testing::Test {
 protected:
  XiufuctlParkedTest() {
    storage::Database::Options options;
    options.path = folder_.FilePath("store.db");
    options.service = "test";
    database_ = *storage::Database::Open(options, {}, &clock_);
    database_->Start();
    tokens_ = *rpc::Tokens::LoadOrCreate(Credentials(), {"operator"});
    service_ = std::make_unique<service::WaitingService>(database_.get(), &clock_,
                                                         rpc::PageTokens("secret"));
    server_ = *rpc::Server::Start({"127.0.0.1:0", &tokens_}, {service_.get()});
    folder_.Write("test.toml",
                  absl::StrCat("[service]\nname = \"test\"\ngrpc_listen = \"", Target(),
                               "\"\ncredentials = \"", Credentials(), "\"\n"));
  }
  ~XiufuctlParkedTest() override {
    server_->Shutdown(absl::Seconds(1));
    database_->Stop();
  }

  std::string Credentials() const { return folder_.FilePath("credentials"); }
  std::string Target() const { return absl::StrCat("127.0.0.1:", server_->port()); }

  void AddParked() {
    messaging::EncodedEvent event;
    event.envelope.id = DeriveId(Id(), "event", 1, {});
    event.envelope.type = "xiufu.intake.submitted.v1";
    event.envelope.stream = "intake";
    event.envelope.epoch = 1000;
    event.envelope.seq = 7;
    event.envelope.application = DeriveId(Id(), "application", 1, {});
    event.bytes = messaging::EncodeEnvelope(event.envelope);
    const absl::Status added = database_->WriteAndWait([&](storage::Tx& tx) {
      tx.waiting().Add(tx, event, storage::WaitingState::kParked, 3, absl::InfinitePast(),
                       clock_.Now(), "no such \"rule\"");
      tx.inbox().KeepPoison(tx, "routing", "not a Run", "\xff", 1, clock_.Now());
      return absl::OkStatus();
    });
    ASSERT_TRUE(added.ok()) << added;
  }

  static Id JobId() { return DeriveId(Id(), "job", 1, {}); }
  void AddParkedJob() {
    const absl::Status added = database_->WriteAndWait([&](storage::Tx& tx) {
      tx.jobs().Add(tx, {.id = JobId(),
                         .kind = "deliver",
                         .destination = "tax",
                         .application = DeriveId(Id(), "application", 2, {}),
                         .created = clock_.Now() - absl::Minutes(1),
                         .due = clock_.Now()});
      tx.jobs().Park(tx, JobId(), 2, clock_.Now(), "INVALID_ARGUMENT: HTTP 422");
      return absl::OkStatus();
    });
    ASSERT_TRUE(added.ok()) << added;
  }

  static Outcome Run(const std::vector<std::string>& args) {
    return RunFamily(ParkedCommands(), args);
  }
  Outcome RunOnTarget(std::vector<std::string> args) {
    for (const std::string& arg :
         {std::string("--target"), Target(), std::string("--credentials"), Credentials()}) {
      args.push_back(arg);
    }
    return Run(args);
  }

  TempFolder folder_;
  ManualClock clock_{absl::FromUnixSeconds(1'780'000'000)};
  std::unique_ptr<storage::Database> database_;
  rpc::Tokens tokens_;
  std::unique_ptr<service::WaitingService> service_;
  std::unique_ptr<rpc::Server> server_;
};

TEST_F(XiufuctlParkedTest, ListsForPeople) {
  EXPECT_EQ(RunOnTarget({"list"}).out, "没有等待处理的消息 / nothing waits\n");
  AddParked();
  const Outcome list = RunOnTarget({"list"});
  EXPECT_EQ(list.exit_code, 0);
  EXPECT_TRUE(absl::StrContains(list.out, "滞留待处置 / parked")) << list.out;
  EXPECT_TRUE(absl::StrContains(list.out, "intake 1000/7 xiufu.intake.submitted.v1")) << list.out;
  EXPECT_TRUE(absl::StrContains(list.out, "首次收到 / first seen: 2026-05-29 04:26:40"))
      << list.out;
}

TEST_F(XiufuctlParkedTest, ListsForPrograms) {
  EXPECT_EQ(RunOnTarget({"list", "--json"}).out, "{\"messages\":[]}\n");
  AddParked();
  EXPECT_EQ(RunOnTarget({"list", "--json"}).out,
            absl::StrCat("{\"messages\":[{\"id\":1,\"state\":\"PARKED\",\"stream\":\"intake\","
                         "\"epoch\":1000,\"seq\":7,\"type\":\"xiufu.intake.submitted.v1\","
                         "\"application\":\"",
                         DeriveId(Id(), "application", 1, {}).ToString(),
                         "\",\"attempts\":3,\"reason\":\"no such \\\"rule\\\"\","
                         "\"first_seen\":\"2026-05-28T20:26:40.000Z\"},"
                         "{\"id\":1,\"state\":\"POISON\",\"attempts\":0,"
                         "\"reason\":\"queue routing: not a Run (1 bytes)\","
                         "\"first_seen\":\"2026-05-28T20:26:40.000Z\"}]}\n"));
}

TEST_F(XiufuctlParkedTest, FindsAServiceByItsConfiguration) {
  AddParked();
  const Outcome list = Run({"list", "--service", "test", "--config", folder_.path(), "--json"});
  EXPECT_EQ(list.exit_code, 0) << list.error;
  EXPECT_TRUE(absl::StrContains(list.out, "PARKED"));
}

TEST_F(XiufuctlParkedTest, ReplaysAndDiscards) {
  AddParked();
  EXPECT_EQ(RunOnTarget({"replay", "1"}).exit_code, 0);
  EXPECT_TRUE(absl::StrContains(RunOnTarget({"list", "--json"}).out, "\"RETRY\""));
  const Outcome again = RunOnTarget({"replay", "1"});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_TRUE(absl::StrContains(again.error, "FAILED_PRECONDITION")) << again.error;
  ASSERT_TRUE(database_
                  ->WriteAndWait([&](storage::Tx& tx) {
                    tx.waiting().Park(tx, 1, 1, "again");
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_EQ(RunOnTarget({"discard", "1", "--reason", "重复登记"}).exit_code, 0);
  EXPECT_FALSE(absl::StrContains(RunOnTarget({"list", "--json"}).out, "intake"));
}

TEST_F(XiufuctlParkedTest, ListsParkedCalls) {
  AddParkedJob();
  const std::string text = RunOnTarget({"list"}).out;
  for (const std::string& part :
       {absl::StrCat(JobId().ToString(), "  滞留待处置 / parked"),
        std::string("对外调用 / call: deliver → tax"),
        std::string("滞留自 / parked since: 2026-05-29 04:26:40"),
        std::string("提出 / asked for: 2026-05-29 04:25:40"), std::string("attempts: 2"),
        std::string("reason: INVALID_ARGUMENT: HTTP 422")}) {
    EXPECT_TRUE(absl::StrContains(text, part)) << part << " in\n" << text;
  }
  EXPECT_EQ(RunOnTarget({"list", "--json"}).out,
            absl::StrCat("{\"messages\":[{\"job\":{\"id\":\"", JobId().ToString(),
                         "\",\"kind\":\"deliver\",\"destination\":\"tax\","
                         "\"parked_since\":\"2026-05-28T20:26:40.000Z\"},\"state\":\"PARKED\","
                         "\"application\":\"",
                         DeriveId(Id(), "application", 2, {}).ToString(),
                         "\",\"attempts\":2,\"reason\":\"INVALID_ARGUMENT: HTTP 422\","
                         "\"first_seen\":\"2026-05-28T20:25:40.000Z\"}]}\n"));
}

TEST_F(XiufuctlParkedTest, ReplaysACall) {
  AddParkedJob();
  EXPECT_EQ(RunOnTarget({"replay", JobId().ToString()}).exit_code, 0);
  EXPECT_EQ(RunOnTarget({"list", "--json"}).out, "{\"messages\":[]}\n");
  EXPECT_TRUE(
      absl::StrContains(RunOnTarget({"replay", JobId().ToString()}).error, "FAILED_PRECONDITION"));
}

TEST_F(XiufuctlParkedTest, GivesACallUpAndSaysWhatThatMeans) {
  AddParkedJob();
  const Outcome given_up = RunOnTarget({"discard", JobId().ToString(), "--reason", "已书面送达"});
  EXPECT_EQ(given_up.exit_code, 0);
  EXPECT_TRUE(absl::StrContains(given_up.out, "任务仍为未送达")) << given_up.out;
  EXPECT_TRUE(absl::StrContains(given_up.out, "the task stays undelivered")) << given_up.out;
  EXPECT_EQ(RunOnTarget({"list", "--json"}).out, "{\"messages\":[]}\n");
  EXPECT_TRUE(absl::StrContains(RunOnTarget({"list", "--discarded"}).out, "已书面送达"));
  EXPECT_TRUE(absl::StrContains(RunOnTarget({"list", "--discarded", "--json"}).out,
                                "\"discarded\":\"2026-05-28T20:26:40.000Z\","
                                "\"discard_reason\":\"已书面送达\""));
}

TEST_F(XiufuctlParkedTest, WrongCommandLinesTryNothing) {
  for (const std::vector<std::string>& args : {std::vector<std::string>{},
                                               {"list"},
                                               {"list", "1"},
                                               {"replay"},
                                               {"replay", "one"},
                                               {"discard", "1"},
                                               {"discard", JobId().ToString()},
                                               {"replay", "1", "--discarded"},
                                               {"remove", "1"},
                                               {"list", "--color"},
                                               {"list", "--reason"}}) {
    const Outcome wrong = args == std::vector<std::string>{"list"} ? Run(args) : RunOnTarget(args);
    EXPECT_EQ(wrong.exit_code, 2) << absl::StrCat(args.size(), " words");
    EXPECT_TRUE(absl::StrContains(wrong.error, "用法 / usage"));
  }
}

TEST_F(XiufuctlParkedTest, SaysWhyItCouldNot) {
  EXPECT_EQ(Run({"list", "--target", Target(), "--credentials", folder_.path()}).exit_code, 1);
  EXPECT_EQ(Run({"list", "--service", "none", "--config", folder_.path()}).exit_code, 1);
}

}  // namespace
}  // namespace xiufu::ctl
