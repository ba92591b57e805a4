// Every way in and out of a case, on a store: refused at the door, extended, returned and assigned,
// withdrawn, closed without a supplement.
#include <gtest/gtest.h>

#include "libs/base/status.h"
#include "tests/unit/routing_rig.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/routing/v1/events.pb.h"

namespace xiufu::routing {
namespace {

constexpr char kLifeChanged[] = "xiufu.routing.case_changed.v1";
constexpr char kCancelled[] = "xiufu.dept.task_cancelled.v1";

class RoutingLifeTest : public ::testing::Test {
 protected:
  void Feed(std::initializer_list<messaging::EncodedEvent> events) { rig_.Deliver(events); }
  CaseState State() {
    return static_cast<CaseState>(std::stoi(rig_.One("SELECT state FROM kase")));
  }
  routing::v1::CaseChanged LastChange() {
    return rig_.EmittedAs<routing::v1::CaseChanged>(kLifeChanged).back();
  }
  std::vector<std::string> Cancelled() {
    std::vector<std::string> causes;
    for (const auto& event : rig_.EmittedAs<department::v1::TaskCancelled>(kCancelled)) {
      causes.push_back(event.cause());
    }
    return causes;
  }
  std::string Due(const char* kind) {
    for (const auto& change : rig_.EmittedAs<routing::v1::CaseChanged>(kLifeChanged)) {
      for (const auto& deadline : change.deadlines()) {
        if (deadline.kind() == kind) due_[kind] = deadline.due_date();
      }
    }
    return due_[kind];
  }
  // Time goes on to the first instant after a day of June 2026, and what is due is done.
  void PassJune(int day) {
    rig_.clock().AdvanceTo(
        absl::FromCivil(absl::CivilDay(2026, 6, day + 1), absl::FixedTimeZone(8 * 60 * 60)));
    rig_.RunDue();
  }

