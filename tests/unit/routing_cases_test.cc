// Handlers on a store: what is opened, kept, said and parked.
#include <gtest/gtest.h>

#include <functional>

#include "tests/unit/routing_rig.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/routing/v1/events.pb.h"

namespace xiufu::routing {
namespace {

constexpr char kChanged[] = "xiufu.routing.case_changed.v1";
constexpr char kTaken[] = "xiufu.routing.answer_taken.v1";

class RoutingCasesTest : public ::testing::Test {
 protected:
  void Feed(std::initializer_list<messaging::EncodedEvent> events) { rig_.Deliver(events); }
  std::string State() { return rig_.One("SELECT state FROM kase"); }

  RoutingRig rig_;
  Upstream up_{RoutingRig::kStart};
};

TEST_F(RoutingCasesTest, OpensOneCaseAndTaskPerRecord) {
  Upstream three(RoutingRig::kStart, 3);
  Feed({three.Submitted()});
  EXPECT_EQ(rig_.One("SELECT count(*) FROM kase WHERE state = 1 AND version = 1"), "3");
  const auto opened = rig_.EmittedAs<routing::v1::CaseOpened>("xiufu.routing.case_opened.v1");
  const auto given = rig_.EmittedAs<department::v1::TaskGiven>("xiufu.dept.task_given.v1");
  ASSERT_EQ(opened.size(), 3u);
  ASSERT_EQ(given.size(), 3u);
  EXPECT_EQ(opened[0].case_id(), given[0].case_id());
  EXPECT_EQ(opened[0].case_id(), std::string(three.case_id().bytes()));
  EXPECT_EQ(opened[0].authority().name(), "丹东市交通运输局");
  EXPECT_EQ(opened[0].opened_at().seconds(), absl::ToUnixSeconds(RoutingRig::kStart));
  ASSERT_EQ(opened[0].deadlines_size(), 2);
  EXPECT_EQ(opened[0].deadlines(0).kind(), "DELIVER");
  EXPECT_EQ(opened[0].deadlines(0).source(), "本系统");
  EXPECT_EQ(opened[0].deadlines(0).due_date(), "2026-06-01");
  EXPECT_EQ(opened[0].deadlines(1).kind(), "OVERALL");
  EXPECT_EQ(opened[0].deadlines(1).start_event(), "SUBMITTED");
  EXPECT_EQ(opened[0].deadlines(1).start_date(), "2026-05-29");
  EXPECT_EQ(opened[0].deadlines(1).due_date(), "2026-06-12");
  EXPECT_EQ(given[0].accept_due(), "2026-06-03");
  EXPECT_EQ(given[0].decide_due(), "2026-06-12");
  EXPECT_EQ(given[0].record().version(), 3u);
  EXPECT_EQ(given[0].materials(0).kind(), "M2");
  EXPECT_EQ(given[0].task(), std::string(three.task().bytes()));
}

TEST_F(RoutingCasesTest, TheSameSubmissionAgainIsNothing) {
  const messaging::EncodedEvent submitted = up_.Submitted();
  rig_.Handle(submitted);
  const auto before = rig_.Domain();
  rig_.Handle(submitted);
  EXPECT_EQ(rig_.Domain(), before);
  EXPECT_EQ(rig_.Emitted().size(), 2u);
  EXPECT_EQ(rig_.Waiting().parked, 0);
}

TEST_F(RoutingCasesTest, AnotherSubmissionUnderTheSameIdIsParked) {
  messaging::EncodedEvent submitted = up_.Submitted();
  rig_.Handle(submitted);
  intake::v1::ApplicationSubmitted other;
  other.ParseFromString(submitted.envelope.data);
  other.set_number("XYXF2106002026052900000002X");
  submitted.envelope.data = other.SerializeAsString();
  rig_.Handle(submitted);
  ASSERT_EQ(rig_.ParkedReasons().size(), 1u);
  EXPECT_NE(rig_.ParkedReasons()[0].find("ALREADY_EXISTS"), std::string::npos);
}

TEST_F(RoutingCasesTest, WhatNobodyAppliesForIsParkedWithAReasonAndOpensNothing) {
  rig_.Handle(Upstream(RoutingRig::kStart).Submitted("transport", "N36-FALSE"));
  ASSERT_EQ(rig_.ParkedReasons().size(), 1u);
  EXPECT_NE(rig_.ParkedReasons()[0].find("RESULT_ONLY"), std::string::npos);
  EXPECT_EQ(rig_.One("SELECT count(*) FROM kase"), "0");
  EXPECT_TRUE(rig_.Emitted().empty());
}

TEST_F(RoutingCasesTest, ARuleThatIsNotInTheCatalogueIsParked) {
  rig_.Handle(Upstream(RoutingRig::kStart).Submitted("transport", "N99"));
  ASSERT_EQ(rig_.ParkedReasons().size(), 1u);
  EXPECT_NE(rig_.ParkedReasons()[0].find("N99"), std::string::npos);
}

TEST_F(RoutingCasesTest, WhatCannotBeDecodedIsParked) {
  messaging::EncodedEvent submitted = up_.Submitted();
  submitted.envelope.data = "garbage";
  rig_.Handle(submitted);
  EXPECT_EQ(rig_.Waiting().parked, 1);
}

TEST_F(RoutingCasesTest, AnApprovalGoesThroughToTheClosedLoop) {
  Feed({up_.Submitted(), up_.Delivered(1), up_.Accepted(2, "a1"), up_.Decided(3, "a2")});
  EXPECT_EQ(State(), "5");
  const auto taken = rig_.EmittedAs<routing::v1::AnswerTaken>(kTaken);
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].answer().answer_id(), "a2");
  EXPECT_EQ(taken[0].answer().decided().decision_no(), "决a2");
  EXPECT_EQ(taken[0].taken_at().seconds(), absl::ToUnixSeconds(up_.At(3)));
  EXPECT_EQ(taken[0].record().version(), 3u);
  EXPECT_EQ(taken[0].effects(2), "LIFT_MEASURES@authority");

