// Answers: their form, and that each counts once.
#include <google/protobuf/util/json_util.h>

#include <set>

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
       Json(R"("notAccepted":{"reasons":["超出管辖"],"remedies":"可依法申请行政复议"})"),
       Json(
           R"("notAccepted":{"documentNo":"不受1号","reasons":["一","二"],"remedies":"可复议\n可诉讼"})"),
       Json(R"("extended":{"reason":"案情复杂"})"),
       Json(R"("extended":{"documentNo":"延1号","reason":"案情复杂"})"),
       // Whether a refusal is complete is the ledger's to say.
       Json(
           R"("decided":{"outcome":"REFUSED","decisionNo":"1","decisionDate":"2026-04-02","recordVersion":3})")}) {
    EXPECT_TRUE(ParseAnswerJson(json).ok()) << json << ParseAnswerJson(json).status();
  }
}

TEST(DepartmentAnswerJson, EachFieldIsChecked) {
  const std::string many(501, 'x');
  const std::vector<std::string> twenty_one(21, "\"x\"");
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
      {Json(R"("supplementRequested":{"defects":["x"],"missing":[{"defect":1,"kind":"M2"}]})"),
       "supplementRequested.missing[0].defect"},
      {Json(R"("supplementRequested":{"defects":["x"],"missing":[{"defect":-1,"kind":"M2"}]})"),
       "supplementRequested.missing[0].defect"},
      {Json(R"("supplementRequested":{"defects":["x"],"missing":[{"kind":"M2"},{}]})"),
       "supplementRequested.missing[1].kind"},
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
      {Json(R"("notAccepted":{"reasons":["x"],"remedies":"y","documentNo":")" + many + "\"}"),
       "notAccepted.documentNo"},
      {Json(R"("notAccepted":{"remedies":"y"})"), "notAccepted.reasons"},
      {Json(R"("notAccepted":{"reasons":[)" + absl::StrJoin(twenty_one, ",") +
            R"(],"remedies":"y"})"),
       "notAccepted.reasons"},
      {Json(R"("notAccepted":{"reasons":["x",""],"remedies":"y"})"), "notAccepted.reasons[1]"},
      {Json(R"("notAccepted":{"reasons":[")" + many + R"("],"remedies":"y"})"),
       "notAccepted.reasons[0]"},
      {Json(R"("notAccepted":{"reasons":["x"]})"), "notAccepted.remedies"},
      {Json(R"("notAccepted":{"reasons":["x"],"remedies":")" + std::string(1001, 'x') + "\"}"),
       "notAccepted.remedies"},
      {Json(R"("extended":{"reason":"x","documentNo":")" + many + "\"}"), "extended.documentNo"},
      {Json(R"("extended":{})"), "extended.reason"},
      {Json(R"("extended":{"reason":")" + many + "\"}"), "extended.reason"},
      {Json(R"("extended":{"reason":"x","days":5})"), ""},
  };
  for (const auto& c : cases) {
    const absl::Status status = ParseAnswerJson(c.json).status();
    ASSERT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << c.json;
    ASSERT_FALSE(ViolationsOf(status).empty()) << c.json;
    EXPECT_EQ(ViolationsOf(status)[0].field, c.field) << c.json;
  }
}

TEST(DepartmentAnswerJson, EveryKindComesAsItWasSent) {
  const std::string kinds[] = {
      R"("accepted":{"documentNo":"受1号"})",
      R"("supplementRequested":{"defects":["一","二"]})",
      R"("decided":{"outcome":"REFUSED","decisionNo":"1号","decisionDate":"2026-04-02","reasons":["一"],"remedies":"二","recordVersion":"3"})",
      R"("returned":{"reason":"一"})",
      R"("notAccepted":{"documentNo":"1号","reasons":["一","二"],"remedies":"三"})",
      R"("extended":{"documentNo":"1号","reason":"一"})",
  };
  for (const std::string& kind : kinds) {
    std::string json;
    ASSERT_TRUE(
        google::protobuf::util::MessageToJsonString(ToProto(*ParseAnswerJson(Json(kind))), &json)
            .ok());
    EXPECT_EQ(json, Json(kind));
  }
}

