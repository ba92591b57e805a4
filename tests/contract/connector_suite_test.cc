// What every connector promises, whatever stands behind it. A new kind of system adds a Party and
// one line at the end.
#include <gtest/gtest.h>

#include <thread>

#include "services/department_adapter/drivers/event_codec.h"
#include "tests/contract/connector_party.h"
#include "tests/unit/department_rig.h"

namespace xiufu::department {
namespace {

struct NamedParty {
  const char* name;
  PartyFactory make;
};

class ConnectorSuite : public ::testing::TestWithParam<NamedParty> {
 protected:
  static absl::Time Deadline() { return absl::Now() + absl::Seconds(20); }
  static Task TaskCalled(absl::string_view tag) {
    return *DecodeTaskGiven(GivenTask(tag).SerializeAsString());
  }
  static Task ObjectionCalled(absl::string_view tag) {
    Task task = *DecodeObjectionGiven(GivenObjection().SerializeAsString());
    task.id = TestId(tag);
    return task;
  }
  static Supplement SupplementTo(const Task& task) {
    return {TestId("supplement"), task.id, 1, task.materials, TestNow()};
  }
  static Cancellation CancellationOf(const Task& task) {
    return {TestId("cancellation"), task.id, "WITHDRAWN", "申请人已撤回 / withdrawn", TestNow()};
  }

  const std::unique_ptr<Party> party_ = GetParam().make();
  Connector& connector_ = party_->connector();
  const ApplicationFile file_ = {{"张三", "13800000000", "HANDLER"},
                                 {{TestId("paper"), "承诺书.pdf"}},
                                 {{TestId("task/case"), 1, "补充说明"}}};
  const ApplicationFile words_ = {.applicant = {"张三", "13800000000", "HANDLER"},
                                  .file_names = {{TestId("paper"), "处罚决定书.pdf"}},
                                  .statement = "公示的罚款金额与决定书不一致"};
  const Task task_ = TaskCalled("task");
  const Task objection_ = ObjectionCalled("objection task");
};

TEST_P(ConnectorSuite, DeliveringAgainGivesTheSameNumber) {
  absl::StatusOr<Receipt> first = connector_.Deliver(task_, file_, Deadline());
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_FALSE(first->authority_task_no.empty());
  EXPECT_LE(first->authority_task_no.size(), 64u);
  absl::StatusOr<Receipt> again = connector_.Deliver(task_, file_, Deadline());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->authority_task_no, first->authority_task_no);
  absl::StatusOr<Receipt> other = connector_.Deliver(TaskCalled("other"), file_, Deadline());
  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_NE(other->authority_task_no, first->authority_task_no);
}

TEST_P(ConnectorSuite, OtherContentUnderAKnownIdIsRefused) {
  ASSERT_TRUE(connector_.Deliver(task_, file_, Deadline()).ok());
  Task other = task_;
  other.decide_due = "2026-05-01";
  EXPECT_EQ(connector_.Deliver(other, file_, Deadline()).status().code(),
            absl::StatusCode::kAlreadyExists);
}

TEST_P(ConnectorSuite, QueryTellsWhetherATaskArrived) {
  EXPECT_EQ(connector_.Query(task_, Deadline()).status().code(), absl::StatusCode::kNotFound);
  absl::StatusOr<Receipt> receipt = connector_.Deliver(task_, file_, Deadline());
  ASSERT_TRUE(receipt.ok()) << receipt.status();
  absl::StatusOr<Receipt> found = connector_.Query(task_, Deadline());
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->authority_task_no, receipt->authority_task_no);
}