  Feed({up_.Entered(4, "a2"), up_.LoopClosed(5)});
  EXPECT_EQ(State(), "6");
  EXPECT_EQ(rig_.One("SELECT loop_closed_at / 1000 FROM kase"),
            absl::StrCat(absl::ToUnixSeconds(up_.At(5))));
  const auto changed = rig_.EmittedAs<routing::v1::CaseChanged>(kChanged);
  ASSERT_EQ(changed.size(), 4u);
  for (size_t i = 0; i < changed.size(); ++i) {
    EXPECT_EQ(changed[i].version(), static_cast<int64_t>(i) + 2);
  }
  EXPECT_EQ(changed[0].authority_no(), "T-1");
  EXPECT_EQ(changed[1].authority_no(), "受理1号");
  EXPECT_EQ(changed[3].state(), common::v1::CASE_STATE_CONCLUDED);
  EXPECT_EQ(changed[3].result(), common::v1::CASE_RESULT_APPROVED);
  EXPECT_EQ(changed[3].decision_no(), "决a2");
}

TEST_F(RoutingCasesTest, OnlyTheFirstDecisionCounts) {
  Feed({up_.Submitted(), up_.Decided(3, "a1"), up_.Decided(4, "a2", false)});
  EXPECT_EQ(rig_.EmittedAs<routing::v1::AnswerTaken>(kTaken).size(), 1u);
  Feed({up_.Entered(5, "a1"), up_.Decided(6, "a3")});
  EXPECT_EQ(rig_.EmittedAs<routing::v1::AnswerTaken>(kTaken).size(), 1u);
  EXPECT_EQ(rig_.Column("SELECT answer_id || counts || (reason <> '') FROM answer ORDER BY 1"),
            (std::vector<std::string>{"a110", "a201", "a301"}));
  EXPECT_EQ(rig_.One("SELECT counted_answer FROM kase"), "a1");
  EXPECT_EQ(rig_.One("SELECT count(*) FROM early_input"), "0");
}

