// What routing says becomes rows and jobs, once.
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
  std::vector<std::string> kinds;
  for (const storage::Job& job : Jobs()) kinds.push_back(job.kind);
  std::sort(kinds.begin(), kinds.end());
  EXPECT_EQ(kinds, (std::vector<std::string>{"deliver", "fault", "supplement", "supplement"}));
  v1::SupplementPassedOn other = PassedOn();
  other.clear_materials();
  EXPECT_EQ(Handle("xiufu.dept.supplement_passed_on.v1", other, "event 4").code(),
            absl::StatusCode::kAlreadyExists);
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
}

}  // namespace
}  // namespace xiufu::department