  using Strings = std::vector<std::string>;
  RoutingRig rig_;  // submitted on 2026-05-29, a Friday
  Upstream up_{RoutingRig::kStart};
  std::map<std::string, std::string> due_;
};

TEST_F(RoutingLifeTest, NotAcceptedIsTheEndAndSaysWhy) {
  Feed({up_.Submitted(), up_.Delivered(1), up_.NotAccepted(2, "a1")});
  EXPECT_EQ(State(), CaseState::kNotAccepted);
  const routing::v1::CaseChanged change = LastChange();
  EXPECT_EQ(change.reasons(0), "未满最短公示期");
  EXPECT_EQ(change.remedies(), "可申请行政复议");
  EXPECT_EQ(change.authority_no(), "不受1号");
  // Nothing that comes later changes that, no clock runs on.
  Feed({up_.Decided(3, "a2")});
  EXPECT_EQ(State(), CaseState::kNotAccepted);
  EXPECT_EQ(rig_.One("SELECT reason FROM answer WHERE answer_id = 'a2'"),
            "已不予受理 / it was not accepted");
  PassJune(29);
  EXPECT_EQ(rig_.One("SELECT count(*) FROM overdue"), "0");
  EXPECT_EQ(rig_.One("SELECT count(*) FROM timer WHERE kind LIKE '%_DUE'"), "0");
}

TEST_F(RoutingLifeTest, WhatWasAcceptedCannotBeRefusedAtTheDoor) {
  Feed({up_.Submitted(), up_.Accepted(1, "a1"), up_.NotAccepted(2, "a2")});
  EXPECT_EQ(State(), CaseState::kAccepted);
}

TEST_F(RoutingLifeTest, AnExtensionMovesTheDayOfTheDecisionAndTheOverallLimit) {
  Feed({up_.Submitted(), up_.Accepted(1, "a1")});
  EXPECT_EQ(Due("DECIDE"), "2026-06-09");
  Feed({up_.Extended(30, "a2")});
  EXPECT_EQ(State(), CaseState::kExtended);
  // Ten working days after 9 June; 19 June is the Dragon Boat festival.
  EXPECT_EQ(Due("EXTEND"), "2026-06-24");
  EXPECT_EQ(Due("OVERALL"), "2026-06-29");
  EXPECT_EQ(LastChange().reasons(0), "需要实地核查");
  PassJune(24);
  EXPECT_EQ(rig_.Column("SELECT kind FROM overdue"), (Strings{"EXTEND"}));
  EXPECT_EQ(State(), CaseState::kExtended);  // nothing is decided because time ran out
  Feed({up_.Decided(24 * 30, "a3")});
  EXPECT_EQ(State(), CaseState::kDecided);
}

TEST_F(RoutingLifeTest, OnlyOnceAndOnlyBeforehand) {
  Feed({up_.Submitted(), up_.Accepted(1, "a1"), up_.Extended(2, "a2"), up_.Extended(3, "a3")});
  EXPECT_EQ(rig_.One("SELECT reason FROM answer WHERE answer_id = 'a3'"),
            "只能延长一次 / only one extension");
  Upstream late(RoutingRig::kStart);
  RoutingRig rig;
  rig.Deliver({late.Submitted(), late.Accepted(1, "a1"), late.Extended(24 * 12, "a2")});
  EXPECT_EQ(rig.One("SELECT state FROM kase"), "3");
  EXPECT_EQ(rig.One("SELECT counts FROM answer WHERE answer_id = 'a2'"), "0");
}

TEST_F(RoutingLifeTest, WithdrawnBeforeAnAnswerWasTaken) {
  Feed({up_.Submitted(), up_.Delivered(1), up_.Accepted(2, "a1"), up_.WithdrawalRequested(3)});
  EXPECT_EQ(State(), CaseState::kWithdrawn);
  EXPECT_EQ(Cancelled(), (Strings{"WITHDRAWN"}));
  Feed({up_.WithdrawalRequested(4), up_.Decided(5, "a2")});
  EXPECT_EQ(State(), CaseState::kWithdrawn);
  EXPECT_EQ(rig_.EmittedAs<routing::v1::AnswerTaken>("xiufu.routing.answer_taken.v1").size(), 0u);
  EXPECT_EQ(rig_.Waiting().parked, 0);
}

// The limit that was missed is not late for ever: from the extension on another one runs.
TEST_F(RoutingLifeTest, ALimitThatWasMissedBeforeItWasExtendedIsLateUntilThen) {
  Feed({up_.Submitted(), up_.Accepted(12 * 24, "a1")});
  EXPECT_EQ(Due("DECIDE"), "2026-06-22");
  PassJune(13);  // ten working days from the submission are the 12th
  EXPECT_EQ(rig_.Column("SELECT kind FROM overdue WHERE until IS NULL"), Strings{"OVERALL"});
  Feed({up_.Extended(17 * 24, "a2")});
  EXPECT_EQ(Due("OVERALL"), "2026-06-29");
  EXPECT_EQ(rig_.Column("SELECT kind FROM overdue WHERE until IS NULL"), Strings{});
  EXPECT_EQ(rig_.One("SELECT count(*) FROM overdue WHERE kind = 'OVERALL' AND until > since"), "1");
}

TEST_F(RoutingLifeTest, AfterAnAnswerWasTakenAWithdrawalIsRefused) {
  Feed({up_.Submitted(), up_.Decided(1, "a1"), up_.WithdrawalRequested(2)});
  EXPECT_EQ(State(), CaseState::kDecided);
  constexpr char kRefused[] = "xiufu.routing.withdrawal_refused.v1";
  EXPECT_EQ(rig_.EmittedAs<routing::v1::WithdrawalRefused>(kRefused).size(), 1u);
  Feed({up_.Entered(3, "a1"), up_.WithdrawalRequested(4)});
  EXPECT_EQ(State(), CaseState::kConcluded);
  EXPECT_EQ(rig_.EmittedAs<routing::v1::WithdrawalRefused>(kRefused).size(), 2u);
  EXPECT_EQ(Cancelled(), Strings{});
}

TEST_F(RoutingLifeTest, OnlyIntakeSaysThatNoSupplementCame) {
  Feed({up_.Submitted(), up_.SupplementAsked(1, "a1")});
  EXPECT_EQ(Due("SUPPLEMENT"), "2026-06-22");
  PassJune(21);
  constexpr char kOverdue[] = "xiufu.routing.supplement_overdue.v1";
  EXPECT_TRUE(rig_.EmittedAs<routing::v1::SupplementOverdue>(kOverdue).empty());
  PassJune(22);
  const auto asked = rig_.EmittedAs<routing::v1::SupplementOverdue>(kOverdue);
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked[0].round(), 1);
  EXPECT_EQ(asked[0].due_date(), "2026-06-22");
  EXPECT_EQ(State(), CaseState::kSupplementRequested);
  EXPECT_EQ(rig_.One("SELECT count(*) FROM overdue"), "0");
  Feed({up_.SupplementMissed(24 * 30)});
  EXPECT_EQ(State(), CaseState::kClosedNoSupplement);
  EXPECT_EQ(Cancelled(), (Strings{"CLOSED_NO_SUPPLEMENT"}));
}

TEST_F(RoutingLifeTest, ASupplementThatCameInTimeIsNeverMissed) {
  Feed({up_.Submitted(), up_.SupplementAsked(1, "a1")});
  PassJune(22);
  // On its way when the clock ran out: intake says nothing else.
  Feed({up_.Supplemented(24 * 20), up_.SupplementMissed(24 * 26)});
  EXPECT_EQ(State(), CaseState::kWithAuthority);
  EXPECT_EQ(Cancelled(), Strings{});
}

TEST_F(RoutingLifeTest, WhatAnEarlyAnswerStartsStandsStillWhileTheApplicantHasTheTurn) {
  rig_.Deliver({up_.Submitted(), up_.Delivered(1), up_.SupplementAsked(24, "a1"),
                up_.Accepted(48, "a2"), up_.Supplemented(24 * 21)});
  EXPECT_EQ(rig_.One("SELECT state FROM kase"), "3");
  rig_.clock().AdvanceTo(up_.At(24 * 22));
  rig_.RunDue();
  EXPECT_EQ(rig_.Column("SELECT kind FROM overdue"), std::vector<std::string>{});
}

TEST_F(RoutingLifeTest, AskingTwiceNeedsASupervisor) {
  Feed({up_.Submitted(), up_.SupplementAsked(1, "a1"), up_.Supplemented(2),
        up_.SupplementAsked(3, "a2")});
  EXPECT_EQ(State(), CaseState::kWithAuthority);
  EXPECT_TRUE(HasReason(rig_.Allow(up_.case_id(), "a1"), "NOTHING_TO_ALLOW"));
  EXPECT_TRUE(HasReason(rig_.Allow(up_.case_id(), "a9"), "ANSWER_NOT_FOUND"));
  rig_.clock().AdvanceTo(up_.At(4));
  ASSERT_TRUE(rig_.Allow(up_.case_id(), "a2").ok());
  EXPECT_EQ(State(), CaseState::kSupplementRequested);
  EXPECT_EQ(LastChange().round(), 2);
  EXPECT_EQ(LastChange().defects(0), "缺整改报告");
  EXPECT_EQ(rig_.One("SELECT person FROM supervision"), "李某");
  EXPECT_TRUE(HasReason(rig_.Allow(up_.case_id(), "a2"), "NOTHING_TO_ALLOW"));
  Feed({up_.Supplemented(5, 2, "M2")});
  EXPECT_EQ(State(), CaseState::kWithAuthority);
}

TEST_F(RoutingLifeTest, WhatIsReturnedGoesToTheDeskAndToAnotherAuthority) {
  Feed({up_.Submitted(), up_.Delivered(1), up_.Returned(2, "a1")});
  EXPECT_EQ(State(), CaseState::kToBeAssigned);
  EXPECT_EQ(rig_.One("SELECT reason FROM kase"), "非本单位认定");
  EXPECT_EQ(LastChange().reasons(0), "非本单位认定");

  rig_.clock().AdvanceTo(up_.At(72));  // Monday, 1 June
  ASSERT_TRUE(rig_.Assign(up_.case_id(), "urban-management").ok());
  EXPECT_EQ(State(), CaseState::kReceived);
  EXPECT_EQ(LastChange().authority().code(), "urban-management");
  EXPECT_EQ(Due("DELIVER"), "2026-06-02");
  const auto given = rig_.EmittedAs<department::v1::TaskGiven>("xiufu.dept.task_given.v1");
  ASSERT_EQ(given.size(), 2u);
  EXPECT_EQ(given[1].authority_code(), "urban-management");
  EXPECT_NE(given[1].task(), given[0].task());
  EXPECT_EQ(given[1].accept_due(), "2026-06-04");
  EXPECT_EQ(given[1].materials_size(), 1);
  EXPECT_EQ(rig_.One("SELECT from_authority||'>'||to_authority||' '||person FROM assignment"),
            "transport>urban-management 王某");

  // The first one's late answer does not count, whatever it is called.
  Feed({up_.Decided(80, "same-name", false)});
  EXPECT_EQ(State(), CaseState::kReceived);
  up_.SpeakAs(*Id::FromBytes(given[1].task()), "urban-management");
  Feed({up_.Accepted(81, "a1"), up_.Decided(82, "same-name"), up_.Entered(83, "same-name")});
  EXPECT_EQ(State(), CaseState::kConcluded);
  EXPECT_EQ(rig_.One("SELECT count(*) FROM answer WHERE answer_id = 'same-name'"), "2");
  EXPECT_EQ(rig_.Waiting().parked, 0);
}

TEST_F(RoutingLifeTest, WhatNobodyHereIsRegisteredForGoesToTheDesk) {
  Feed({up_.Submitted("no-such-bureau")});
  EXPECT_EQ(State(), CaseState::kToBeAssigned);
  EXPECT_NE(rig_.One("SELECT reason FROM kase").find("no-such-bureau"), std::string::npos);
  EXPECT_TRUE(rig_.EmittedAs<department::v1::TaskGiven>("xiufu.dept.task_given.v1").empty());
  EXPECT_EQ(LastChange().version(), 2);
  EXPECT_EQ(ReasonOf(rig_.Assign(up_.case_id(), "nobody"))->reason, "AUTHORITY_NOT_FOUND");
  EXPECT_EQ(ReasonOf(rig_.Assign(up_.case_id(), "court"))->reason, "NOT_IN_SUITE");
  ASSERT_TRUE(rig_.Assign(up_.case_id(), "transport").ok());
  EXPECT_EQ(rig_.EmittedAs<department::v1::TaskGiven>("xiufu.dept.task_given.v1").size(), 1u);
  EXPECT_EQ(ReasonOf(rig_.Assign(up_.case_id(), "transport"))->reason, "NOT_TO_BE_ASSIGNED");
}

TEST_F(RoutingLifeTest, TheOverallLimitGoesOnAtTheDeskAndIsOnlyNoted) {
  Feed({up_.Submitted(), up_.Returned(1, "a1")});
  PassJune(12);
  EXPECT_EQ(rig_.Column("SELECT kind FROM overdue"), (Strings{"OVERALL"}));
  EXPECT_EQ(State(), CaseState::kToBeAssigned);
  Feed({up_.WithdrawalRequested(24 * 20)});
  EXPECT_EQ(State(), CaseState::kWithdrawn);
  EXPECT_EQ(Cancelled(), Strings{});  // nobody has it
  EXPECT_EQ(rig_.One("SELECT until IS NOT NULL FROM overdue"), "1");
}

}  // namespace
}  // namespace xiufu::routing