// Answers that were taken before there were other kinds are known again.
TEST(DepartmentAnswerJson, FingerprintsStay) {
  const struct {
    const char* kind;
    const char* fingerprint;
  } cases[] = {
      {R"("accepted":{"documentNo":"受1号"})",
       "28781a0a845352e6f87e326bc76224e8d29fc96f02803afa358885e4c0a3c0ac"},
      {R"("supplementRequested":{"defects":["一","二"]})",
       "6e910475c9793e165985dd36c0133938cb7bdbd9b72a5df760e51b22383f7e4e"},
      {kDecision, "a98b06cfa154530343119e6509e2edee491edb053b6b2d8acd88efccf1a86a06"},
      {R"("returned":{"reason":"一"})",
       "d89c95a0196f85ff09c804075c5284731b437c2c482774b5255d1e6bbd9f6a3f"},
      {R"("notAccepted":{"documentNo":"1号","reasons":["一","二"],"remedies":"三"})",
       "8eedb89c368b2d046f5c44dd4bf4d4cd5d4d6ca322ed92d304e35e482047a07c"},
      {R"("extended":{"documentNo":"1号","reason":"一"})",
       "92d0abc682faf71c0bbe6b38442bfe4008b4d473dceda7d9e9fedbec87ba5c00"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(HexEncode(Fingerprint(*ParseAnswerJson(Json(c.kind)))), c.fingerprint) << c.kind;
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

TEST_F(DepartmentAnswers, EveryFieldOfTheOtherKindsIsTheirContent) {
  const NotAccepted refusal{"1号", {"一", "二"}, "三"};
  const Extended extended{"1号", "一"};
  std::vector<Answer> others(8, ApprovalOf(TestId("task")));
  others[0].kind = refusal;
  others[1].kind = NotAccepted{"2号", refusal.reasons, refusal.remedies};
  others[2].kind = NotAccepted{"1号", {"一"}, refusal.remedies};
  others[3].kind = NotAccepted{"1号", {"一", "三"}, refusal.remedies};
  others[4].kind = NotAccepted{"1号", refusal.reasons, "四"};
  others[5].kind = extended;
  others[6].kind = Extended{"2号", "一"};
  others[7].kind = Extended{"1号", "二"};
  std::set<std::string> fingerprints;
  for (const Answer& other : others) fingerprints.insert(Fingerprint(other));
  EXPECT_EQ(fingerprints.size(), others.size());
}

TEST_F(DepartmentAnswers, ThatItWasNotAcceptedAndThatItTakesLongerAreTold) {
  Answer refused = ApprovalOf(TestId("task"), "N-1");
  refused.kind = NotAccepted{"不受1号", {"一", "二"}, "可复议"};
  Answer extended = ApprovalOf(TestId("task"), "E-1");
  extended.kind = Extended{"延1号", "案情复杂"};
  ASSERT_TRUE(Receive(refused).ok());
  ASSERT_TRUE(Receive(extended).ok());
  ASSERT_TRUE(Receive(extended).ok());
  const auto events = Emitted();
  ASSERT_EQ(events.size(), 2u);
  v1::TaskAnswered first, second;
  ASSERT_TRUE(first.ParseFromString(events[0].data));
  ASSERT_TRUE(second.ParseFromString(events[1].data));
  EXPECT_EQ(first.answer().not_accepted().document_no(), "不受1号");
  EXPECT_EQ(first.answer().not_accepted().reasons_size(), 2);
  EXPECT_EQ(first.answer().not_accepted().remedies(), "可复议");
  EXPECT_EQ(second.answer().extended().document_no(), "延1号");
  EXPECT_EQ(second.answer().extended().reason(), "案情复杂");
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
