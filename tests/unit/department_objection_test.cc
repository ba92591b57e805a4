// An objection on its way to its authority and back: a task like others, under its own path, events
// and answers.
#include "services/department_adapter/drivers/task_json.h"
#include "tests/unit/department_rig.h"

namespace xiufu::department {
namespace {

class DepartmentObjection : public DepartmentTest {
 protected:
  absl::Status GiveIt() { return Handle("xiufu.dept.objection_given.v1", GivenObjection()); }
  absl::Status Receive(const decltype(Answer::kind)& kind, const std::string& id = "O-1",
                       const char* task = "objection task") {
    return Write([&](storage::Tx& tx) {
      return NewReceiveAnswer()(tx, "transport",
                                {id, TestId(task), "2026-04-02T09:00:00+08:00", kind}, TestNow());
    });
  }
};

TEST_F(DepartmentObjection, IsDeliveredWithTheApplicantsWordsFetchedInTheJob) {
  ASSERT_TRUE(GiveIt().ok());
  ASSERT_TRUE(GiveIt().ok()) << "the same again is nothing";
  ASSERT_TRUE(RunOnlyJob().ok());
  EXPECT_EQ(system_.calls.back(), "deliver 李四 " + TestId("objection").ToString().substr(0, 8));
  EXPECT_EQ(Types(), (std::vector<std::string>{"xiufu.adapter.objection_delivered.v1"}));
}

TEST_F(DepartmentObjection, TakesItsOwnAnswersAndNoOthers) {
  ASSERT_TRUE(GiveIt().ok());
  ASSERT_TRUE(Give(GivenTask()).ok());
  EXPECT_EQ(Receive(Accepted{}).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Receive(ObjectionUpheld{"", "更正", {}}, "O-2", "task").code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(Receive(ObjectionUpheld{"异1号", "公示截止期更正", {}}).ok());
  EXPECT_TRUE(Receive(ObjectionUpheld{"异1号", "公示截止期更正", {}}).ok()) << "sent again";
  EXPECT_EQ(Receive(ObjectionUpheld{"异1号", "不更正", {}}).code(),
            absl::StatusCode::kAlreadyExists);
  EXPECT_TRUE(Receive(Returned{"非本机关"}, "O-3").ok());
  EXPECT_EQ(Types(), (std::vector<std::string>{"xiufu.adapter.objection_answered.v1",
                                               "xiufu.adapter.objection_answered.v1"}));
}

TEST_F(DepartmentObjection, ReadsAsOneInJson) {
  ASSERT_TRUE(GiveIt().ok());
  std::optional<StoredTask> stored;
  ASSERT_TRUE(database_
                  ->Read([&](storage::Session& session) {
                    stored = StoredTasks().Find(session, TestId("objection task"));
                    return session.status();
                  })
                  .ok());
  ApplicationFile file;
  file.statement = "罚款金额有误";
  const std::string json = TaskJson(stored->task, file, "http://adapter");
  for (const char* part : {"\"kind\":\"PERIOD\"", "罚款金额有误", "\"objectionNumber\"",
                           "\"decideDue\":\"2026-04-10\""}) {
    EXPECT_NE(json.find(part), std::string::npos) << part << " in " << json;
  }
  EXPECT_NE(json.find(TestId("repair").ToString()), std::string::npos);
}

}  // namespace
}  // namespace xiufu::department