TEST_F(RoutingCasesTest, TheSameAnswerWithOtherContentIsAConflict) {
  Feed({up_.Submitted(), up_.Decided(3, "a1")});
  rig_.Handle(up_.Decided(4, "a1", false));
  ASSERT_EQ(rig_.ParkedReasons().size(), 1u);
  EXPECT_EQ(rig_.One("SELECT result FROM kase"), "1");
}

TEST_F(RoutingCasesTest, TheSameAnswerReceivedAnewIsNothing) {
  Feed({up_.Submitted(), up_.Accepted(3, "a1")});
  const auto before = rig_.Domain();
  rig_.Handle(up_.Accepted(7, "a1"));
  EXPECT_EQ(rig_.Domain(), before);
  EXPECT_EQ(rig_.Waiting().parked, 0);
}

TEST_F(RoutingCasesTest, AfterAFaultyDecisionTheNextOneCounts) {
  Feed({up_.Submitted(), up_.Delivered(1), up_.Decided(3, "a1"), up_.Decided(4, "a2"),
        up_.Faulty(5, "a1")});
  const auto faulty = rig_.EmittedAs<department::v1::AnswerFaulty>("xiufu.dept.answer_faulty.v1");
  ASSERT_EQ(faulty.size(), 1u);
  EXPECT_EQ(faulty[0].answer_id(), "a1");
  // The second answer was here already: it is taken with its own time.
  const auto taken = rig_.EmittedAs<routing::v1::AnswerTaken>(kTaken);
  ASSERT_EQ(taken.size(), 2u);
  EXPECT_EQ(taken[1].answer().answer_id(), "a2");
  EXPECT_EQ(taken[1].taken_at().seconds(), absl::ToUnixSeconds(up_.At(4)));
  Feed({up_.Entered(6, "a2")});
  EXPECT_EQ(State(), "6");
  EXPECT_EQ(rig_.One("SELECT group_concat(answer_id) FROM answer WHERE counts = 1"), "a2");
}

TEST_F(RoutingCasesTest, ASupplementIsPassedOnAndTheCaseGoesOn) {
  Feed({up_.Submitted(), up_.Delivered(1), up_.SupplementAsked(2, "a1")});
  EXPECT_EQ(State(), "4");
  const auto asked = rig_.EmittedAs<routing::v1::CaseChanged>(kChanged).back();
  EXPECT_EQ(asked.round(), 1);
  EXPECT_EQ(asked.defects(0), "缺整改报告");

  Feed({up_.Decided(3, "a2")});
  EXPECT_EQ(State(), "4") << "answers wait for the supplement";
  Feed({up_.Supplemented(4)});
  EXPECT_EQ(State(), "5");
  const auto passed =
      rig_.EmittedAs<department::v1::SupplementPassedOn>("xiufu.dept.supplement_passed_on.v1");
  ASSERT_EQ(passed.size(), 1u);
  EXPECT_EQ(passed[0].round(), 1);
  EXPECT_EQ(passed[0].materials(0).kind(), "M3");
}

TEST_F(RoutingCasesTest, AnotherAuthoritysAnswerIsRefused) {
  Feed({up_.Submitted()});
  messaging::EncodedEvent event = up_.Decided(3, "a1");
  department::v1::TaskAnswered answered;
  answered.ParseFromString(event.envelope.data);
  answered.set_authority_code("environment");
  event.envelope.data = answered.SerializeAsString();
  rig_.Handle(event);
  ASSERT_EQ(rig_.ParkedReasons().size(), 1u);
  EXPECT_NE(rig_.ParkedReasons()[0].find("PERMISSION_DENIED"), std::string::npos);
  EXPECT_EQ(State(), "1");
}

