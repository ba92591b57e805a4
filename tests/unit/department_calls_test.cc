// The jobs: what is asked of intake and of the authority, and what is written then.
#include "libs/base/status.h"
#include "services/department_adapter/app/take_events.h"
#include "services/department_adapter/drivers/instant_connector.h"
#include "tests/unit/department_rig.h"

namespace xiufu::department {
namespace {

class DepartmentCalls : public DepartmentTest {
 protected:
  void SetUp() override {
    DepartmentTest::SetUp();
    ASSERT_TRUE(Give(GivenTask()).ok());
  }
};

TEST_F(DepartmentCalls, FetchesDeliversAndTellsRouting) {
  clock_.Advance(absl::Seconds(3));
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_EQ(system_.calls, std::vector<std::string>{"deliver 张三"});
  EXPECT_TRUE(cache_.Has(Sha256(kPaper), sizeof(kPaper) - 1));
  const auto events = Emitted();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].stream, "adapter.transport");
  EXPECT_EQ(events[0].type, "xiufu.adapter.delivered.v1");
  EXPECT_EQ(events[0].subject, absl::StrCat("tasks/", TestId("task").ToString()));
  EXPECT_EQ(events[0].application, TestId("application"));
  EXPECT_EQ(events[0].place, (Place{1, 2}));
  v1::TaskDelivered delivered;
  ASSERT_TRUE(delivered.ParseFromString(events[0].data));
  EXPECT_EQ(delivered.authority_task_no(),
            absl::StrCat("T-", TestId("task").ToString().substr(0, 8)));
  EXPECT_EQ(delivered.delivered_at().seconds(), 1775000003);
}

TEST_F(DepartmentCalls, PapersThatAreThereAreNotFetchedAgain) {
  cache_.bytes[Sha256(kPaper)] = kPaper;
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_EQ(intake_.material_calls, 0);
}

TEST_F(DepartmentCalls, APaperThatDoesNotFitItsHashGoesToNobody) {
  for (const char* wrong : {"%PDF-1.4 other    ", "", "%PDF-1.4 a papeR"}) {
    intake_.bytes = wrong;
    EXPECT_EQ(RunOnlyJob().code(), absl::StatusCode::kDataLoss) << wrong;
  }
  EXPECT_TRUE(system_.calls.empty());
  EXPECT_TRUE(cache_.bytes.empty());
}

