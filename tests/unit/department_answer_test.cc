// Answers: their form, and that each counts once.
#include "libs/base/status.h"
#include "services/department_adapter/drivers/answer_codec.h"
#include "tests/unit/department_rig.h"

namespace xiufu::department {
namespace {

constexpr char kTaskText[] = "018f3c1e-0000-7000-8000-000000000001";

std::string Json(const std::string& kind, const std::string& rest = "") {
  return absl::StrCat(R"({"answerId":"A-1","task":")", kTaskText,
                      R"(","answeredAt":"2026-04-02T09:00:00+08:00",)", kind, rest, "}");
}
constexpr char kDecision[] =
    R"("decided":{"outcome":"APPROVED","decisionNo":"1号","decisionDate":"2026-04-02","recordVersion":"3"})";

TEST(DepartmentAnswerJson, GoodAnswers) {
  for (
      const std::string& json :
      {Json(R"("accepted":{})"), Json(R"("accepted":{"documentNo":"受1号"})"),
       Json(R"("supplementRequested":{"defects":["缺少凭证"]})"), Json(kDecision),
       Json(R"("returned":{"reason":"非本机关作出"})"),
       // Whether a refusal is complete is the ledger's to say.
       Json(
           R"("decided":{"outcome":"REFUSED","decisionNo":"1","decisionDate":"2026-04-02","recordVersion":3})")}) {
    EXPECT_TRUE(ParseAnswerJson(json).ok()) << json << ParseAnswerJson(json).status();
  }
}

TEST(DepartmentAnswerJson, EachFieldIsChecked) {
  const std::string many(501, 'x');
  const struct {
    std::string json;
    const char* field;
  } cases[] = {
      {"", ""},
      {"[]", ""},
      {"{", ""},
      {Json(kDecision, R"(,"unknown":1)"), ""},
      {Json("\"accepted\":{\"documentNo\":\"\xFF\"}"), ""},
      {Json(R"("accepted":{},"returned":{"reason":"x"})"), ""},
      {R"({"answerId":"A-1","task":"x","answeredAt":"2026-04-02T09:00:00Z","accepted":{}})",
       "task"},
      {R"({"answerId":"A-1","answeredAt":"2026-04-02T09:00:00Z","accepted":{}})", "task"},
      {absl::StrCat(R"({"task":")", kTaskText,
                    R"(","answeredAt":"2026-04-02T09:00:00Z","accepted":{}})"),
       "answerId"},
      {absl::StrCat(R"({"answerId":")", std::string(65, 'x'), R"(","task":")", kTaskText,
                    R"(","answeredAt":"2026-04-02T09:00:00Z","accepted":{}})"),
       "answerId"},
      {absl::StrCat(R"({"answerId":"1","task":")", kTaskText, R"(","accepted":{}})"), "answeredAt"},
      {absl::StrCat(R"({"answerId":"1","task":")", kTaskText,
                    R"(","answeredAt":"yesterday","accepted":{}})"),
       "answeredAt"},
      {absl::StrCat(R"({"answerId":"1","task":")", kTaskText,
                    R"(","answeredAt":"2026-04-02T09:00:00Z"})"),
       "kind"},
      {Json(R"("accepted":{"documentNo":")" + many + "\"}"), "accepted.documentNo"},
      {Json(R"("supplementRequested":{"defects":[]})"), "supplementRequested.defects"},
      {Json(R"("supplementRequested":{"defects":[""]})"), "supplementRequested.defects[0]"},
      {Json(R"("supplementRequested":{"defects":["x",")" + many + "\"]}"),
       "supplementRequested.defects[1]"},
      {Json(R"("decided":{"decisionNo":"1","decisionDate":"2026-04-02","recordVersion":"3"})"),
       "decided.outcome"},
      {Json(
           R"("decided":{"outcome":7,"decisionNo":"1","decisionDate":"2026-04-02","recordVersion":"3"})"),
       "decided.outcome"},
      {Json(
           R"("decided":{"outcome":"MAYBE","decisionNo":"1","decisionDate":"2026-04-02","recordVersion":"3"})"),
       ""},
      {Json(R"("decided":{"outcome":"APPROVED","decisionDate":"2026-04-02","recordVersion":"3"})"),
       "decided.decisionNo"},
      {Json(
           R"("decided":{"outcome":"APPROVED","decisionNo":"1","decisionDate":"2026-02-30","recordVersion":"3"})"),
       "decided.decisionDate"},
      {Json(R"("decided":{"outcome":"APPROVED","decisionNo":"1","decisionDate":"2026-04-02"})"),
       "decided.recordVersion"},
      {Json(
           R"("decided":{"outcome":"REFUSED","decisionNo":"1","decisionDate":"2026-04-02","recordVersion":"3","remedies":")" +
           std::string(1001, 'x') + "\"}"),
       "decided.remedies"},
      {Json(R"("returned":{})"), "returned.reason"},
  };
  for (const auto& c : cases) {
    const absl::Status status = ParseAnswerJson(c.json).status();
    ASSERT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << c.json;
    ASSERT_FALSE(ViolationsOf(status).empty()) << c.json;
    EXPECT_EQ(ViolationsOf(status)[0].field, c.field) << c.json;
  }
}

