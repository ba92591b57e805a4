// What an authority did by itself is the answer of the case about that record.
#include <gtest/gtest.h>

#include "tests/unit/routing_rig.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/routing/v1/events.pb.h"

namespace xiufu::routing {
namespace {

class RoutingReportedTest : public ::testing::Test {
 protected:
  void Feed(std::initializer_list<messaging::EncodedEvent> events) { rig_.Deliver(events); }
  std::string State() { return rig_.One("SELECT state FROM kase"); }
  std::vector<routing::v1::AnswerTaken> Taken() {
    return rig_.EmittedAs<routing::v1::AnswerTaken>("xiufu.routing.answer_taken.v1");
  }

  RoutingRig rig_;
  Upstream up_{RoutingRig::kStart};
};

TEST_F(RoutingReportedTest, AMovedOutRecordIsAnApproval) {
  Feed({up_.Submitted(), up_.Delivered(1), up_.ResultReported(2, "MOVED_OUT")});
  EXPECT_EQ(State(), "5");
  const auto taken = Taken();
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].reported_by(), "丹交函〔2026〕7号");
  EXPECT_EQ(taken[0].result_word(), "移出");
  EXPECT_EQ(taken[0].taken_at().seconds(), absl::ToUnixSeconds(up_.At(2)));
  const department::v1::Answer::Decided& decided = taken[0].answer().decided();
  EXPECT_EQ(decided.outcome(), department::v1::Answer::APPROVED);
  EXPECT_EQ(decided.decision_date(), "2026-05-29");
  EXPECT_EQ(decided.record_version(), 3u);
  EXPECT_EQ(decided.reasons(0), "整改到位");
  EXPECT_EQ(rig_.One("SELECT counts || kind FROM answer"), "1DECIDED");

  Feed({up_.Entered(3, ""), up_.LoopClosed(4)});
  EXPECT_EQ(State(), "6");
  EXPECT_EQ(rig_.Waiting().parked, 0);
}

TEST_F(RoutingReportedTest, AnAnnulledRecordEndsTheCaseWithoutARepair) {
  Feed({up_.Submitted(), up_.Accepted(1, "a1"), up_.ResultReported(2, "ANNULLED")});
  EXPECT_EQ(rig_.One("SELECT state || '/' || result FROM kase"), "5/3");
  ASSERT_EQ(Taken().size(), 1u);
  EXPECT_EQ(Taken()[0].answer().decided().outcome(), department::v1::Answer::RECORD_WITHDRAWN);
}

TEST_F(RoutingReportedTest, EveryOpenCaseAboutTheRecordIsAnsweredAndNoOther) {
  Upstream two(RoutingRig::kStart, 2);
  Feed({two.Submitted(), two.ResultReported(1, "MOVED_OUT", 3, 1)});
  EXPECT_EQ(rig_.Column("SELECT state FROM kase ORDER BY id"),
            (std::vector<std::string>{"1", "5"}));
}

TEST_F(RoutingReportedTest, ADraftThatWasSubmittedAfterwardsIsAnsweredWhenItsCaseIsOpened) {
  Feed({up_.ResultReported(-1, "MOVED_OUT")});
  EXPECT_EQ(rig_.Emitted().size(), 0u);
  Feed({up_.Submitted()});
  EXPECT_EQ(State(), "5");
  EXPECT_EQ(Taken().size(), 1u);
}

TEST_F(RoutingReportedTest, AnApplicationThatWasMadeKnowingItIsNotAnsweredByIt) {
  Feed({up_.ResultReported(-1, "MOVED_OUT", /*found_version=*/2), up_.Submitted()});
  EXPECT_EQ(State(), "1");
}