TEST_F(RoutingCasesTest, WhatComesBeforeItsCaseIsKeptAndTakenWithIt) {
  const messaging::EncodedEvent submitted = up_.Submitted();
  Feed({up_.Delivered(1), up_.Decided(3, "a1"), up_.Entered(4, "a1")});
  EXPECT_EQ(rig_.One("SELECT count(*) FROM early_input"), "3");
  EXPECT_EQ(rig_.Waiting().retry + rig_.Waiting().behind + rig_.Waiting().parked, 0)
      << "a waiting row would hold back the submission";
  Feed({submitted});
  EXPECT_EQ(State(), "6");
  EXPECT_EQ(rig_.One("SELECT count(*) FROM early_input"), "0");
}

TEST_F(RoutingCasesTest, AKeptInputThatTurnsOutWrongIsParkedAsItCame) {
  const messaging::EncodedEvent submitted = up_.Submitted();
  messaging::EncodedEvent event = up_.Delivered(1);
  department::v1::TaskDelivered delivered;
  delivered.ParseFromString(event.envelope.data);
  delivered.set_authority_code("environment");
  event.envelope.data = delivered.SerializeAsString();
  rig_.Handle(event);
  rig_.Handle(submitted);
  EXPECT_EQ(State(), "1");
  ASSERT_EQ(rig_.ParkedReasons().size(), 1u);
  EXPECT_EQ(rig_.One("SELECT count(*) FROM early_input"), "0");
}

class RoutingClocksTest : public RoutingCasesTest {
 protected:
  void GoTo(const char* shanghai_time) {
    absl::Time time;
    std::string error;
    ASSERT_TRUE(absl::ParseTime("%Y-%m-%d %H:%M", shanghai_time, ShanghaiZone(), &time, &error));
    rig_.clock().AdvanceTo(time);
    rig_.RunDue();
  }
  std::vector<std::string> Overdue() {
    return rig_.Column(
        "SELECT kind || ' ' || datetime(since / 1000, 'unixepoch', '+8 hours') || ' ' ||"
        " coalesce(datetime(until / 1000, 'unixepoch', '+8 hours'), '-') FROM overdue ORDER BY 1");
  }
};

TEST_F(RoutingClocksTest, ADeadlineIsMissedAtTheEndOfItsLastDayAndNothingIsDecided) {
  Feed({up_.Submitted(), up_.Delivered(1)});
  const size_t said = rig_.Emitted().size();
  GoTo("2026-06-03 23:59");
  EXPECT_TRUE(Overdue().empty());
  GoTo("2026-06-04 00:00");
  EXPECT_EQ(Overdue(), (std::vector<std::string>{"ACCEPT 2026-06-04 00:00:00 -"}));
  EXPECT_EQ(rig_.Emitted().size(), said + 4) << "its lights, yellow and red, and the reminders";
  EXPECT_EQ(State(), "2");
}

TEST_F(RoutingClocksTest, ATaskThatCouldNotBeDeliveredCountsAgainstUs) {
  Feed({up_.Submitted()});
  GoTo("2026-06-04 00:00");
  EXPECT_EQ(Overdue(), (std::vector<std::string>{"DELIVER 2026-06-02 00:00:00 -"}));
  Feed({up_.Delivered(24 * 7)});  // Friday, 5 June
  EXPECT_EQ(Overdue(),
            (std::vector<std::string>{"DELIVER 2026-06-02 00:00:00 2026-06-05 04:26:40"}));
  EXPECT_EQ(rig_.One("SELECT start_event||' '||start_date||' '||due_date FROM deadline"
                     " WHERE kind = 'ACCEPT'"),
            "PUSHED_TO_AUTHORITY 2026-06-05 2026-06-10");
  EXPECT_EQ(rig_.One("SELECT authority_task_no||' '||(delivered_at/1000) FROM task"),
            absl::StrCat("T-1 ", absl::ToUnixSeconds(up_.At(24 * 7))));
}

