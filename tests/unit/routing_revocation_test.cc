// Findings about approvals: which one counts, by whom, what the law makes of it.
#include <gtest/gtest.h>

#include "libs/base/status.h"
#include "services/routing/drivers/conflict_table.h"
#include "tests/unit/routing_rig.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/routing/v1/revocation_events.pb.h"

namespace xiufu::routing {
namespace {

constexpr char kRevocationTaken[] = "xiufu.routing.revocation_taken.v1";

class RoutingRevocationTest : public ::testing::Test {
 protected:
  void Feed(std::initializer_list<messaging::EncodedEvent> events) { rig_.Deliver(events); }
  void Conclude(const std::string& rule = "N36-GEN") {
    Feed({up_.Submitted("transport", rule)});
    Feed({up_.Accepted(1, "a1"), up_.Decided(2, "a2"), up_.Entered(3, "a2")});
  }
  std::vector<routing::v1::RevocationTaken> Taken() {
    return rig_.EmittedAs<routing::v1::RevocationTaken>(kRevocationTaken);
  }
  ReportRevocation::Command Letter(const std::string& kind = "DECISION_ANNULLED") {
    ReportRevocation::Command command;
    command.case_id = up_.case_id();
    command.finding = {.answer_id = "report/丹政复〔2026〕3号", .content = kind};
    command.finding.kind = Revoked{.kind = kind,
                                   .document_no = "丹政复〔2026〕3号",
                                   .found_on = "2026-05-29",
                                   .reasons = {"程序违法"},
                                   .found_by = "丹东市人民政府",
                                   .reported_by = "丹交函〔2026〕9号"};
    return command;
  }