TEST_F(RoutingReportedTest, ItWaitsForNoSupplementAndTheOneThatComesLateIsNothing) {
  Feed({up_.Submitted(), up_.SupplementAsked(1, "a1"), up_.ResultReported(2, "MOVED_OUT")});
  EXPECT_EQ(State(), "5");
  Feed({up_.Supplemented(3), up_.Entered(4, "")});
  EXPECT_EQ(State(), "6");
  EXPECT_EQ(rig_.Waiting().parked, 0);
  EXPECT_EQ(rig_.One("SELECT count(*) FROM early_input"), "0");
}

TEST_F(RoutingReportedTest, WhileTheApplicantHadTheTurnNothingGrewLate) {
  Feed({up_.Submitted(), up_.Delivered(1), up_.SupplementAsked(2, "a1"),
        up_.ResultReported(30 * 24, "MOVED_OUT")});
  EXPECT_EQ(State(), "5");
  EXPECT_EQ(rig_.Column("SELECT kind FROM overdue"), std::vector<std::string>{});
  Feed({up_.Entered(30 * 24 + 1, "")});
  EXPECT_EQ(rig_.Column("SELECT kind FROM overdue"), std::vector<std::string>{});
}

TEST_F(RoutingReportedTest, AfterADecisionItWaitsForTheLedger) {
  Feed({up_.Submitted(), up_.Decided(1, "a1", false), up_.ResultReported(2, "MOVED_OUT")});
  EXPECT_EQ(rig_.One("SELECT result FROM kase"), "2");
  // The ledger does not take the decision: then what was done counts.
  Feed({up_.Faulty(3, "a1")});
  EXPECT_EQ(rig_.One("SELECT state || '/' || result FROM kase"), "5/1");
  EXPECT_EQ(Taken().size(), 2u);
}

TEST_F(RoutingReportedTest, ADecisionThatWasEnteredStands) {
  Feed({up_.Submitted(), up_.Decided(1, "a1"), up_.ResultReported(2, "MOVED_OUT"),
        up_.Entered(3, "a1")});
  EXPECT_EQ(State(), "6");
  EXPECT_EQ(rig_.One("SELECT counted_answer FROM kase"), "a1");
  EXPECT_EQ(rig_.One("SELECT counts FROM answer WHERE answer_id <> 'a1'"), "0");
  EXPECT_EQ(Taken().size(), 1u);
}

TEST_F(RoutingReportedTest, TheAuthoritysLateAnswerDoesNotCount) {
  Feed({up_.Submitted(), up_.ResultReported(1, "MOVED_OUT"), up_.Decided(2, "a1", false),
        up_.Entered(3, "")});
  EXPECT_EQ(rig_.One("SELECT state || '/' || result FROM kase"), "6/1");
  EXPECT_EQ(rig_.One("SELECT counts FROM answer WHERE answer_id = 'a1'"), "0");
}

TEST_F(RoutingReportedTest, ToldAgainIsNothing) {
  Feed({up_.Submitted()});
  const messaging::EncodedEvent reported = up_.ResultReported(2, "MOVED_OUT");
  rig_.Handle(reported);
  const auto before = rig_.Domain();
  rig_.Handle(reported);
  EXPECT_EQ(rig_.Domain(), before);
  EXPECT_EQ(rig_.Waiting().parked, 0);
}

TEST_F(RoutingReportedTest, ItStopsTheClock) {
  Feed({up_.Submitted(), up_.Accepted(1, "a1"), up_.ResultReported(2, "MOVED_OUT")});
  rig_.clock().AdvanceTo(up_.At(24 * 60));
  rig_.RunDue();
  EXPECT_EQ(rig_.One("SELECT count(*) FROM overdue WHERE kind = 'DECIDE'"), "0");
}

TEST_F(RoutingReportedTest, WhatIsNoReportIsParked) {
  rig_.Handle(up_.ResultReported(1, "DISPUTED"));
  ASSERT_EQ(rig_.ParkedReasons().size(), 1u);
  EXPECT_NE(rig_.ParkedReasons()[0].find("kind"), std::string::npos);
}

}  // namespace
}  // namespace xiufu::routing
