// Decisions that are revoked: what their records go back to, in every order.
#include <gtest/gtest.h>

#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "services/publication/app/carry_out.h"
#include "services/publication/app/take_report.h"
#include "services/publication/domain/name_search.h"
#include "services/publication/drivers/event_codec.h"
#include "services/publication/drivers/sql_endings.h"
#include "services/publication/drivers/sql_records.h"
#include "services/publication/drivers/sql_reports.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/publication_ledger.h"
#include "xiufu/publication/v1/revocation_events.pb.h"

namespace xiufu::publication {
namespace {

constexpr char kRestored[] = "xiufu.publication.publicity_restored.v1";

class PublicationRevocation : public PublicationTest {
 protected:
  void SetUp() override {
    PublicationTest::SetUp();
    StandOn("2026-05-04");
    // General by the law of 2026-04-01: published for a year, until 2027-04-20.
    ASSERT_TRUE(Import(FeedOf({General("2026-04-20")})).ok());
    record_ = OnlyRecord();
  }
  static RowText General(const std::string& day) {
    return RowText().Set("CF_CFLB", "没收违法所得").Set("CF_NR_FK", "").Set("CF_JDRQ", day);
  }
  void StandOn(absl::string_view day) {
    clock_.JumpTo(StartOfLegalDay(*ParseDay(day)) + absl::Hours(9));
  }
  absl::Status Tell(const messaging::Envelope& event) {
    return ledger_.Tell(*database_, event, clock_.Now());
  }
  absl::Status Approve(const std::string& decision, uint64_t version,
                       const std::string& effect = "END_PUBLICITY") {
    return Tell(ledger_.Entered(decision, record_, version, effect, clock_.Now()));
  }
  absl::Status Revoke(const std::string& decision, const std::string& kind = "DECISION_ANNULLED",
                      const std::string& found_on = "2026-05-05") {
    return Tell(ledger_.Revoked(decision, record_, kind, found_on, clock_.Now()));
  }
  void Midnight() { ledger_.RunDue(*database_, clock_); }
  // state, version, last day, and who ended it
  std::string State() {
    return Rows(
        "SELECT state, version, ends_on, ended_by IS NULL, result_word FROM record"
        " WHERE matter = 'PENALTY'",
        5)[0];
  }
  size_t FoundByName() {
    size_t found = 0;
    const absl::Status status = database_->Read([&](storage::Session& session) {
      found = SqlRecords().OfName(session, FoldName("示例贸易"), std::nullopt, 10).size();
      return session.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return found;
  }
  v1::PublicityRestored LastRestored() {
    v1::PublicityRestored last;
    for (const messaging::Envelope& event : Emitted()) {
      if (event.type == kRestored) last.ParseFromString(event.data);
    }
    return last;
  }
  absl::Status Report(Reported::Kind kind) {
    return Write([&](storage::Tx& tx) {
      const SqlRecords records;
      const SqlReports reports;
      const OutboxReportAnnouncer announcer;
      const TakeReport take(&records, &reports, &announcer, &FeedLaw::Get().in_force);
      Reported reported;
      reported.kind = kind;
      return take(record_, reported, "函", TakeReport::Audience::kAll, clock_.Now(), tx).status();
    });
  }

  Id record_;
  LedgerOf ledger_;
};

TEST_F(PublicationRevocation, ARecordIsPublicAgainForAsLongAsTheLawSays) {
  ASSERT_TRUE(Approve("d1", 1).ok());
  EXPECT_EQ(State(), "3|2|2027-04-20|0|终止公示");
  ASSERT_TRUE(Revoke("d1").ok());
  EXPECT_EQ(State(), "1|3|2027-04-20|1|");
  EXPECT_EQ(LastRestored().version(), 3u);
  EXPECT_EQ(LastRestored().state(), common::v1::RECORD_STATE_PUBLISHED);
  EXPECT_EQ(LastRestored().publicity_end(), "2027-04-20");
  // It ends by itself as ever.
  StandOn("2027-04-21");
  Midnight();
  EXPECT_EQ(State(), "4|4|2027-04-20|1|");
}

TEST_F(PublicationRevocation, WhatIsOverByNowIsNotPublicAgain) {
  ASSERT_TRUE(Approve("d1", 1).ok());
  StandOn("2027-06-01");
  ASSERT_TRUE(Revoke("d1", "DECISION_ANNULLED", "2027-05-31").ok());
  EXPECT_EQ(State(), "4|3|2027-04-20|1|");
  EXPECT_EQ(LastRestored().state(), common::v1::RECORD_STATE_EXPIRED);
}

TEST_F(PublicationRevocation, WhatWasNeverPublicStaysSo) {
  ASSERT_TRUE(Write([&](storage::Tx& tx) {
                tx.Run("UPDATE record SET state = 2");
                return tx.status();
              }).ok());
  ASSERT_TRUE(Approve("d1", 1).ok());
  ASSERT_TRUE(Revoke("d1").ok());
  EXPECT_EQ(State(), "2|3|2027-04-20|1|");
}

TEST_F(PublicationRevocation, ToldAgainItIsNothing) {
  ASSERT_TRUE(Approve("d1", 1).ok());
  ASSERT_TRUE(Revoke("d1").ok());
  const size_t said = Emitted().size();
  ASSERT_TRUE(Approve("d1", 1).ok());
  ASSERT_TRUE(Revoke("d1").ok());
  EXPECT_EQ(State(), "1|3|2027-04-20|1|");
  EXPECT_EQ(Emitted().size(), said);
}

TEST_F(PublicationRevocation, AnEndingThatWasRefusedIsNobodysTurnAnyMore) {
  ASSERT_TRUE(Approve("d1", 7).ok());  // of another version: a person's turn
  ASSERT_TRUE(Revoke("d1").ok());
  EXPECT_EQ(State(), "1|1|2027-04-20|1|");
  const SqlEndings endings;
  const SqlRecords records;
  const OutboxAnnouncer announcer;
  ASSERT_TRUE(Write([&](storage::Tx& tx) {
                EXPECT_TRUE(endings.Refused(tx, Id(), 10).empty());
                const CarryOut carry_out(&records, &endings, &announcer);
                const absl::Status status =
                    carry_out(LedgerOf::IdOf("d1"), {"李某", "核对无误", clock_.Now()}, tx);
                EXPECT_EQ(ReasonOf(status)->reason, "NOTHING_TO_END") << status;
                return tx.status();
              }).ok());
}

TEST_F(PublicationRevocation, AfterAFeedHasChangedTheRecord) {
  ASSERT_TRUE(Approve("d1", 1).ok());
  ASSERT_TRUE(Import(FeedOf({General("2026-04-20").Set("CF_WFXW", "超限运输，情节加重")})).ok());
  ASSERT_TRUE(Revoke("d1").ok());
  EXPECT_EQ(State(), "1|4|2027-04-20|1|");
}

TEST_F(PublicationRevocation, WhatExpiredBeforeTheDecisionStaysExpired) {
  StandOn("2027-04-21");
  Midnight();
  ASSERT_EQ(State(), "4|2|2027-04-20|1|");
  ASSERT_TRUE(Approve("d1", 1).ok());
  EXPECT_EQ(State(), "3|3|2027-04-20|0|终止公示");
  ASSERT_TRUE(Revoke("d1", "DECISION_ANNULLED", "2027-04-21").ok());
  EXPECT_EQ(State(), "4|4|2027-04-20|1|");
}

TEST_F(PublicationRevocation, WhatTheAuthorityAnnulledStaysWithdrawn) {
  ASSERT_TRUE(Approve("d1", 1).ok());
  ASSERT_TRUE(Report(Reported::Kind::kAnnulled).ok());
  ASSERT_TRUE(Revoke("d1").ok());
  EXPECT_EQ(State().substr(0, 4), "5|3|");
  EXPECT_EQ(LastRestored().state(), common::v1::RECORD_STATE_WITHDRAWN);
}

TEST_F(PublicationRevocation, WhatTheAuthorityEndedByItselfBeforeStaysEnded) {
  ASSERT_TRUE(Report(Reported::Kind::kMovedOut).ok());
  ASSERT_TRUE(Approve("d1", 1).ok());
  ASSERT_TRUE(Revoke("d1").ok());
  EXPECT_EQ(State().substr(0, 4), "3|4|");
}

TEST_F(PublicationRevocation, ARevokedReportIsAsIfNobodyHadReported) {
  ASSERT_TRUE(Report(Reported::Kind::kMovedOut).ok());
  ASSERT_TRUE(Approve("d1", 1).ok());
  ledger_.of_report = true;
  ASSERT_TRUE(Revoke("d1").ok());
  EXPECT_EQ(State(), "1|4|2027-04-20|1|");
}

TEST_F(PublicationRevocation, ShieldedForThePlanAndPublicAgainWhenItFails) {
  ASSERT_TRUE(Approve("d1", 1, "SHIELD").ok());
  EXPECT_EQ(State(), "6|2|2027-04-20|0|暂时屏蔽");
  EXPECT_EQ(FoundByName(), 0u) << "the public sees nothing of it";
  ASSERT_TRUE(Revoke("d1", "PLAN_FAILED").ok());
  EXPECT_EQ(State(), "1|3|2027-04-20|1|");
  EXPECT_EQ(FoundByName(), 1u);
}

TEST_F(PublicationRevocation, AShieldedRecordReachesItsMaximumAsEver) {
  ASSERT_TRUE(Approve("d1", 1, "SHIELD").ok());
  StandOn("2027-04-21");
  Midnight();
  EXPECT_EQ(State(), "4|3|2027-04-20|1|");
  ASSERT_TRUE(Revoke("d1", "PLAN_FAILED", "2027-04-21").ok());
  EXPECT_EQ(State(), "4|3|2027-04-20|1|");
}

TEST_F(PublicationRevocation, TheFinalRepairGoesBackToTheShieldingAndThatToPublicity) {
  ASSERT_TRUE(Approve("d1", 1, "SHIELD").ok());
  ASSERT_TRUE(Approve("d2", 2).ok());
  EXPECT_EQ(State(), "3|3|2027-04-20|0|终止公示");
  ASSERT_TRUE(Revoke("d2").ok());
  EXPECT_EQ(State(), "6|4|2027-04-20|0|暂时屏蔽");
  ASSERT_TRUE(Revoke("d1", "PLAN_FAILED").ok());
  EXPECT_EQ(State(), "1|5|2027-04-20|1|");
}

TEST_F(PublicationRevocation, AShieldingThatIsRevokedBehindTheFinalRepairIsNotGoneBackTo) {
  ASSERT_TRUE(Approve("d1", 1, "SHIELD").ok());
  ASSERT_TRUE(Approve("d2", 2).ok());
  ASSERT_TRUE(Revoke("d1", "PLAN_FAILED").ok());
  EXPECT_EQ(State(), "3|3|2027-04-20|0|终止公示") << "the final repair stands";
  ASSERT_TRUE(Revoke("d2").ok());
  EXPECT_EQ(State(), "1|4|2027-04-20|1|");
}

TEST_F(PublicationRevocation, FalsePapersFoundDuringTheShieldingEndItAndAreABreach) {
  ASSERT_TRUE(Approve("d1", 1, "SHIELD").ok());
  ASSERT_TRUE(Revoke("d1", "FALSE_MATERIAL").ok());
  EXPECT_EQ(State(), "1|3|2027-04-20|1|");
  EXPECT_EQ(Rows("SELECT document_no FROM record WHERE matter = 'BREACH'", 1),
            std::vector<std::string>{"撤d1"});
  EXPECT_EQ(Rows("SELECT finding FROM commitment", 1), std::vector<std::string>{"FALSE_MATERIAL"});
  // That the plan failed as well comes too late to change anything.
  ASSERT_TRUE(Revoke("d1", "PLAN_FAILED", "2026-05-06").ok());
  EXPECT_EQ(State(), "1|3|2027-04-20|1|");
}

TEST_F(PublicationRevocation, ABreachIsARecordOfItsOwnForThreeYears) {
  ASSERT_TRUE(Approve("d1", 1).ok());
  ASSERT_TRUE(Revoke("d1", "FALSE_MATERIAL").ok());
  const auto breaches = [&] {
    return Rows(
        "SELECT document_no, subject_name, state, decision_date, ends_on, ground,"
        " repair_basis FROM record WHERE matter = 'BREACH'",
        7);
  };
  EXPECT_EQ(breaches(), (std::vector<std::string>{
                            "撤d1|丹东示例贸易有限公司|1|2026-05-05|2029-05-05|提供虚假材料|"
                            "FALSE_MATERIAL"}));
  ASSERT_TRUE(Revoke("d1", "FALSE_MATERIAL").ok());
  EXPECT_EQ(breaches().size(), 1u);
  // It is found like any other.
  std::vector<Record> found;
  const SqlRecords records;
  ASSERT_TRUE(database_
                  ->Read([&](storage::Session& session) {
                    found = records.OfSubject(session, kCompany, std::nullopt, 10);
                    return session.status();
                  })
                  .ok());
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].content.key.matter, catalogue::MatterKind::kBreach);
  StandOn("2029-05-06");
  Midnight();
  EXPECT_EQ(breaches()[0].find("撤d1|丹东示例贸易有限公司|4|"), 0u);
}

TEST_F(PublicationRevocation, ACommitmentIsPublishedWithItsApprovalAndBrokenByTheFinding) {
  const auto commitments = [&] {
    return Rows(
        "SELECT subject_name, title, made_on, record_document_no, finding, document_no"
        " FROM commitment ORDER BY decision",
        6);
  };
  const std::string given = "丹东示例贸易有限公司|信用承诺书|2026-05-04|丹交罚〔2025〕1号|";
  ASSERT_TRUE(Approve("d1", 1).ok());
  ASSERT_TRUE(Approve("d1", 1).ok());
  EXPECT_EQ(commitments(), std::vector<std::string>{given + "|"});
  ASSERT_TRUE(Revoke("d1", "FALSE_MATERIAL").ok());
  EXPECT_EQ(commitments(), std::vector<std::string>{given + "FALSE_MATERIAL|撤d1"});
}

TEST_F(PublicationRevocation, AnAnnulmentBreaksNoCommitment) {
  ASSERT_TRUE(Approve("d1", 1).ok());
  ASSERT_TRUE(Revoke("d1").ok());
  EXPECT_EQ(Rows("SELECT finding FROM commitment", 1), std::vector<std::string>{""});
}

TEST(CommitmentState, InForceUntilItIsBrokenOrTheRuleSaysThatItWasKept) {
  Commitment commitment;
  commitment.made_on = absl::CivilDay(2026, 5, 4);
  commitment.rule_id = "N36-GEN";
  const absl::CivilDay today(2030, 1, 1);
  const catalogue::Catalogue& shipped = FeedLaw::Get().catalogue;
  EXPECT_EQ(StateOf(commitment, shipped, today).kind, CommitmentState::Kind::kInForce);
  TempFolder folder("deploy/catalogue");
  folder.Replace("regime-ndrc-36.toml", "id = \"N36-GEN\"",
                 "id = \"N36-GEN\"\ncommitment_binds = \"1y\"");
  const catalogue::Catalogue bound = *catalogue::Catalogue::Load(folder.path());
  EXPECT_EQ(StateOf(commitment, bound, absl::CivilDay(2027, 5, 4)).kind,
            CommitmentState::Kind::kInForce);
  const CommitmentState kept = StateOf(commitment, bound, absl::CivilDay(2027, 5, 5));
  EXPECT_EQ(kept.kind, CommitmentState::Kind::kKept);
  EXPECT_EQ(kept.until, absl::CivilDay(2027, 5, 4));
  commitment.finding = "FALSE_MATERIAL";
  EXPECT_EQ(StateOf(commitment, bound, today).kind, CommitmentState::Kind::kBroken);
}

TEST_F(PublicationRevocation, WhereTheRuleSaysSoThePeriodsStartAnew) {
  RecordContent content;
  content.key.matter = catalogue::MatterKind::kSeriousList;
  content.authority_name = FeedLaw::Get().authorities.FindByCode("human-resources")->name;
  content.key.authority_uscc = FeedLaw::Get().authorities.FindByCode("human-resources")->uscc;
  content.decision_date = absl::CivilDay(2024, 3, 1);
  content.corrected_on = absl::CivilDay(2024, 9, 1);
  const auto last_day = [&] {
    return PublicityOf(content, FeedLaw::Get().catalogue, FeedLaw::Get().authorities,
                       absl::CivilDay(2026, 5, 4))
        .ends_on;
  };
  EXPECT_EQ(last_day(), absl::CivilDay(2027, 3, 1));
  content.restarted_on = absl::CivilDay(2026, 5, 5);
  EXPECT_EQ(last_day(), absl::CivilDay(2029, 5, 5));
}

}  // namespace
}  // namespace xiufu::publication
