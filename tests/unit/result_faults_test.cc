// What a decision must have to be entered in the ledger.
#include <gtest/gtest.h>

#include "services/result_sync/domain/effect.h"
#include "services/result_sync/domain/faults.h"

namespace xiufu::result {
namespace {

TakenAnswer Good(Outcome outcome = Outcome::kApproved) {
  TakenAnswer answer;
  answer.outcome = outcome;
  answer.decision_no = "丹交修〔2026〕1号";
  answer.decision_date = "2026-05-29";
  answer.record_version = 3;
  answer.taken_at =
      absl::FromCivil(absl::CivilMinute(2026, 5, 29, 0, 1), absl::FixedTimeZone(8 * 60 * 60));
  answer.effects = {"END_PUBLICITY@publication", "LIFT_MEASURES@authority"};
  if (outcome == Outcome::kRefused) {
    answer.reasons = {"未履行完毕"};
    answer.remedies = "六十日内申请行政复议";
  }
  return answer;
}

std::string FaultWith(Outcome outcome, void (*spoil)(TakenAnswer&)) {
  TakenAnswer answer = Good(outcome);
  spoil(answer);
  return FaultOf(answer);
}

TEST(FaultsTest, GoodDecisionsHaveNone) {
  EXPECT_EQ(FaultOf(Good(Outcome::kApproved)), "");
  EXPECT_EQ(FaultOf(Good(Outcome::kRefused)), "");
}

TEST(FaultsTest, TheNumberHasOneTo64Characters) {
  EXPECT_NE(FaultWith(Outcome::kApproved, [](TakenAnswer& a) { a.decision_no = ""; }), "");
  EXPECT_NE(
      FaultWith(Outcome::kApproved, [](TakenAnswer& a) { a.decision_no = std::string(65, 'x'); }),
      "");
  // Characters, not bytes.
  EXPECT_EQ(FaultWith(Outcome::kApproved,
                      [](TakenAnswer& a) {
                        a.decision_no.clear();
                        for (int i = 0; i < 64; ++i) a.decision_no += "号";
                      }),
            "");
}

TEST(FaultsTest, TheDateExistsAndIsNotAfterTheDayInShanghai) {
  EXPECT_NE(FaultWith(Outcome::kApproved, [](TakenAnswer& a) { a.decision_date = ""; }), "");
  EXPECT_NE(FaultWith(Outcome::kApproved, [](TakenAnswer& a) { a.decision_date = "2026-02-30"; }),
            "");
  EXPECT_NE(FaultWith(Outcome::kApproved, [](TakenAnswer& a) { a.decision_date = "2026-05-30"; }),
            "");
  EXPECT_EQ(FaultWith(Outcome::kApproved, [](TakenAnswer& a) { a.decision_date = "2026-05-28"; }),
            "");
}

TEST(FaultsTest, ARefusalNeedsReasonsAndRemedies) {
  EXPECT_NE(FaultWith(Outcome::kRefused, [](TakenAnswer& a) { a.reasons.clear(); }), "");
  EXPECT_NE(FaultWith(Outcome::kRefused, [](TakenAnswer& a) { a.reasons = {""}; }), "");
  EXPECT_NE(FaultWith(Outcome::kRefused, [](TakenAnswer& a) { a.remedies.clear(); }), "");
}

TEST(FaultsTest, TheVersionOfTheRecordIsNamed) {
  EXPECT_NE(FaultWith(Outcome::kApproved, [](TakenAnswer& a) { a.record_version = 0; }), "");
}

TEST(FaultsTest, AllAreToldAtOnce) {
  const std::string fault = FaultWith(Outcome::kRefused, [](TakenAnswer& a) {
    a.reasons.clear();
    a.remedies.clear();
    a.decision_no.clear();
  });
  for (const char* part : {"理由", "救济", "文号"}) {
    EXPECT_NE(fault.find(part), std::string::npos) << fault;
  }
}

TEST(EffectsTest, OnlyAnApprovalHasThem) {
  const Decision approval{.answer = Good(Outcome::kApproved)};
  EXPECT_EQ(EffectsOf(approval), (std::vector<Effect>{{"END_PUBLICITY", "publication"},
                                                      {"LIFT_MEASURES", "authority"}}));
  EXPECT_TRUE(EffectsOf(Decision{.answer = Good(Outcome::kRefused)}).empty());
}

TEST(EffectsTest, TheAuthoritysOwnEffectIsConfirmedByItsDecision) {
  EXPECT_TRUE(ConfirmedByDecision({"LIFT_MEASURES", "authority"}));
  EXPECT_FALSE(ConfirmedByDecision({"END_PUBLICITY", "publication"}));
}

}  // namespace
}  // namespace xiufu::result