TEST_F(RoutingClocksTest, TheWaitOfAPushedApplicationBeganUpstream) {
  intake::v1::ApplicationSubmitted pushed;
  messaging::EncodedEvent submitted = up_.Submitted();
  pushed.ParseFromString(submitted.envelope.data);
  pushed.mutable_origin()->set_front_door(common::v1::FRONT_DOOR_CREDIT_CHINA);
  pushed.mutable_origin()->mutable_received_at()->set_seconds(absl::ToUnixSeconds(up_.At(-48)));
  submitted.envelope.data = pushed.SerializeAsString();
  submitted.bytes = messaging::EncodeEnvelope(submitted.envelope);
  Feed({submitted});
  EXPECT_EQ(rig_.One("SELECT start_event||' '||start_date FROM deadline WHERE kind = 'OVERALL'"),
            "RECEIVED_UPSTREAM 2026-05-27");
  EXPECT_EQ(rig_.One("SELECT start_date FROM deadline WHERE kind = 'DELIVER'"), "2026-05-29");
}

TEST_F(RoutingClocksTest, EffectsAreWatchedUntilTheLoopIsClosed) {
  Feed({up_.Submitted(), up_.Delivered(1), up_.Accepted(2, "a1"), up_.Decided(3, "a2"),
        up_.Entered(4, "a2")});
  GoTo("2026-06-03 00:00");
  EXPECT_EQ(Overdue(), (std::vector<std::string>{"EXECUTE 2026-06-02 00:00:00 -",
                                                 "SHARE 2026-06-02 00:00:00 -"}));
  Feed({up_.LoopClosed(24 * 7)});
  EXPECT_EQ(Overdue()[0], "EXECUTE 2026-06-02 00:00:00 2026-06-05 04:26:40");
  EXPECT_EQ(rig_.One("SELECT count(*) FROM timer"), "0");
}

TEST_F(RoutingClocksTest, AcceptanceStopsOneClockAndStartsTheOther) {
  Feed({up_.Submitted(), up_.Accepted(2, "a1")});
  GoTo("2026-06-04 00:00");
  EXPECT_TRUE(Overdue().empty());
  GoTo("2026-06-10 00:00");
  EXPECT_EQ(Overdue(), (std::vector<std::string>{"DECIDE 2026-06-10 00:00:00 -"}));
}

TEST_F(RoutingClocksTest, NoClockRunsWhileTheApplicantHasTheTurnNorAfterADecision) {
  Feed({up_.Submitted(), up_.Delivered(1), up_.SupplementAsked(2, "a1")});
  GoTo("2026-07-01 00:00");
  EXPECT_TRUE(Overdue().empty());
  // Thirty days later; all three days are left, as none had passed when the applicant was asked.
  Feed({up_.Supplemented(24 * 33)});
  Feed({up_.Decided(24 * 33 + 1, "a2"), up_.Entered(24 * 33 + 2, "a2"),
        up_.LoopClosed(24 * 33 + 3)});
  GoTo("2026-12-01 00:00");
  EXPECT_TRUE(Overdue().empty());
}

TEST_F(RoutingClocksTest, AnswerReceivedInTimeButHandledLateIsNotOverdue) {
  Feed({up_.Submitted(), up_.Delivered(1)});
  GoTo("2026-06-04 00:00");
  EXPECT_EQ(Overdue().size(), 1u);
  Feed({up_.Accepted(24, "a1")});
  EXPECT_TRUE(Overdue().empty());
}

TEST_F(RoutingClocksTest, AnswerReceivedLateKeepsBothTimes) {
  Feed({up_.Submitted(), up_.Delivered(1), up_.Accepted(24 * 7, "a1")});
  EXPECT_EQ(Overdue(),
            (std::vector<std::string>{"ACCEPT 2026-06-04 00:00:00 2026-06-05 04:26:40"}));
}

}  // namespace
}  // namespace xiufu::routing