TEST_F(DepartmentCalls, IntakeAwayIsTriedAgain) {
  intake_.status = absl::UnavailableError("away");
  EXPECT_EQ(RunOnlyJob().code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(system_.calls.empty());
}

TEST_F(DepartmentCalls, AfterAnUnknownOutcomeItAsksFirst) {
  storage::Job job = Jobs()[0];
  system_.status = absl::UnavailableError("no answer");
  EXPECT_EQ(Run(job).code(), absl::StatusCode::kUnavailable);
  job.attempts = 1;
  system_.query = Receipt{"T-77", std::nullopt};
  ASSERT_TRUE(Run(job).ok());
  EXPECT_EQ(system_.calls, (std::vector<std::string>{"deliver 张三", "query"}));
  v1::TaskDelivered delivered;
  ASSERT_TRUE(delivered.ParseFromString(Emitted()[0].data));
  EXPECT_EQ(delivered.authority_task_no(), "T-77");
}

TEST_F(DepartmentCalls, AfterARestartItAsksFirst) {
  clock_.Advance(absl::Seconds(1));
  Rewire();
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_EQ(system_.calls, (std::vector<std::string>{"query", "deliver 张三"}));
}

TEST_F(DepartmentCalls, WhenItCannotAskItDoesNotSend) {
  storage::Job job = Jobs()[0];
  job.attempts = 1;
  system_.query = absl::UnavailableError("away");
  EXPECT_EQ(Run(job).code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(system_.calls, std::vector<std::string>{"query"});
}

TEST_F(DepartmentCalls, ARefusalForGoodIsAPersonsTurn) {
  system_.status = absl::AlreadyExistsError("409");
  EXPECT_EQ(RunOnlyJob().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_TRUE(Emitted().empty());
}

TEST_F(DepartmentCalls, WhatTheOtherSideAskedForIsKeptTo) {
  system_.status = WithReason(absl::UnavailableError("503"), "RETRY_AFTER", {{"seconds", "7"}});
  const storage::Job job = Jobs()[0];
  const service::JobOutcome outcome =
      wiring_.jobs.by_kind[job.kind](job, clock_.Now(), clock_.Now() + absl::Seconds(20));
  EXPECT_EQ(outcome.retry_at_least, absl::Seconds(7));
}

TEST_F(DepartmentCalls, ASupplementFollowsItsTask) {
  v1::SupplementPassedOn event;
  event.set_task(Bytes(TestId("task")));
  event.set_round(1);
  event.mutable_supplemented_at()->set_seconds(1775000100);
  ASSERT_TRUE(Handle("xiufu.dept.supplement_passed_on.v1", event).ok());
  storage::Job supplement, deliver;
  for (const storage::Job& job : Jobs()) (job.kind == "deliver" ? deliver : supplement) = job;
  EXPECT_EQ(Run(supplement).code(), absl::StatusCode::kUnavailable);
  ASSERT_TRUE(Run(deliver).ok());
  ASSERT_TRUE(Run(supplement).ok());
  EXPECT_EQ(system_.calls, (std::vector<std::string>{"deliver 张三", "supplement 1"}));
  EXPECT_TRUE(Jobs().empty());
}

TEST_F(DepartmentCalls, WhatTheCaseHeldGoesTheSameWay) {
  ASSERT_TRUE(RunOnlyJob().ok());
  v1::SupplementPassedOn event;
  event.set_task(Bytes(TestId("task")));
  event.set_round(-1);
  event.mutable_supplemented_at()->set_seconds(1775000100);
  EXPECT_FALSE(Handle("xiufu.dept.supplement_passed_on.v1", event).ok()) << "to which request?";
  event.set_answer_id("A-1");
  event.add_fetched("M4");
  ASSERT_TRUE(Handle("xiufu.dept.supplement_passed_on.v1", event).ok());
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_EQ(system_.calls.back(), "supplement -1 A-1 M4");
}

TEST_F(DepartmentCalls, AFaultGoesBackToTheAuthority) {
  ASSERT_TRUE(RunOnlyJob().ok());
  v1::AnswerFaulty event;
  event.set_task(Bytes(TestId("task")));
  event.set_answer_id("A-1");
  event.set_reason("缺少理由");
  ASSERT_TRUE(Handle("xiufu.dept.answer_faulty.v1", event).ok());
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_EQ(system_.calls.back(), "fault A-1");
}

v1::ReminderGiven ReminderOf(const char* kind) {
  v1::ReminderGiven event;
  event.set_task(Bytes(TestId("task")));
  event.set_kind(kind);
  event.set_deadline_kind("DECIDE");
  event.set_due_date("2026-06-12");
  event.mutable_given_at()->set_seconds(1775000100);
  return event;
}

TEST_F(DepartmentCalls, AReminderFollowsItsTaskInWords) {
  ASSERT_TRUE(Handle("xiufu.dept.reminder_given.v1", ReminderOf("DUE_SOON")).ok());
  storage::Job reminder, deliver;
  for (const storage::Job& job : Jobs()) (job.kind == "deliver" ? deliver : reminder) = job;
  EXPECT_EQ(Run(reminder).code(), absl::StatusCode::kUnavailable);
  ASSERT_TRUE(Run(deliver).ok());
  ASSERT_TRUE(Run(reminder).ok());
  EXPECT_EQ(system_.calls.back(), "reminder DUE_SOON");
  EXPECT_EQ(
      system_.reminded->text,
      "提醒：本件作出决定期限为2026-06-12，即将届满 / Reminder: the decision is due on 2026-06-12");
  EXPECT_TRUE(Jobs().empty());
  EXPECT_EQ(Emitted().size(), 1u) << "it asks for no answer";
}

TEST_F(DepartmentCalls, WhatAPersonWroteStaysAndUnknownReminderIsRefused) {
  ASSERT_TRUE(RunOnlyJob().ok());
  v1::ReminderGiven order = ReminderOf("SUPERVISION_ORDER");
  order.set_text("请于三日内办理");
  ASSERT_TRUE(Handle("xiufu.dept.reminder_given.v1", order).ok());
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_EQ(system_.reminded->text, "请于三日内办理");
  EXPECT_FALSE(Handle("xiufu.dept.reminder_given.v1", ReminderOf("HINT"), "other").ok());
}

TEST_F(DepartmentCalls, ThereIsNoReminderAboutWhatIsCancelled) {
  ASSERT_TRUE(RunOnlyJob().ok());
  ASSERT_TRUE(Handle("xiufu.dept.reminder_given.v1", ReminderOf("OVERDUE")).ok());
  ASSERT_TRUE(Handle("xiufu.dept.task_cancelled.v1", CancelledTask(), "cancelled").ok());
  ASSERT_TRUE(Handle("xiufu.dept.reminder_given.v1", ReminderOf("OVERDUE"), "later").ok());
  for (const storage::Job& job : Jobs()) EXPECT_EQ(job.kind, "cancel");
}

class DepartmentCancellations : public DepartmentCalls {
 protected:
  void Cancel() {
    ASSERT_TRUE(Handle("xiufu.dept.task_cancelled.v1", CancelledTask(), "cancelled").ok());
  }
  // When its authority was told; nothing when it was not.
  std::optional<absl::Time> ToldAt() {
    std::optional<absl::Time> told;
    EXPECT_TRUE(database_
                    ->Read([&](storage::Session& session) {
                      storage::Query query = session.Sql("SELECT delivered_at FROM cancellation");
                      if (query.Next() && !query.IsNull(0)) told = query.TimeAt(0);
                      return session.status();
                    })
                    .ok());
    return told;
  }
  const Id cancellation_ = TestJobId("cancelled", "cancellation");
};

TEST_F(DepartmentCancellations, TheAuthorityIsToldInWords) {
  ASSERT_TRUE(RunOnlyJob().ok());
  Cancel();
  EXPECT_EQ(ToldAt(), std::nullopt);
  clock_.Advance(absl::Seconds(5));
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_EQ(system_.calls, (std::vector<std::string>{"deliver 张三", "cancel WITHDRAWN"}));
  EXPECT_EQ(system_.cancelled->id, cancellation_);
  EXPECT_EQ(system_.cancelled->task, TestId("task"));
  EXPECT_EQ(
      system_.cancelled->reason,
      "申请人已撤回本件，无需再办理 / The applicant has withdrawn this case; no answer is needed "
      "any more");
  EXPECT_EQ(system_.cancelled->cancelled_at, absl::FromUnixSeconds(1775000300));
  EXPECT_EQ(ToldAt(), clock_.Now());
  EXPECT_TRUE(Jobs().empty());
}

TEST_F(DepartmentCancellations, ATaskThatWasNeverSentIsNotSentAndNotCancelled) {
  Cancel();
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_TRUE(Jobs().empty());
  EXPECT_TRUE(system_.calls.empty());
  EXPECT_EQ(intake_.file_calls, 0);
  EXPECT_TRUE(Emitted().empty());
  EXPECT_EQ(ToldAt(), std::nullopt);
}

TEST_F(DepartmentCancellations, ATaskThatMayHaveArrivedIsAskedFor) {
  storage::Job job = Jobs()[0];
  system_.status = absl::UnavailableError("no answer");
  ASSERT_EQ(Run(job).code(), absl::StatusCode::kUnavailable);
  job.attempts = 1;
  Cancel();
  system_.query = absl::UnavailableError("away");
  EXPECT_EQ(Run(job).code(), absl::StatusCode::kUnavailable);
  system_.query = Receipt{"T-77", std::nullopt};
  ASSERT_TRUE(Run(job).ok());
  EXPECT_EQ(Types(), std::vector<std::string>{"xiufu.adapter.delivered.v1"});
  system_.status = absl::OkStatus();
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_EQ(system_.calls,
            (std::vector<std::string>{"deliver 张三", "query", "query", "cancel WITHDRAWN"}));
}

TEST_F(DepartmentCancellations, ATaskThatDidNotArriveIsSentNoMore) {
  storage::Job job = Jobs()[0];
  job.attempts = 1;
  Cancel();
  ASSERT_TRUE(Run(job).ok());
  EXPECT_EQ(system_.calls, std::vector<std::string>{"query"});
  EXPECT_TRUE(Jobs().empty());
  EXPECT_TRUE(Emitted().empty());
}

TEST_F(DepartmentCancellations, CancelledWhileItIsDeliveredItIsCancelledBehindIt) {
  intake_.before_file = [this] { Cancel(); };
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_EQ(JobKinds(), std::vector<std::string>{"cancel"});
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_EQ(system_.calls, (std::vector<std::string>{"deliver 张三", "cancel WITHDRAWN"}));
}

TEST_F(DepartmentCancellations, ADeliveryThatWaitsForAPersonWaitsNoMore) {
  Park(TestId("task"));
  Cancel();
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_EQ(system_.calls, std::vector<std::string>{"query"});
  EXPECT_FALSE(JobCalled(TestId("task")).has_value());
}

// Whether it arrived before it was given up is not known; the authority says.
TEST_F(DepartmentCancellations, ADeliveryThatAPersonGaveUpIsCancelled) {
  Park(TestId("task"));
  ASSERT_TRUE(Write([&](storage::Tx& tx) {
                return tx.jobs().Discard(tx, TestId("task"), "by letter", clock_.Now());
              }).ok());
  Cancel();
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_EQ(system_.calls, std::vector<std::string>{"cancel WITHDRAWN"});
}

TEST_F(DepartmentCancellations, AfterARestartItIsToldUnderTheSameId) {
  ASSERT_TRUE(RunOnlyJob().ok());
  Cancel();
  clock_.Advance(absl::Seconds(1));
  Rewire();
  // The process ends between the call and what is written of it.
  const storage::Job job = Jobs()[0];
  EXPECT_EQ(
      wiring_.jobs.by_kind[job.kind](job, clock_.Now(), clock_.Now() + absl::Seconds(20)).kind,
      service::JobOutcome::Kind::kDone);
  clock_.Advance(absl::Seconds(1));
  Rewire();
  EXPECT_EQ(Jobs()[0].id, cancellation_);
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_EQ(system_.calls,
            (std::vector<std::string>{"deliver 张三", "cancel WITHDRAWN", "cancel WITHDRAWN"}));
  EXPECT_EQ(system_.cancelled->id, cancellation_);
  EXPECT_TRUE(Jobs().empty());
}

// Killed before the outcome of the delivery was written: nothing says that it was tried.
TEST_F(DepartmentCancellations, AfterARestartATaskThatMayHaveArrivedIsAskedFor) {
  Cancel();
  clock_.Advance(absl::Seconds(1));
  Rewire();
  system_.query = Receipt{"T-77", std::nullopt};
  ASSERT_TRUE(RunOnlyJob().ok());
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_EQ(system_.calls, (std::vector<std::string>{"query", "cancel WITHDRAWN"}));
}

TEST_F(DepartmentCancellations, AnAuthorityThatIsAwayIsToldLater) {
  ASSERT_TRUE(RunOnlyJob().ok());
  Cancel();
  system_.status = absl::UnavailableError("away");
  EXPECT_EQ(RunOnlyJob().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ToldAt(), std::nullopt);
  system_.status = absl::OkStatus();
  EXPECT_TRUE(RunOnlyJob().ok());
}

TEST_F(DepartmentCancellations, AnAnswerThatStillComesIsPassedOn) {
  ASSERT_TRUE(RunOnlyJob().ok());
  Cancel();
  ASSERT_TRUE(RunOnlyJob().ok());
  ASSERT_TRUE(Write([&](storage::Tx& tx) {
                return NewReceiveAnswer()(tx, "transport", ApprovalOf(TestId("task")),
                                          clock_.Now());
              }).ok());
  EXPECT_EQ(Types(),
            (std::vector<std::string>{"xiufu.adapter.delivered.v1", "xiufu.adapter.answered.v1"}));
}

TEST_F(DepartmentCancellations, AnInstantSystemIsTold) {
  InstantConnector instant;
  connector_ = &instant;
  Rewire();
  ASSERT_TRUE(RunOnlyJob().ok());
  Cancel();
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_NE(ToldAt(), std::nullopt);
}

TEST_F(DepartmentCancellations, EveryCauseHasItsWords) {
  EXPECT_TRUE(CheckMessages(messages_).ok());
  EXPECT_EQ(CheckMessages(catalogue::Messages()).code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(DepartmentCalls, AnInstantSystemDecidesInTheSameBreath) {
  InstantConnector instant;
  connector_ = &instant;
  Rewire();
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_EQ(intake_.file_calls, 0);
  EXPECT_EQ(Types(),
            (std::vector<std::string>{"xiufu.adapter.delivered.v1", "xiufu.adapter.answered.v1"}));
  v1::TaskAnswered answered;
  ASSERT_TRUE(answered.ParseFromString(Emitted()[1].data));
  EXPECT_EQ(answered.answer().decided().outcome(), v1::Answer::APPROVED);
  EXPECT_EQ(answered.answer().decided().record_version(), 3u);
  EXPECT_EQ(answered.answer().decided().decision_date(), "2026-04-01");
}

TEST_F(DepartmentCalls, AnAuthorityWithoutConnectorIsTriedAgain) {
  wiring_ = WireDepartmentAdapter({database_.get(), &clock_, {}, &intake_, &cache_, &messages_});
  EXPECT_EQ(RunOnlyJob().code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace xiufu::department