  RoutingRig rig_;  // submitted on 2026-05-29
  Upstream up_{RoutingRig::kStart};
};

TEST_F(RoutingRevocationTest, AFindingOfTheAuthorityCountsOnceTheApprovalIsInTheLedger) {
  Conclude();
  Feed({up_.Revoked(30, "r1")});
  ASSERT_EQ(Taken().size(), 1u);
  const routing::v1::RevocationTaken taken = Taken()[0];
  EXPECT_EQ(taken.answer().revoked().kind(), "FALSE_MATERIAL");
  EXPECT_EQ(taken.authority().code(), "transport");
  EXPECT_FALSE(taken.decision().empty());
  EXPECT_EQ(taken.breach().rule_id(), "N36-FALSE");
  EXPECT_EQ(taken.breach().regime(), "NDRC-36");
  EXPECT_EQ(taken.breach().ban_from(), "2026-05-29");
  EXPECT_EQ(taken.breach().ban_until(), "2029-05-29");
  EXPECT_EQ(taken.breach().confidence(), "M");
  EXPECT_FALSE(taken.restarts());
  // The case stays what it was.
  EXPECT_EQ(rig_.One("SELECT state || ' ' || revoked_by FROM kase"), "6 r1");
  EXPECT_EQ(rig_.One("SELECT counts FROM answer WHERE answer_id = 'r1'"), "1");
}

TEST_F(RoutingRevocationTest, OneThatComesBeforeTheLedgersWordWaitsForIt) {
  Feed({up_.Submitted()});
  Feed({up_.Decided(1, "a1"), up_.Revoked(2, "r1")});
  EXPECT_TRUE(Taken().empty());
  EXPECT_EQ(rig_.One("SELECT count(*) FROM early_input"), "1");
  Feed({up_.Entered(3, "a1")});
  EXPECT_EQ(Taken().size(), 1u);
  EXPECT_EQ(rig_.One("SELECT count(*) FROM early_input"), "0");
}

TEST_F(RoutingRevocationTest, WhatRevokesNothingIsKeptAndShown) {
  Feed({up_.Submitted()});
  Feed({up_.Accepted(1, "a1"), up_.Revoked(2, "r0"), up_.Decided(3, "a2"), up_.Entered(4, "a2")});
  Feed({up_.Revoked(5, "r1", "NOT_KNOWN"), up_.Revoked(6, "r2", "PLAN_FAILED"),
        up_.Revoked(7, "r3", "FALSE_MATERIAL", "2026-07-01"), up_.Revoked(8, "r4"),
        up_.Revoked(9, "r5", "DECISION_ANNULLED")});
  EXPECT_EQ(Taken().size(), 1u) << "r4";
  const std::string not_about_it =
      " 认定情形或者日期不适用于该修复决定 / no such finding can be about this approval";
  EXPECT_EQ(rig_.Column("SELECT answer_id || ' ' || reason FROM answer WHERE kind = 'REVOKED'"
                        " AND counts = 0 ORDER BY answer_id"),
            (std::vector<std::string>{"r0 没有可以撤销的修复决定 / there is no approval to revoke",
                                      "r1" + not_about_it, "r2" + not_about_it, "r3" + not_about_it,
                                      "r5 修复决定此前已撤销 / the approval was revoked before"}));
  EXPECT_EQ(rig_.Waiting().parked, 0);
}

TEST_F(RoutingRevocationTest, ARefusalHasNothingToRevoke) {
  Feed({up_.Submitted()});
  Feed({up_.Decided(1, "a1", false), up_.Entered(2, "a1"), up_.Revoked(3, "r1")});
  EXPECT_TRUE(Taken().empty());
}

TEST_F(RoutingRevocationTest, AnAnnulmentIsNoBreach) {
  Conclude();
  const absl::Status reported = rig_.Report(Letter());
  ASSERT_TRUE(reported.ok()) << reported;
  ASSERT_EQ(Taken().size(), 1u);
  EXPECT_FALSE(Taken()[0].has_breach());
  EXPECT_EQ(Taken()[0].reported_by(), "丹交函〔2026〕9号");
  // Told again it is nothing; another one comes too late and leaves nothing.
  EXPECT_TRUE(rig_.Report(Letter()).ok());
  ReportRevocation::Command other = Letter("FALSE_MATERIAL");
  other.finding.answer_id = "report/2";
  const absl::Status refused = rig_.Report(other);
  EXPECT_EQ(ReasonOf(refused)->reason, "NOTHING_TO_REVOKE") << refused;
  EXPECT_EQ(rig_.One("SELECT count(*) FROM answer WHERE kind = 'REVOKED'"), "1");
  EXPECT_EQ(Taken().size(), 1u);
}

TEST_F(RoutingRevocationTest, AnAnswerAfterAnAnnulmentIsAPersonsToCompareAndNeverApplied) {
  Conclude();
  ASSERT_TRUE(rig_.Report(Letter()).ok());
  const std::string standing =
      rig_.One("SELECT state||result||counted_answer||revoked_by FROM kase");
  const size_t said = rig_.Emitted().size();
  Feed({up_.Decided(30, "a9", false), up_.Decided(31, "a10"), up_.Decided(30, "a9", false)});
  EXPECT_EQ(rig_.One("SELECT state||result||counted_answer||revoked_by FROM kase"), standing);
  EXPECT_EQ(rig_.Emitted().size(), said) << "nothing of it is told to anybody";
  std::vector<std::string> open;
  EXPECT_TRUE(rig_.database()
                  .Read([&](storage::Session& session) {
                    for (const AnswerConflict& one : ConflictTable().Open(session, {}, 10)) {
                      open.push_back(one.key.answer_id);
                    }
                    return session.status();
                  })
                  .ok());
  EXPECT_EQ(open, (std::vector<std::string>{"a9", "a10"}));
}

// A slip of the pen would else revoke without a breach, and could not be corrected.
TEST_F(RoutingRevocationTest, AFindingOfADayBeforeTheApprovalRevokesNothingAndCanBeCorrected) {
  Conclude();
  ReportRevocation::Command early = Letter();
  const std::string right = std::get<Revoked>(early.finding.kind).found_on;
  std::get<Revoked>(early.finding.kind).found_on = "2001-01-01";
  EXPECT_EQ(ReasonOf(rig_.Report(early))->reason, "NOTHING_TO_REVOKE");
  std::get<Revoked>(early.finding.kind).found_on = right;
  EXPECT_TRUE(rig_.Report(early).ok());
  EXPECT_EQ(Taken().size(), 1u);
}

TEST_F(RoutingRevocationTest, AReportNamesTheCaseOrTheNumberOfItsDecision) {
  Conclude();
  ReportRevocation::Command by_number = Letter();
  by_number.case_id = Id();
  by_number.decision_no = "决没有";
  EXPECT_EQ(ReasonOf(rig_.Report(by_number))->reason, "CASE_NOT_FOUND");
  by_number.decision_no = "决a2";
  EXPECT_TRUE(rig_.Report(by_number).ok());
  EXPECT_EQ(Taken().size(), 1u);
}

TEST_F(RoutingRevocationTest, AReportBeforeTheLedgersWordIsRefusedAndLeavesNothing) {
  Feed({up_.Submitted()});
  Feed({up_.Decided(1, "a1")});
  EXPECT_EQ(ReasonOf(rig_.Report(Letter()))->reason, "NOTHING_TO_REVOKE");
  EXPECT_EQ(rig_.One("SELECT count(*) FROM answer WHERE kind = 'REVOKED'"), "0");
}

TEST_F(RoutingRevocationTest, AFailedPlanRevokesAShieldingAlone) {
  Conclude("N36-BKR-T");
  Feed({up_.Revoked(4, "r1", "PLAN_FAILED")});
  ASSERT_EQ(Taken().size(), 1u);
  EXPECT_FALSE(Taken()[0].has_breach());
}

}  // namespace
}  // namespace xiufu::routing
