// The steps of a case before the decision: the pre-check of completeness, by persons or as an
// opinion.
#include <gtest/gtest.h>

#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "services/routing/domain/route.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/catalogue_shipped.h"
#include "tests/unit/routing_rig.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/routing/v1/events.pb.h"

namespace xiufu::routing {
namespace {

constexpr char kGiven[] = "xiufu.dept.task_given.v1";
constexpr char kTaskCancelled[] = "xiufu.dept.task_cancelled.v1";
constexpr char kOpinionPassed[] = "xiufu.dept.opinion_given.v1";
constexpr absl::Time kMarch = absl::FromUnixSeconds(1'773'100'800);  // 2026-03-10 in Shanghai
constexpr char kCaseChanged[] = "xiufu.routing.case_changed.v1";

// The shipped law, with a change to one of its files.
catalogue::LawSnapshot LawWith(const std::string& file, const std::string& from,
                               const std::string& to) {
  TempFolder folder("deploy/catalogue");
  folder.Replace(file, from, to);
  auto law = catalogue::LoadLaw({folder.path(), "deploy/calendars", "deploy/authorities"});
  if (!law.ok()) throw std::runtime_error(law.status().ToString());
  return *law;
}

// Under NDRC-36, where the platform's pre-check is a person's.
class RoutingReview : public ::testing::Test {
 protected:
  RoutingReview() { rig_.Load(LawWith("reviewers.toml", "by = \"MACHINE\"", "by = \"PERSON\"")); }
  std::string State() { return rig_.One("SELECT state FROM kase"); }
  size_t Count(const char* type) {
    size_t count = 0;
    for (const messaging::Envelope& event : rig_.Emitted()) count += event.type == type;
    return count;
  }
  std::vector<std::string> Deadlines() {
    return rig_.Column("SELECT kind FROM deadline ORDER BY kind");
  }

  RoutingRig rig_;
  Upstream up_{RoutingRig::kStart};
};

TEST(Route, FollowsFromTheRule) {
  const auto rule = [](const char* id, absl::CivilDay on) {
    return *catalogue::ShippedCatalogue().FindRule(id, on);
  };
  EXPECT_EQ(RouteOf(rule("N36-GEN", absl::CivilDay(2026, 6, 1))),
            (std::vector<RouteStep>{{Role::kDecision, "DETERMINING_AUTHORITY"}}));
  EXPECT_EQ(RouteOf(rule("N58-PEN", absl::CivilDay(2026, 3, 1))),
            (std::vector<RouteStep>{{Role::kReview, "CITY_CREDIT_CENTRE"},
                                    {Role::kDecision, "NATIONAL_CENTRE"}}));
}

TEST(RoutingMachineReview, IsDoneWithTheSubmissionAndIsNoStep) {
  RoutingRig rig;
  Upstream up(RoutingRig::kStart);
  rig.Deliver({up.Submitted()});
  EXPECT_EQ(rig.One("SELECT state||' '||version FROM kase"), "1 1");
  EXPECT_EQ(rig.Emitted().size(), 2u);
}

TEST_F(RoutingReview, APersonLooksBeforeAnAuthorityHasATask) {
  rig_.Deliver({up_.Submitted()});
  EXPECT_EQ(State(), "13");
  EXPECT_EQ(rig_.One("SELECT reviewer FROM kase"), "PLATFORM");
  EXPECT_EQ(Count(kGiven), 0u);
  EXPECT_EQ(Deadlines(), (std::vector<std::string>{"OVERALL", "PRE_CHECK"}));
  rig_.clock().AdvanceTo(up_.At(5));
  ASSERT_TRUE(rig_.Review(up_.case_id()).ok());
  EXPECT_EQ(State(), "1");
  const auto given = rig_.EmittedAs<department::v1::TaskGiven>(kGiven);
  ASSERT_EQ(given.size(), 1u);
  EXPECT_EQ(given[0].given_at().seconds(), absl::ToUnixSeconds(up_.At(5)));
  EXPECT_EQ(rig_.One("SELECT kind||' '||person||' '||note FROM review"), "PASSED 赵某 已核对");
  EXPECT_EQ(rig_.One("SELECT reviewer FROM kase"), "");
  EXPECT_TRUE(HasReason(rig_.Review(up_.case_id()), "NOT_IN_PRE_CHECK"));
  up_.SpeakAs(*Id::FromBytes(given[0].task()), "transport");
  rig_.Deliver({up_.Delivered(6), up_.Decided(7, "a1"), up_.Entered(8, "a1")});
  EXPECT_EQ(State(), "6");
}

TEST_F(RoutingReview, AllThatIsMissingIsToldOnceAndGoesAlongWithTheTask) {
  rig_.Deliver({up_.Submitted()});
  rig_.clock().AdvanceTo(up_.At(1));
  ASSERT_TRUE(rig_.Review(up_.case_id(), {"缺整改报告", "缺缴款凭证"}).ok());
  EXPECT_EQ(State(), "4");
  const auto changed = rig_.EmittedAs<routing::v1::CaseChanged>(kCaseChanged);
  EXPECT_EQ(changed.back().defects_size(), 2);
  EXPECT_EQ(changed.back().round(), 1);
  rig_.Deliver({up_.Supplemented(3)});
  EXPECT_EQ(State(), "13");
  EXPECT_EQ(Count("xiufu.dept.supplement_passed_on.v1"), 0u) << "nobody has a task yet";
  EXPECT_TRUE(HasReason(rig_.Review(up_.case_id(), {"还缺"}), "DEFECTS_TOLD_ALREADY"));
  EXPECT_EQ(State(), "13");
  rig_.clock().AdvanceTo(up_.At(4));
  ASSERT_TRUE(rig_.Review(up_.case_id()).ok());
  const auto given = rig_.EmittedAs<department::v1::TaskGiven>(kGiven);
  ASSERT_EQ(given.size(), 1u);
  ASSERT_EQ(given[0].materials_size(), 2);
  EXPECT_EQ(given[0].materials(1).kind(), "M3");
  // What the reviewer asked for is not the authority's one request.
  up_.SpeakAs(*Id::FromBytes(given[0].task()), "transport");
  rig_.Deliver({up_.SupplementAsked(6, "a1")});
  EXPECT_EQ(State(), "4");
  EXPECT_EQ(rig_.One("SELECT rounds||' '||review_rounds FROM kase"), "2 1");
}

TEST_F(RoutingReview, WhenItsTimeIsUpTheCaseIsPassedOnAndNothingIsDecided) {
  rig_.Deliver({up_.Submitted()});
  const std::string due = rig_.One("SELECT due_date FROM deadline WHERE kind = 'PRE_CHECK'");
  const absl::Time up = StartOfLegalDay(*ParseDay(due) + 1);
  rig_.clock().AdvanceTo(up - absl::Seconds(1));
  rig_.RunDue();
  EXPECT_EQ(State(), "13");
  rig_.clock().AdvanceTo(up + absl::Hours(5));
  rig_.RunDue();
  EXPECT_EQ(State(), "1");
  EXPECT_EQ(rig_.One("SELECT kind||person FROM review"), "TIME_UP");
  const auto given = rig_.EmittedAs<department::v1::TaskGiven>(kGiven);
  ASSERT_EQ(given.size(), 1u);
  EXPECT_EQ(given[0].given_at().seconds(), absl::ToUnixSeconds(up)) << "not when it was handled";
  EXPECT_EQ(rig_.One("SELECT result FROM kase"), "0");
}

TEST_F(RoutingReview, WhoGivesUpInPreCheckTroublesNoAuthority) {
  rig_.Deliver({up_.Submitted(), up_.WithdrawalRequested(1)});
  EXPECT_EQ(State(), "10");
  EXPECT_EQ(Count(kTaskCancelled), 0u);
}

TEST_F(RoutingReview, NoSupplementForThePreCheckClosesTheCase) {
  rig_.Deliver({up_.Submitted()});
  ASSERT_TRUE(rig_.Review(up_.case_id(), {"缺整改报告"}).ok());
  rig_.Deliver({up_.SupplementMissed(900)});
  EXPECT_EQ(State(), "11");
  EXPECT_EQ(Count(kTaskCancelled), 0u);
}

TEST_F(RoutingReview, WhatTheAuthorityDidByItselfDecidesAlsoInPreCheck) {
  rig_.Deliver({up_.Submitted(), up_.ResultReported(2, "MOVED_OUT")});
  EXPECT_EQ(State(), "5");
  EXPECT_EQ(Count(kTaskCancelled), 0u);
}

TEST_F(RoutingReview, OfAPushedCaseItIsAnOpinionBesideTheAuthoritysClock) {
  rig_.Deliver({up_.Submitted("transport", "N36-GEN", common::v1::FRONT_DOOR_CREDIT_CHINA)});
  EXPECT_EQ(State(), "1") << "at once with the authority";
  EXPECT_EQ(Count(kGiven), 1u);
  const std::string version = rig_.One("SELECT version FROM kase");
  ASSERT_TRUE(rig_.GiveOpinion(up_.case_id()).ok());
  EXPECT_EQ(rig_.One("SELECT version FROM kase"), version);
  EXPECT_EQ(rig_.One("SELECT kind||' '||person||' '||note FROM review WHERE person <> ''"),
            "OPINION 赵某 整改报告缺页");
  const auto told = rig_.EmittedAs<routing::v1::OpinionGiven>("xiufu.routing.opinion_given.v1");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].text(), "整改报告缺页");
}

TEST_F(RoutingReview, AnOpinionOnAPushedCaseReachesTheAuthority) {
  rig_.Deliver({up_.Submitted("transport", "N36-GEN", common::v1::FRONT_DOOR_CREDIT_CHINA)});
  const auto given = rig_.EmittedAs<department::v1::TaskGiven>(kGiven);
  ASSERT_EQ(given.size(), 1u);
  ASSERT_EQ(given[0].opinions_size(), 1) << "what the suite found itself";
  EXPECT_EQ(given[0].opinions(0).review(), "own");
  EXPECT_EQ(given[0].opinions(0).by(), "");
  EXPECT_EQ(given[0].opinions(0).given_at().seconds(), given[0].given_at().seconds());
  const auto& missing = given[0].opinions(0).missing();
  EXPECT_FALSE(missing.empty()) << "M2 alone was handed in";
  EXPECT_EQ(std::count(missing.begin(), missing.end(), "M2"), 0);
  const std::vector<std::string> due = rig_.Column("SELECT kind||due_date FROM deadline");
  ASSERT_TRUE(rig_.GiveOpinion(up_.case_id()).ok());
  const auto passed = rig_.EmittedAs<department::v1::OpinionPassedOn>(kOpinionPassed);
  ASSERT_EQ(passed.size(), 1u);
  EXPECT_EQ(passed[0].task(), given[0].task());
  EXPECT_EQ(passed[0].opinion().by(), "REVIEWER");
  EXPECT_EQ(passed[0].opinion().text(), "整改报告缺页");
  EXPECT_EQ(rig_.Column("SELECT kind||due_date FROM deadline"), due) << "no clock minds";
}

TEST_F(RoutingReview, WhoGetsTheCaseLaterGetsTheOpinionsWithTheTask) {
  rig_.Deliver({up_.Submitted("transport", "N36-GEN", common::v1::FRONT_DOOR_CREDIT_CHINA),
                up_.Returned(2, "a1")});
  ASSERT_EQ(State(), "8");
  rig_.clock().AdvanceTo(up_.At(3));
  ASSERT_TRUE(rig_.GiveOpinion(up_.case_id()).ok());
  EXPECT_EQ(Count(kOpinionPassed), 0u) << "nobody has it";
  ASSERT_TRUE(rig_.Assign(up_.case_id(), "environment").ok());
  const auto given = rig_.EmittedAs<department::v1::TaskGiven>(kGiven);
  ASSERT_EQ(given.size(), 2u);
  ASSERT_EQ(given[0].authority_code(), "environment") << "in the order of the streams";
  ASSERT_EQ(given[0].opinions_size(), 2);
  EXPECT_EQ(given[0].opinions(0).review(), "own");
  EXPECT_EQ(given[0].opinions(1).text(), "整改报告缺页");
}

TEST_F(RoutingReview, WhoAppliesHereIsLookedAtBeforeAndTheTaskSaysNothingOfIt) {
  RoutingRig rig;
  Upstream up(RoutingRig::kStart);
  rig.Deliver({up.Submitted()});
  EXPECT_EQ(rig.EmittedAs<department::v1::TaskGiven>(kGiven)[0].opinions_size(), 0);
}

TEST_F(RoutingReview, WhatAReviewerNeedsIsNoTimeOfTheAuthority) {
  rig_.Deliver({up_.Submitted()});
  rig_.clock().AdvanceTo(up_.At(1));
  ASSERT_TRUE(rig_.Review(up_.case_id(), {"缺整改报告"}).ok());
  rig_.Deliver({up_.Supplemented(21)});
  rig_.clock().AdvanceTo(up_.At(24));
  ASSERT_TRUE(rig_.Review(up_.case_id()).ok());
  const auto given = rig_.EmittedAs<department::v1::TaskGiven>(kGiven);
  ASSERT_EQ(given.size(), 1u);
  up_.SpeakAs(*Id::FromBytes(given[0].task()), "transport");
  rig_.Deliver({up_.Delivered(25), up_.SupplementAsked(26, "a1"), up_.Supplemented(36, 2),
                up_.Decided(40, "a2"), up_.Entered(44, "a2")});
  EXPECT_EQ(State(), "6");
  EXPECT_EQ(rig_.One("SELECT (gross / 3600000)||' '||(net / 3600000)||' '"
                     "||(with_authority / 3600000)||' '||authority_code FROM case_time"),
            "20 10 9 transport");
  EXPECT_EQ(rig_.Column("SELECT round||authority_code FROM case_pause ORDER BY round"),
            (std::vector<std::string>{"1", "2transport"}));
}

TEST_F(RoutingReview, ACaseThatEndsInPreCheckCountsForNoAuthority) {
  rig_.Deliver({up_.Submitted(), up_.WithdrawalRequested(5)});
  EXPECT_EQ(rig_.One("SELECT (gross / 3600000)||authority_code FROM case_time"), "5");
}

TEST_F(RoutingReview, HowOftenIsAskedIsARowOfTheCatalogue) {
  rig_.Load(
      LawWith("supervision.toml", "by = \"AUTHORITY\"\nmost = 1", "by = \"AUTHORITY\"\nmost = 2"));
  rig_.Deliver({up_.Submitted(), up_.SupplementAsked(2, "a1"), up_.Supplemented(3),
                up_.SupplementAsked(4, "a2"), up_.Supplemented(5, 2)});
  EXPECT_EQ(rig_.One("SELECT rounds FROM kase"), "2");
  rig_.Deliver({up_.SupplementAsked(6, "a3")});
  EXPECT_EQ(rig_.One("SELECT rounds FROM kase"), "2") << "a supervisor has to let it";
  EXPECT_EQ(rig_.One("SELECT counts FROM answer WHERE answer_id = 'a3'"), "0");
}

TEST(RoutingReviewRounds, OfAReviewerToo) {
  RoutingRig rig(":memory:", kMarch);
  rig.Load(
      LawWith("supervision.toml", "by = \"REVIEWER\"\nmost = 1", "by = \"REVIEWER\"\nmost = 0"));
  Upstream march(kMarch);
  rig.Deliver({march.Submitted("transport", "N58-PEN")});
  EXPECT_TRUE(HasReason(rig.Review(march.case_id(), {"缺整改报告"}), "DEFECTS_TOLD_ALREADY"));
}

TEST_F(RoutingReview, AnOpinionIsNotForACaseThatWaitsForTheReview) {
  rig_.Deliver({up_.Submitted()});
  EXPECT_TRUE(HasReason(rig_.GiveOpinion(up_.case_id()), "IN_PRE_CHECK"));
  rig_.Deliver({up_.WithdrawalRequested(1)});
  EXPECT_TRUE(HasReason(rig_.GiveOpinion(up_.case_id()), "CASE_ENDED"));
}

// Under NDRC-58.
TEST(RoutingOrder58, TheCityLooksFirstAndTheNationalDecisionIsAwaited) {
  RoutingRig rig(":memory:", kMarch);
  Upstream up(kMarch);
  rig.Deliver({up.Submitted("transport", "N58-PEN")});
  EXPECT_EQ(rig.One("SELECT state||' '||reviewer FROM kase"), "13 CITY_CREDIT_CENTRE");
  rig.clock().AdvanceTo(up.At(5));
  ASSERT_TRUE(rig.Review(up.case_id()).ok());
  EXPECT_EQ(rig.One("SELECT state||' '||handling FROM kase"), "14 RELAYED");
  EXPECT_TRUE(rig.EmittedAs<department::v1::TaskGiven>(kGiven).empty());
  rig.Deliver({up.ResultReported(30, "MOVED_OUT"), up.Entered(31, "")});
  EXPECT_EQ(rig.One("SELECT state FROM kase"), "6");
}

TEST(RoutingOrder58, TheProvinceLooksOnceMoreWhereTheRuleSaysSo) {
  RoutingRig rig(":memory:", kMarch);
  rig.Load(LawWith("regime-ndrc-58.toml", "pre_check = \"CITY_CREDIT_CENTRE\"",
                   "pre_check = \"CITY_CREDIT_CENTRE\"\n"
                   "second_check = \"PROVINCIAL_CREDIT_CENTRE\""));
  Upstream up(kMarch);
  rig.Deliver({up.Submitted("transport", "N58-PEN")});
  rig.clock().AdvanceTo(up.At(5));
  ASSERT_TRUE(rig.Review(up.case_id()).ok());
  EXPECT_EQ(rig.One("SELECT state||' '||reviewer FROM kase"), "13 PROVINCIAL_CREDIT_CENTRE");
  rig.clock().AdvanceTo(up.At(24));
  ASSERT_TRUE(rig.Review(up.case_id()).ok());
  EXPECT_EQ(rig.One("SELECT state FROM kase"), "14");
  EXPECT_EQ(rig.Column("SELECT step||kind FROM review ORDER BY step"),
            (std::vector<std::string>{"0PASSED", "1PASSED"}));
}

// The order has no number for it: the suite's own stands in, so that no state is without a clock.
TEST(RoutingOrder58, WaitingForASupplementHasAClockAndAnEnd) {
  RoutingRig rig(":memory:", kMarch);
  Upstream up(kMarch);
  rig.Deliver({up.Submitted("transport", "N58-PEN")});
  rig.clock().AdvanceTo(up.At(5));
  ASSERT_TRUE(rig.Review(up.case_id(), {"缺整改报告"}).ok());
  EXPECT_EQ(rig.One("SELECT state FROM kase"), "4");
  EXPECT_EQ(rig.One("SELECT due_date||' '||source FROM deadline WHERE kind = 'SUPPLEMENT'"),
            "2026-03-31 本系统（各办法未见补正期限的数字）");
  rig.clock().Advance(absl::Hours(24 * 40));
  rig.RunDue();
  EXPECT_EQ(
      rig.EmittedAs<routing::v1::SupplementOverdue>("xiufu.routing.supplement_overdue.v1").size(),
      1u);
}

}  // namespace
}  // namespace xiufu::routing