TEST(DepartmentAnswerJson, TheFormOfTheJsonIsNoContent) {
  const std::string spaced = absl::StrCat(
      R"( {"answeredAt" : "2026-04-02T09:00:00+08:00", "task":")", kTaskText,
      R"(", "decided" : {"recordVersion":3, "outcome":1,"decisionDate":"2026-04-02","decisionNo":"1号"}, "answerId":"A-1"})");
  EXPECT_EQ(Fingerprint(*ParseAnswerJson(spaced)), Fingerprint(*ParseAnswerJson(Json(kDecision))));
}

class DepartmentAnswers : public DepartmentTest {
 protected:
  void SetUp() override {
    DepartmentTest::SetUp();
    ASSERT_TRUE(Give(GivenTask()).ok());
  }
  absl::Status Receive(const Answer& answer, const std::string& authority = "transport") {
    return Write(
        [&](storage::Tx& tx) { return NewReceiveAnswer()(tx, authority, answer, clock_.Now()); });
  }
};

TEST_F(DepartmentAnswers, AnAnswerIsToldOnce) {
  const Answer answer = ApprovalOf(TestId("task"));
  ASSERT_TRUE(Receive(answer).ok());
  clock_.Advance(absl::Hours(1));
  ASSERT_TRUE(Receive(answer).ok());
  const auto events = Emitted();
  ASSERT_EQ(events.size(), 1u);
  v1::TaskAnswered answered;
  ASSERT_TRUE(answered.ParseFromString(events[0].data));
  EXPECT_EQ(answered.task(), Bytes(TestId("task")));
  EXPECT_EQ(answered.authority_code(), "transport");
  EXPECT_EQ(answered.answer().answer_id(), "A-1");
  EXPECT_EQ(answered.received_at().seconds(), 1775000000);
}

TEST_F(DepartmentAnswers, OtherContentUnderAKnownIdIsRefused) {
  ASSERT_TRUE(Receive(ApprovalOf(TestId("task"))).ok());
  std::vector<Answer> others(6, ApprovalOf(TestId("task")));
  others[0].answered_at = "2026-04-02T09:00:01+08:00";
  std::get<Decided>(others[1].kind).approved = false;
  std::get<Decided>(others[2].kind).decision_no = "2";
  std::get<Decided>(others[3].kind).record_version = 4;
  std::get<Decided>(others[4].kind).reasons = {"x"};
  others[5].kind = Returned{"x"};
  for (const Answer& other : others) {
    EXPECT_EQ(Receive(other).code(), absl::StatusCode::kAlreadyExists);
  }
  EXPECT_EQ(Emitted().size(), 1u);
}

TEST_F(DepartmentAnswers, OfAnotherVersionThanItsTaskADecisionIsRefused) {
  Answer other = ApprovalOf(TestId("task"));
  std::get<Decided>(other.kind).record_version = 4;
  const absl::Status status = Receive(other);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  ASSERT_EQ(ViolationsOf(status).size(), 1u);
  EXPECT_EQ(ViolationsOf(status)[0].field, "decided.recordVersion");
  EXPECT_TRUE(Emitted().empty());
  EXPECT_TRUE(Receive(ApprovalOf(TestId("task"))).ok()) << "the same answer, mended";
}

TEST_F(DepartmentAnswers, SeveralAnswersToOneTaskAreSeveralEvents) {
  ASSERT_TRUE(Receive(ApprovalOf(TestId("task"), "A-1")).ok());
  ASSERT_TRUE(Receive(ApprovalOf(TestId("task"), "A-2")).ok());
  const auto events = Emitted();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_NE(events[0].id, events[1].id);
}

TEST_F(DepartmentAnswers, OnlyToATaskOfItsOwn) {
  EXPECT_EQ(Receive(ApprovalOf(TestId("unknown"))).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Receive(ApprovalOf(TestId("task")), "environment").code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_TRUE(Emitted().empty());
}

}  // namespace
}  // namespace xiufu::department
