// What the applicant already gave, or an authority or a system has, is answered from the case and
// not asked again.
#include <gtest/gtest.h>

#include "services/routing/drivers/needless_table.h"
#include "tests/unit/routing_rig.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/routing/v1/events.pb.h"

namespace xiufu::routing {
namespace {

// The submission holds an M2; the catalogue says of M4 that the electronic licence is fetched.
class RoutingNeedlessTest : public ::testing::Test {
 protected:
  void Feed(std::initializer_list<messaging::EncodedEvent> events) { rig_.Deliver(events); }
  std::string State() { return rig_.One("SELECT state FROM kase"); }
  std::vector<department::v1::SupplementPassedOn> PassedOn() {
    return rig_.EmittedAs<department::v1::SupplementPassedOn>("xiufu.dept.supplement_passed_on.v1");
  }
  std::vector<NeedlessCount> Counts() {
    std::vector<NeedlessCount> counts;
    const absl::Status status = rig_.database().Read([&](storage::Session& session) {
      counts = NeedlessTable().ByAuthority(session, up_.At(0), up_.At(24 * 30));
      return session.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return counts;
  }

  RoutingRig rig_;
  Upstream up_{RoutingRig::kStart};
};

TEST_F(RoutingNeedlessTest, WhatWasGivenIsHandedOverAgainAndTheClockDoesNotPause) {
  Feed({up_.Submitted(), up_.Accepted(1, "a1"), up_.PapersAsked(2, "a2", {"M2"})});
  EXPECT_EQ(State(), "3");
  const auto passed = PassedOn();
  ASSERT_EQ(passed.size(), 1u);
  EXPECT_EQ(passed[0].round(), -1);
  EXPECT_EQ(passed[0].answer_id(), "a2");
  ASSERT_EQ(passed[0].materials_size(), 1);
  EXPECT_EQ(passed[0].materials(0).kind(), "M2");
  EXPECT_TRUE(passed[0].fetched().empty());
  EXPECT_EQ(rig_.One("SELECT pauses FROM deadline WHERE kind = 'DECIDE'"), "");
  EXPECT_EQ(rig_.One("SELECT count(*) FROM deadline WHERE kind = 'SUPPLEMENT'"), "0");
  EXPECT_EQ(rig_.One("SELECT kind || counts FROM answer WHERE answer_id = 'a2'"),
            "SUPPLEMENT_REQUESTED1");
  EXPECT_EQ(rig_.One("SELECT rounds FROM kase"), "0")
      << "the authority's one request is not used up";
}

TEST_F(RoutingNeedlessTest, WhatAnAuthorityHoldsIsSaidToBeFetched) {
  Feed({up_.Submitted(), up_.PapersAsked(2, "a1", {"M4"})});
  ASSERT_EQ(PassedOn().size(), 1u);
  EXPECT_EQ(PassedOn()[0].fetched(0), "M4");
  EXPECT_TRUE(PassedOn()[0].materials().empty());
  EXPECT_EQ(State(), "1");
}

TEST_F(RoutingNeedlessTest, OfAMixedRequestTheApplicantIsAskedForTheRest) {
  Feed({up_.Submitted(), up_.Accepted(1, "a1"), up_.PapersAsked(2, "a2", {"M2", "M3", "", "M4"})});
  EXPECT_EQ(State(), "4");
  const auto changes = rig_.EmittedAs<routing::v1::CaseChanged>("xiufu.routing.case_changed.v1");
  ASSERT_EQ(changes.back().defects_size(), 2);
  EXPECT_EQ(changes.back().defects(0), "缺少M3");
  EXPECT_EQ(changes.back().defects(1), "缺少");
  ASSERT_EQ(PassedOn().size(), 1u);
  EXPECT_EQ(PassedOn()[0].materials_size(), 1);
  EXPECT_EQ(PassedOn()[0].fetched_size(), 1);
}

TEST_F(RoutingNeedlessTest, WordsAloneGoToTheApplicant) {
  Feed({up_.Submitted(), up_.PapersAsked(2, "a1", {""})});
  EXPECT_EQ(State(), "4");
  EXPECT_TRUE(PassedOn().empty());
  EXPECT_TRUE(Counts().empty());
}

TEST_F(RoutingNeedlessTest, ASupplementOfTheCaseCountsAsGiven) {
  Feed({up_.Submitted(), up_.Accepted(1, "a1"), up_.SupplementAsked(2, "a2"), up_.Supplemented(3),
        up_.PapersAsked(4, "a3", {"M3"}), up_.PapersAsked(5, "a4", {"M2", "M3"})});
  EXPECT_EQ(State(), "3") << "a second request needs no supervisor where nothing is left to ask";
  const auto passed = PassedOn();
  ASSERT_EQ(passed.size(), 3u);
  EXPECT_EQ(passed[0].round(), 1);
  EXPECT_EQ(passed[1].round(), -1);
  EXPECT_EQ(passed[2].round(), -2);
  EXPECT_EQ(passed[2].materials_size(), 2);
}

TEST_F(RoutingNeedlessTest, ASecondRequestIsAnsweredOnceASupervisorLetsIt) {
  Feed({up_.Submitted(), up_.Accepted(1, "a1"), up_.SupplementAsked(2, "a2"), up_.Supplemented(3),
        up_.PapersAsked(4, "a3", {"M2", "M5"})});
  EXPECT_EQ(State(), "3");
  EXPECT_EQ(PassedOn().size(), 1u) << "kept, and nothing is done about it yet";
  ASSERT_TRUE(rig_.Allow(up_.case_id(), "a3").ok());
  EXPECT_EQ(State(), "4");
  EXPECT_EQ(PassedOn().back().answer_id(), "a3");
  ASSERT_EQ(Counts().size(), 1u);
  EXPECT_EQ(Counts()[0].whole_requests, 0);
}

TEST_F(RoutingNeedlessTest, AreCountedPerAuthority) {
  Feed({up_.Submitted(), up_.Accepted(1, "a1"), up_.PapersAsked(2, "a2", {"M2", "M4"}),
        up_.PapersAsked(3, "a3", {"M2", "M3"})});
  const std::vector<NeedlessCount> counts = Counts();
  ASSERT_EQ(counts.size(), 1u);
  EXPECT_EQ(counts[0].authority_code, "transport");
  EXPECT_EQ(counts[0].requests, 2);
  EXPECT_EQ(counts[0].whole_requests, 1);
  EXPECT_EQ(counts[0].given_papers, 2);
  EXPECT_EQ(counts[0].fetched_papers, 1);
}

TEST_F(RoutingNeedlessTest, TheSameRequestAgainIsNothing) {
  const auto asked = up_.Submitted();
  Feed({asked});
  const auto request = up_.PapersAsked(2, "a1", {"M2"});
  Feed({request});
  rig_.Handle(request);
  EXPECT_EQ(PassedOn().size(), 1u);
  EXPECT_EQ(Counts()[0].requests, 1);
}

}  // namespace
}  // namespace xiufu::routing
