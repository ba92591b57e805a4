// Cases that are decided in another system: an upstream door leads to it, and what comes back is
// matched by record.
#include <gtest/gtest.h>

#include "tests/unit/routing_rig.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/routing/v1/events.pb.h"

namespace xiufu::routing {
namespace {

class RoutingWithUpstreamTest : public ::testing::Test {
 protected:
  std::string State() { return rig_.One("SELECT state FROM kase"); }
  routing::v1::CaseChanged LastChange() {
    return rig_.EmittedAs<routing::v1::CaseChanged>("xiufu.routing.case_changed.v1").back();
  }
  // What a system of an authority would be told.
  size_t ToldToAuthorities() {
    size_t told = 0;
    for (const messaging::Envelope& event : rig_.Emitted()) {
      told += event.stream.rfind("dept.", 0) == 0;
    }
    return told;
  }

  RoutingRig rig_;
  Upstream up_{RoutingRig::kStart};
};

TEST_F(RoutingWithUpstreamTest, ARelayedRecordSaysWhereItGoesAndHasNoTask) {
  rig_.Handle(up_.Submitted("tax"));
  ASSERT_EQ(rig_.Column("SELECT reason FROM waiting"), std::vector<std::string>());
  EXPECT_EQ(State(), "14");
  EXPECT_EQ(LastChange().handling(), "RELAYED");
  ASSERT_EQ(LastChange().reasons_size(), 1);
  EXPECT_NE(LastChange().reasons(0).find("信用中国"), std::string::npos);
  EXPECT_EQ(ToldToAuthorities(), 0u);
  EXPECT_EQ(rig_.Column("SELECT kind FROM deadline"), (std::vector<std::string>{"OVERALL"}));
}

TEST_F(RoutingWithUpstreamTest, AHandedOverRecordNamesItsOwnDoor) {
  rig_.Handle(up_.Submitted("court"));
  EXPECT_EQ(State(), "14");
  EXPECT_EQ(LastChange().handling(), "HANDED_OVER");
  EXPECT_EQ(LastChange().reasons(0), "执行法院");
}

TEST_F(RoutingWithUpstreamTest, TheReportedResultDecidesItAndNobodyIsToldToStop) {
  rig_.Deliver({up_.Submitted("tax"), up_.ResultReported(2, "MOVED_OUT")});
  EXPECT_EQ(State(), "5");
  rig_.Deliver({up_.Entered(4, "")});
  EXPECT_EQ(State(), "6");
  EXPECT_EQ(ToldToAuthorities(), 0u);
}

TEST_F(RoutingWithUpstreamTest, WhatBecameOfItThereIsTold) {
  rig_.Handle(up_.Submitted("tax"));
  const auto tell = [&](const char* id, decltype(Told::kind) kind) {
    return rig_.Tell(up_.case_id(), {.answer_id = id,
                                     .content = id,
                                     .person = "王某",
                                     .source = "电话",
                                     .kind = std::move(kind)});
  };
  EXPECT_TRUE(tell("told/1", Told::Filed{"XYZG-7", "2026-05-29"}).ok());
  EXPECT_EQ(State(), "14");
  EXPECT_EQ(LastChange().upstream_step(), "FILED");
  EXPECT_EQ(LastChange().authority_no(), "XYZG-7");
  EXPECT_TRUE(tell("told/2", Accepted{"税受1号"}).ok());
  EXPECT_EQ(LastChange().upstream_step(), "ACCEPTED");
  EXPECT_TRUE(
      tell("told/3",
           Decided{{CaseResult::kRefused, "税修1号", "2026-05-29", {"未缴清"}, "可申请行政复议"}})
          .ok());
  EXPECT_EQ(State(), "5");
  EXPECT_EQ(
      rig_.EmittedAs<routing::v1::AnswerTaken>("xiufu.routing.answer_taken.v1")[0].reported_by(),
      "电话");
  EXPECT_EQ(tell("told/4", Accepted{}).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(rig_.Column("SELECT kind FROM told ORDER BY told_id"),
            (std::vector<std::string>{"TOLD_FILED", "TOLD_ACCEPTED", "TOLD_REFUSED"}));
}

TEST_F(RoutingWithUpstreamTest, AnAuthorityWithoutASystemMaySayNoToWhatWasPushed) {
  rig_.Handle(up_.Submitted("tax", "N36-GEN", common::v1::FRONT_DOOR_CREDIT_CHINA));
  const Told no{.answer_id = "told/1",
                .person = "王某",
                .source = "税务局来函",
                .kind = NotAccepted{"不受1号", {"材料不符"}, "可申请行政复议"}};
  EXPECT_TRUE(rig_.Tell(up_.case_id(), no).ok());
  EXPECT_EQ(State(), "9");
  EXPECT_EQ(LastChange().reasons(0), "材料不符");
}

TEST_F(RoutingWithUpstreamTest, ItMayBeWithdrawn) {
  rig_.Deliver({up_.Submitted("tax"), up_.WithdrawalRequested(2)});
  EXPECT_EQ(State(), "10");
  EXPECT_EQ(ToldToAuthorities(), 0u);
}

TEST_F(RoutingWithUpstreamTest, WhatAnUpstreamDoorPushedDoesNotGoBackThere) {
  rig_.Handle(up_.Submitted("tax", "N36-GEN", common::v1::FRONT_DOOR_CREDIT_CHINA));
  EXPECT_EQ(State(), "8");
  EXPECT_NE(rig_.One("SELECT reason FROM kase").find("pushed from upstream"), std::string::npos);
  EXPECT_EQ(ToldToAuthorities(), 0u);
}

}  // namespace
}  // namespace xiufu::routing