TEST_P(ConnectorSuite, DeliveredAtOnceByManyItIsOneTask) {
  std::vector<std::string> numbers(8);
  std::vector<std::thread> threads;
  for (std::string& number : numbers) {
    threads.emplace_back([&] {
      absl::StatusOr<Receipt> receipt = connector_.Deliver(task_, file_, Deadline());
      number = receipt.ok() ? receipt->authority_task_no : receipt.status().ToString();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(numbers, std::vector<std::string>(8, numbers[0]));
  EXPECT_EQ(connector_.Query(task_, Deadline())->authority_task_no, numbers[0]);
}

TEST_P(ConnectorSuite, ASupplementMayBePassedOnAgain) {
  const Supplement supplement = SupplementTo(task_);
  EXPECT_EQ(connector_.PassOn(task_, supplement, file_, Deadline()).code(),
            absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(connector_.Deliver(task_, file_, Deadline()).ok());
  for (int i = 0; i < 2; ++i) {
    const absl::Status status = connector_.PassOn(task_, supplement, file_, Deadline());
    EXPECT_TRUE(status.ok()) << status;
  }
  Supplement other = supplement;
  other.materials.clear();
  EXPECT_EQ(connector_.PassOn(task_, other, file_, Deadline()).code(),
            absl::StatusCode::kAlreadyExists);
}

TEST_P(ConnectorSuite, ATaskMayCarryAnOpinion) {
  Task task = task_;
  task.opinions = {{Id(), task.id, "own", "", "未见所列材料 / not found", {"M3"}, TestNow()}};
  absl::StatusOr<Receipt> receipt = connector_.Deliver(task, file_, Deadline());
  ASSERT_TRUE(receipt.ok()) << receipt.status();
  EXPECT_EQ(connector_.Deliver(task, file_, Deadline())->authority_task_no,
            receipt->authority_task_no);
}

TEST_P(ConnectorSuite, AnOpinionMayBeGivenAgain) {
  const Opinion opinion{TestId("opinion"), task_.id, "r1",     "REVIEWER",
                        "整改报告缺页",    {},       TestNow()};
  EXPECT_EQ(connector_.Advise(task_, opinion, Deadline()).code(),
            absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(connector_.Deliver(task_, file_, Deadline()).ok());
  for (int i = 0; i < 2; ++i) {
    const absl::Status status = connector_.Advise(task_, opinion, Deadline());
    EXPECT_TRUE(status.ok()) << status;
  }
  Opinion other = opinion;
  other.text = "材料齐全";
  EXPECT_EQ(connector_.Advise(task_, other, Deadline()).code(), absl::StatusCode::kAlreadyExists);
}

TEST_P(ConnectorSuite, AFaultMayBeToldAgain) {
  Task task = task_;
  task.materials.clear();
  Fault fault{TestId("fault"), task.id, "", "拒绝决定缺少理由"};
  EXPECT_EQ(connector_.Complain(task, fault, Deadline()).code(),
            absl::StatusCode::kFailedPrecondition);
  absl::StatusOr<Receipt> receipt = connector_.Deliver(task, file_, Deadline());
  ASSERT_TRUE(receipt.ok()) << receipt.status();
  fault.answer_id = party_->AnswerIdOf(task, *receipt);
  // It answers in its own time, and before it has there is no answer to complain about.
  absl::Status status;
  const absl::Time give_up = Deadline();
  do {
    status = connector_.Complain(task, fault, Deadline());
    std::this_thread::yield();
  } while (absl::IsFailedPrecondition(status) && absl::Now() < give_up);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_TRUE(connector_.Complain(task, fault, Deadline()).ok());
}

TEST_P(ConnectorSuite, AReminderMayBeGivenAgainAndIsNothingWhereThereIsNoTask) {
  const Reminder reminder{TestId("reminder"), task_.id,     "DUE_SOON", "即将届满 / due soon",
                          "DECIDE",           "2026-06-12", "",         TestNow()};
  EXPECT_TRUE(connector_.Remind(task_, reminder, Deadline()).ok());
  ASSERT_TRUE(connector_.Deliver(task_, file_, Deadline()).ok());
  for (int i = 0; i < 2; ++i) {
    const absl::Status status = connector_.Remind(task_, reminder, Deadline());
    EXPECT_TRUE(status.ok()) << status;
  }
  Reminder other = reminder;
  other.text = "另一内容 / other words";
  EXPECT_EQ(connector_.Remind(task_, other, Deadline()).code(), absl::StatusCode::kAlreadyExists);
}

TEST_P(ConnectorSuite, ACancellationMayBeToldAgain) {
  ASSERT_TRUE(connector_.Deliver(task_, file_, Deadline()).ok());
  const Cancellation cancellation = CancellationOf(task_);
  for (int i = 0; i < 2; ++i) {
    const absl::Status status = connector_.Cancel(task_, cancellation, Deadline());
    EXPECT_TRUE(status.ok()) << status;
  }
  Cancellation other = cancellation;
  other.cause = "DONE_ALREADY";
  EXPECT_EQ(connector_.Cancel(task_, other, Deadline()).code(), absl::StatusCode::kAlreadyExists);
}

TEST_P(ConnectorSuite, WhereATaskNeverArrivedThereIsNothingToCancel) {
  const absl::Status status = connector_.Cancel(task_, CancellationOf(task_), Deadline());
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(connector_.Query(task_, Deadline()).status().code(), absl::StatusCode::kNotFound);
}

// A crash forgets what was sent: it may come once more behind the cancellation.
TEST_P(ConnectorSuite, BehindACancellationEverythingIsAcknowledgedAsBefore) {
  absl::StatusOr<Receipt> receipt = connector_.Deliver(task_, file_, Deadline());
  ASSERT_TRUE(receipt.ok()) << receipt.status();
  ASSERT_TRUE(connector_.Cancel(task_, CancellationOf(task_), Deadline()).ok());
  absl::StatusOr<Receipt> again = connector_.Deliver(task_, file_, Deadline());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->authority_task_no, receipt->authority_task_no);
  absl::StatusOr<Receipt> found = connector_.Query(task_, Deadline());
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->authority_task_no, receipt->authority_task_no);
  const absl::Status status = connector_.PassOn(task_, SupplementTo(task_), file_, Deadline());
  EXPECT_TRUE(status.ok()) << status;
}

TEST_P(ConnectorSuite, AnObjectionIsDeliveredOnceBesideTheRepairItIsAbout) {
  EXPECT_EQ(connector_.Query(objection_, Deadline()).status().code(), absl::StatusCode::kNotFound);
  absl::StatusOr<Receipt> repair = connector_.Deliver(task_, file_, Deadline());
  ASSERT_TRUE(repair.ok()) << repair.status();
  absl::StatusOr<Receipt> first = connector_.Deliver(objection_, words_, Deadline());
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_FALSE(first->authority_task_no.empty());
  EXPECT_NE(first->authority_task_no, repair->authority_task_no);
  absl::StatusOr<Receipt> again = connector_.Deliver(objection_, words_, Deadline());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->authority_task_no, first->authority_task_no);
  absl::StatusOr<Receipt> found = connector_.Query(objection_, Deadline());
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->authority_task_no, first->authority_task_no);
  absl::StatusOr<Receipt> other =
      connector_.Deliver(ObjectionCalled("another objection"), words_, Deadline());
  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_NE(other->authority_task_no, first->authority_task_no);
}

TEST_P(ConnectorSuite, AnObjectionInOtherWordsUnderAKnownIdIsRefused) {
  ASSERT_TRUE(connector_.Deliver(objection_, words_, Deadline()).ok());
  ApplicationFile others = words_;
  others.statement = "公示期限有误";
  EXPECT_EQ(connector_.Deliver(objection_, others, Deadline()).status().code(),
            absl::StatusCode::kAlreadyExists);
}

TEST_P(ConnectorSuite, AnObjectionThatIsWithdrawnIsCancelledAsATaskIs) {
  EXPECT_TRUE(connector_.Cancel(objection_, CancellationOf(objection_), Deadline()).ok());
  absl::StatusOr<Receipt> receipt = connector_.Deliver(objection_, words_, Deadline());
  ASSERT_TRUE(receipt.ok()) << receipt.status();
  for (int i = 0; i < 2; ++i) {
    const absl::Status status =
        connector_.Cancel(objection_, CancellationOf(objection_), Deadline());
    EXPECT_TRUE(status.ok()) << status;
  }
  absl::StatusOr<Receipt> again = connector_.Deliver(objection_, words_, Deadline());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->authority_task_no, receipt->authority_task_no);
}

INSTANTIATE_TEST_SUITE_P(All, ConnectorSuite,
                         ::testing::Values(NamedParty{"Memory", NewMemoryParty},
                                           NamedParty{"Push", NewPushParty}),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace xiufu::department
