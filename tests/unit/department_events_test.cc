// What routing says becomes rows and jobs, once.
#include "services/department_adapter/drivers/task_json.h"
#include "tests/unit/department_rig.h"

namespace xiufu::department {
namespace {

using DepartmentEvents = DepartmentTest;

v1::SupplementPassedOn PassedOn(int round = 1) {
  v1::SupplementPassedOn event;
  event.set_task(Bytes(TestId("task")));
  event.set_case_id(Bytes(TestId("task/case")));
  event.set_application(Bytes(TestId("application")));
  event.set_round(round);
  event.mutable_supplemented_at()->set_seconds(1775000100);
  *event.add_materials() = GivenTask().materials(0);
  return event;
}

v1::AnswerFaulty Faulty() {
  v1::AnswerFaulty event;
  event.set_task(Bytes(TestId("task")));
  event.set_case_id(Bytes(TestId("task/case")));
  event.set_application(Bytes(TestId("application")));
  event.set_answer_id("A-1");
  event.set_reason("拒绝决定缺少理由 / a refusal without reasons");
  return event;
}

v1::ReviewOpinion ReviewersOpinion() {
  v1::ReviewOpinion opinion;
  opinion.set_review("r1");
  opinion.set_by("REVIEWER");
  opinion.set_text("整改报告缺页");
  opinion.mutable_given_at()->set_seconds(1775000050);
  return opinion;
}

v1::OpinionPassedOn OpinionAfterwards() {
  v1::OpinionPassedOn event;
  event.set_task(Bytes(TestId("task")));
  event.set_case_id(Bytes(TestId("task/case")));
  event.set_application(Bytes(TestId("application")));
  *event.mutable_opinion() = ReviewersOpinion();
  return event;
}

constexpr char kOpinionGiven[] = "xiufu.dept.opinion_given.v1";

TEST_F(DepartmentEvents, AnOpinionGoesBehindItsTaskOnceAndCallsForNothing) {
  EXPECT_EQ(Handle(kOpinionGiven, OpinionAfterwards()).code(), absl::StatusCode::kNotFound);
  ASSERT_TRUE(Give(GivenTask()).ok());
  ASSERT_TRUE(Handle(kOpinionGiven, OpinionAfterwards(), "opinion").ok());
  std::vector<storage::Job> jobs = Jobs();
  ASSERT_EQ(jobs.size(), 2u);
  const storage::Job advice = jobs[0].kind == "opinion" ? jobs[0] : jobs[1];
  EXPECT_EQ(advice.kind, "opinion");
  EXPECT_EQ(Run(advice).code(), absl::StatusCode::kUnavailable) << "the task is not there yet";
  ASSERT_TRUE(Run(jobs[0].kind == "deliver" ? jobs[0] : jobs[1]).ok());
  ASSERT_TRUE(Run(advice).ok());
  EXPECT_EQ(system_.calls.back(), "opinion REVIEWER 整改报告缺页");
  EXPECT_TRUE(Handle(kOpinionGiven, OpinionAfterwards(), "again").ok());
  EXPECT_TRUE(Jobs().empty()) << "told once";
  v1::OpinionPassedOn other = OpinionAfterwards();
  other.mutable_opinion()->set_text("材料齐全");
  EXPECT_EQ(Handle(kOpinionGiven, other, "other").code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(Types(), std::vector<std::string>{"xiufu.adapter.delivered.v1"});
}

TEST_F(DepartmentEvents, WhatIsKnownAtHandOverIsPartOfTheTask) {
  v1::TaskGiven given = GivenTask();
  *given.add_opinions() = ReviewersOpinion();
  v1::ReviewOpinion& own = *given.add_opinions();
  own.set_review("own");
  own.add_missing("M3");
  own.mutable_given_at()->set_seconds(1775000000);
  ASSERT_TRUE(Give(given).ok());
  EXPECT_EQ(Jobs().size(), 1u) << "no call of its own";
  std::optional<StoredTask> stored;
  ASSERT_TRUE(database_
                  ->Read([&](storage::Session& session) {
                    stored = StoredTasks().Find(session, TestId("task"));
                    return session.status();
                  })
                  .ok());
  const std::string json = TaskJson(stored->task, {}, "http://adapter");
  EXPECT_NE(json.find("\"missing\":[\"M3\"]"), std::string::npos) << json;
  EXPECT_NE(json.find("材料齐全性核对（系统）：未见所列材料"), std::string::npos) << json;
  EXPECT_NE(json.find("整改报告缺页"), std::string::npos) << json;
  EXPECT_TRUE(Give(given).ok());
  given.mutable_opinions(1)->add_missing("M4");
  EXPECT_EQ(Give(given).code(), absl::StatusCode::kAlreadyExists);
}

TEST_F(DepartmentEvents, AboutACancelledTaskNoOpinionIsTold) {
  ASSERT_TRUE(Give(GivenTask()).ok());
  ASSERT_TRUE(Handle(kOpinionGiven, OpinionAfterwards(), "opinion").ok());
  ASSERT_TRUE(Handle("xiufu.dept.task_cancelled.v1", CancelledTask(), "cancelled").ok());
  EXPECT_EQ(Jobs().size(), 1u) << "the task's own job, which settles it";
}

TEST_F(DepartmentEvents, OneQueueAnAuthority) {
  ASSERT_EQ(wiring_.subscriptions.size(), 1u);
  EXPECT_EQ(wiring_.subscriptions[0].queue, "adapter.transport");
  EXPECT_EQ(wiring_.subscriptions[0].patterns, std::vector<std::string>{"dept.transport"});
}

TEST_F(DepartmentEvents, ATaskIsAJobUnderItsOwnId) {
  ASSERT_TRUE(Give(GivenTask()).ok());
  const std::vector<storage::Job> jobs = Jobs();
  ASSERT_EQ(jobs.size(), 1u);
  EXPECT_EQ(jobs[0].id, TestId("task"));
  EXPECT_EQ(jobs[0].kind, "deliver");
  EXPECT_EQ(jobs[0].destination, "transport");
  EXPECT_TRUE(system_.calls.empty()) << "a handler touches only the store";
}

TEST_F(DepartmentEvents, TheSameAgainIsNothingAndOtherContentAConflict) {
  ASSERT_TRUE(Give(GivenTask()).ok());
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_TRUE(Give(GivenTask()).ok());
  EXPECT_TRUE(Jobs().empty());
  v1::TaskGiven other = GivenTask();
  other.set_decide_due("2026-04-16");
  EXPECT_EQ(Give(other).code(), absl::StatusCode::kAlreadyExists);
}

TEST_F(DepartmentEvents, EveryFieldOfATaskIsItsContent) {
  ASSERT_TRUE(Give(GivenTask()).ok());
  const std::function<void(v1::TaskGiven&)> changes[] = {
      [](v1::TaskGiven& e) { e.set_case_id(Bytes(TestId("other"))); },
      [](v1::TaskGiven& e) { e.set_application(Bytes(TestId("other"))); },
      [](v1::TaskGiven& e) { e.set_application_number("other"); },
      [](v1::TaskGiven& e) { e.set_authority_code("other"); },
      [](v1::TaskGiven& e) { e.mutable_record()->set_version(4); },
      [](v1::TaskGiven& e) { e.mutable_record()->set_fine_fen(1); },
      [](v1::TaskGiven& e) { e.mutable_record()->add_penalty_kinds("警告"); },
      [](v1::TaskGiven& e) { e.mutable_record()->set_violation("其他"); },
      [](v1::TaskGiven& e) { e.mutable_rule()->set_rule_id("N36-SER"); },
      [](v1::TaskGiven& e) { e.clear_materials(); },
      [](v1::TaskGiven& e) { e.mutable_materials(0)->set_kind("M3"); },
      [](v1::TaskGiven& e) { e.mutable_given_at()->set_seconds(1); },
  };
  for (const auto& change : changes) {
    v1::TaskGiven event = GivenTask();
    change(event);
    EXPECT_EQ(Give(event).code(), absl::StatusCode::kAlreadyExists) << event.ShortDebugString();
  }
}

TEST_F(DepartmentEvents, NoticesWaitForTheirTask) {
  EXPECT_EQ(Handle("xiufu.dept.supplement_passed_on.v1", PassedOn()).code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(Handle("xiufu.dept.answer_faulty.v1", Faulty()).code(), absl::StatusCode::kNotFound);
}

TEST_F(DepartmentEvents, NoticesAreJobsOnce) {
  ASSERT_TRUE(Give(GivenTask()).ok());
  for (const char* event : {"event 1", "event 2"}) {
    EXPECT_TRUE(Handle("xiufu.dept.supplement_passed_on.v1", PassedOn(), event).ok());
    EXPECT_TRUE(Handle("xiufu.dept.answer_faulty.v1", Faulty(), event).ok());
  }
  EXPECT_TRUE(Handle("xiufu.dept.supplement_passed_on.v1", PassedOn(2), "event 3").ok());
  EXPECT_EQ(JobKinds(), (std::vector<std::string>{"deliver", "fault", "supplement", "supplement"}));
  v1::SupplementPassedOn other = PassedOn();
  other.clear_materials();
  EXPECT_EQ(Handle("xiufu.dept.supplement_passed_on.v1", other, "event 4").code(),
            absl::StatusCode::kAlreadyExists);
}

TEST_F(DepartmentEvents, ACancellationWaitsForItsTask) {
  EXPECT_EQ(Handle("xiufu.dept.task_cancelled.v1", CancelledTask()).code(),
            absl::StatusCode::kNotFound);
}

TEST_F(DepartmentEvents, ACancellationIsAJobOnce) {
  ASSERT_TRUE(Give(GivenTask()).ok());
  ASSERT_TRUE(RunOnlyJob().ok());
  for (const char* event : {"event 1", "event 2"}) {
    EXPECT_TRUE(Handle("xiufu.dept.task_cancelled.v1", CancelledTask(), event).ok());
  }
  const std::vector<storage::Job> jobs = Jobs();
  ASSERT_EQ(jobs.size(), 1u);
  EXPECT_EQ(jobs[0].kind, "cancel");
  EXPECT_EQ(jobs[0].destination, "transport");
  EXPECT_EQ(jobs[0].application, TestId("application"));
  EXPECT_EQ(system_.calls.size(), 1u) << "a handler touches only the store";
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_TRUE(Handle("xiufu.dept.task_cancelled.v1", CancelledTask(), "event 3").ok());
  EXPECT_TRUE(Jobs().empty());
}

TEST_F(DepartmentEvents, AnotherCancellationOfTheSameTaskIsAConflict) {
  ASSERT_TRUE(Give(GivenTask()).ok());
  ASSERT_TRUE(Handle("xiufu.dept.task_cancelled.v1", CancelledTask()).ok());
  EXPECT_EQ(Handle("xiufu.dept.task_cancelled.v1", CancelledTask("DONE_ALREADY")).code(),
            absl::StatusCode::kAlreadyExists);
  v1::TaskCancelled later = CancelledTask();
  later.mutable_cancelled_at()->set_seconds(1775000301);
  EXPECT_EQ(Handle("xiufu.dept.task_cancelled.v1", later).code(), absl::StatusCode::kAlreadyExists);
}

TEST_F(DepartmentEvents, ACancellationDropsWhatIsOnItsWayAboutTheTask) {
  ASSERT_TRUE(Give(GivenTask()).ok());
  ASSERT_TRUE(RunOnlyJob().ok());
  ASSERT_TRUE(Give(GivenTask("another task")).ok());
  ASSERT_TRUE(Handle("xiufu.dept.supplement_passed_on.v1", PassedOn(1), "supplement 1").ok());
  ASSERT_TRUE(Handle("xiufu.dept.supplement_passed_on.v1", PassedOn(2), "supplement 2").ok());
  ASSERT_TRUE(Handle("xiufu.dept.answer_faulty.v1", Faulty(), "fault").ok());
  Park(TestJobId("supplement 2", "supplement"));
  ASSERT_TRUE(Handle("xiufu.dept.task_cancelled.v1", CancelledTask()).ok());
  EXPECT_EQ(JobKinds(), (std::vector<std::string>{"cancel", "deliver"}));
  EXPECT_FALSE(JobCalled(TestJobId("supplement 2", "supplement")).has_value());
  // What is said about it afterwards is known, and nobody is told.
  ASSERT_TRUE(Handle("xiufu.dept.supplement_passed_on.v1", PassedOn(3), "supplement 3").ok());
  v1::AnswerFaulty other = Faulty();
  other.set_answer_id("A-2");
  ASSERT_TRUE(Handle("xiufu.dept.answer_faulty.v1", other, "fault 2").ok());
  EXPECT_EQ(JobKinds(), (std::vector<std::string>{"cancel", "deliver"}));
}

TEST_F(DepartmentEvents, WhatAPersonHasGivenUpStaysInTheList) {
  ASSERT_TRUE(Give(GivenTask()).ok());
  ASSERT_TRUE(RunOnlyJob().ok());
  ASSERT_TRUE(Handle("xiufu.dept.answer_faulty.v1", Faulty(), "fault").ok());
  const Id fault = TestJobId("fault", "fault");
  Park(fault);
  ASSERT_TRUE(Write([&](storage::Tx& tx) {
                return tx.jobs().Discard(tx, fault, "told them by telephone", clock_.Now());
              }).ok());
  ASSERT_TRUE(Handle("xiufu.dept.task_cancelled.v1", CancelledTask()).ok());
  ASSERT_TRUE(JobCalled(fault).has_value());
  EXPECT_EQ(JobCalled(fault)->state, storage::JobState::kDiscarded);
}

TEST_F(DepartmentEvents, BrokenEventsAreNoEvents) {
  v1::TaskGiven no_task = GivenTask();
  no_task.clear_task();
  EXPECT_EQ(Give(no_task).code(), absl::StatusCode::kInvalidArgument);
  v1::TaskGiven bad_hash = GivenTask();
  bad_hash.mutable_materials(0)->set_sha256("short");
  EXPECT_EQ(Give(bad_hash).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Handle("xiufu.dept.supplement_passed_on.v1", PassedOn(0)).code(),
            absl::StatusCode::kInvalidArgument);
  for (const char* cause : {"", "BORED", "withdrawn"}) {
    EXPECT_EQ(Handle("xiufu.dept.task_cancelled.v1", CancelledTask(cause)).code(),
              absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace xiufu::department
