// The decision ledger on a store: what is entered, handed back, confirmed and closed, in any order
// of its streams.
#include <gtest/gtest.h>

#include "libs/base/status.h"
#include "services/result_sync/app/settle_conflict.h"
#include "services/result_sync/drivers/conflict_table.h"
#include "tests/unit/result_rig.h"

namespace xiufu::result {
namespace {

class LedgerTest : public ::testing::Test, public LedgerRig {};

using Strings = std::vector<std::string>;

TEST_F(LedgerTest, AnApprovalIsEnteredAndTheAuthoritysEffectConfirmedByIt) {
  Take(Approval());
  EXPECT_EQ(Types(), (Strings{kEntered, kConfirmed}));
  const auto entered = First<result::v1::DecisionEntered>(kEntered);
  EXPECT_EQ(entered.record(), Bytes("record"));
  EXPECT_EQ(entered.record_version(), 3u);
  EXPECT_EQ(entered.result(), common::v1::CASE_RESULT_APPROVED);
  EXPECT_EQ(entered.entered_at().seconds(), absl::ToUnixSeconds(kTakenAt));
  EXPECT_EQ(entered.effects_size(), 3);
  EXPECT_EQ(entered.result_word(), "终止公示");
  EXPECT_EQ(First<result::v1::EffectConfirmed>(kConfirmed).effects(0), "LIFT_MEASURES");
}

TEST_F(LedgerTest, TheLoopIsClosedWithTheLastEffect) {
  Take(Approval());
  End(DecisionId(), {own_[0]}, "ended1");
  EXPECT_EQ(Types(), (Strings{kEntered, kConfirmed, kConfirmed}));
  End(DecisionId(), {own_[1]}, "ended2");
  EXPECT_EQ(Types(), (Strings{kEntered, kConfirmed, kConfirmed, kConfirmed, kClosed}));
  EXPECT_EQ(First<result::v1::LoopClosed>(kClosed).closed_at().seconds(),
            absl::ToUnixSeconds(kTakenAt) + 5);
}

TEST_F(LedgerTest, EventsOfOneCauseHaveTheirOwnIds) {
  Take(Approval());
  End(DecisionId(), own_);
  EXPECT_EQ(Said().size(), 4u);
}

TEST_F(LedgerTest, ARefusalHasNoEffectsAndNoLoop) {
  Take(Refusal());
  EXPECT_EQ(Types(), (Strings{kEntered}));
  const auto entered = First<result::v1::DecisionEntered>(kEntered);
  EXPECT_EQ(entered.effects_size(), 0);
  EXPECT_EQ(entered.reasons(0), "未履行完毕");
  EXPECT_EQ(One("SELECT count(*) FROM effect"), "0");
}

TEST_F(LedgerTest, WhatAnAuthorityDidByItselfNeedsNoNumber) {
  routing::v1::AnswerTaken taken = Approval();
  taken.mutable_answer()->mutable_decided()->clear_decision_no();
  taken.set_reported_by("丹交函〔2026〕7号");
  Take(taken);
  EXPECT_EQ(One("SELECT decision_no || '|' || reported_by FROM decision"), "|丹交函〔2026〕7号");
  const auto entered = First<result::v1::DecisionEntered>(kEntered);
  EXPECT_EQ(entered.reported_by(), "丹交函〔2026〕7号");
  EXPECT_EQ(entered.effects_size(), 3);
}

// As it was applied for: who tells of a decision in another system names no version.
TEST_F(LedgerTest, ARefusalThatAPersonToldIsAboutTheRecordOfTheCase) {
  routing::v1::AnswerTaken taken = Refusal();
  taken.mutable_record()->set_version(4);
  taken.mutable_answer()->mutable_decided()->clear_record_version();
  taken.set_reported_by("上级系统");
  Take(taken);
  EXPECT_EQ(One("SELECT record_version || '|' || reported_by FROM decision"), "4|上级系统");
}

TEST_F(LedgerTest, AnAnnulledRecordIsEnteredWithoutEffects) {
  routing::v1::AnswerTaken taken = Approval();
  taken.mutable_answer()->mutable_decided()->set_outcome(department::v1::Answer::RECORD_WITHDRAWN);
  taken.set_reported_by("丹交函〔2026〕7号");
  Take(taken);
  const auto entered = First<result::v1::DecisionEntered>(kEntered);
  EXPECT_EQ(entered.result(), common::v1::CASE_RESULT_RECORD_WITHDRAWN);
  EXPECT_EQ(entered.effects_size(), 0);
  EXPECT_EQ(One("SELECT count(*) FROM effect"), "0");
}

TEST_F(LedgerTest, OnlyAReportMayWithdrawARecord) {
  routing::v1::AnswerTaken taken = Approval();
  taken.mutable_answer()->mutable_decided()->set_outcome(department::v1::Answer::RECORD_WITHDRAWN);
  Take(taken);
  EXPECT_EQ(One("SELECT count(*) FROM decision"), "0");
  EXPECT_EQ(One("SELECT count(*) FROM fault"), "1");
}

TEST_F(LedgerTest, RepetitionsAreNothing) {
  Take(Approval());
  End(DecisionId(), own_);
  const auto said = Said();
  Take(Approval());
  Take(Approval(), "taken-again");
  End(DecisionId(), own_);
  End(DecisionId(), own_, "ended-again");
  EXPECT_EQ(Emitted().size(), said.size());
  EXPECT_EQ(Parked(), 0);
}

TEST_F(LedgerTest, AnotherAnswerForADecidedCaseIsParked) {
  Take(Approval());
  Take(Approval("a2"), "taken2");
  EXPECT_EQ(Parked(), 1);
  EXPECT_EQ(One("SELECT answer_id FROM decision"), "a1");
}

TEST_F(LedgerTest, ADecisionIsFinal) {
  Take(Approval());
  EXPECT_FALSE(Write([](storage::Tx& tx) {
                 tx.Run("UPDATE decision SET decision_no = 'x'");
                 return absl::OkStatus();
               }).ok());
  EXPECT_FALSE(Write([](storage::Tx& tx) {
                 tx.Run("DELETE FROM decision");
                 return absl::OkStatus();
               }).ok());
  EXPECT_EQ(One("SELECT decision_no FROM decision"), "丹交修〔2026〕1号");
}

TEST_F(LedgerTest, AFaultyDecisionIsHandedBackOnceAndTheNextOneEntered) {
  routing::v1::AnswerTaken bad = Refusal();
  bad.mutable_answer()->mutable_decided()->clear_reasons();
  Take(bad);
  EXPECT_EQ(Types(), (Strings{kFaulty}));
  const auto faulty = First<result::v1::DecisionFaulty>(kFaulty);
  EXPECT_EQ(faulty.answer_id(), "a1");
  EXPECT_EQ(faulty.task(), Bytes("task"));
  EXPECT_EQ(faulty.found_at().seconds(), absl::ToUnixSeconds(kTakenAt));
  EXPECT_NE(faulty.reason().find("理由"), std::string::npos);
  EXPECT_EQ(One("SELECT count(*) FROM decision"), "0");

  Take(Approval("a2"), "taken2");
  Take(bad);
  EXPECT_EQ(Types(), (Strings{kFaulty, kEntered, kConfirmed}));
  EXPECT_EQ(Parked(), 0);
}

TEST_F(LedgerTest, AnEndingBeforeItsDecisionIsKeptAndGivesTheSameEvents) {
  Take(Approval());
  End(DecisionId(), own_);
  const auto said = Said();
  const std::string decision = DecisionId();

  LedgerRig other;
  other.End(decision, own_);
  other.End(decision, own_);
  EXPECT_EQ(other.One("SELECT count(*) FROM early_ending"), "1");
  other.Take(Approval());
  EXPECT_EQ(other.Said(), said);
  EXPECT_EQ(other.One("SELECT count(*) FROM early_ending"), "0");
}

TEST_F(LedgerTest, AnEndingOfAnotherDecisionIsAConflict) {
  Take(Approval());
  End(Bytes("another decision"), own_);
  EXPECT_EQ(One("SELECT count(confirmed_at) FROM effect"), "1");
  EXPECT_EQ(One("SELECT count(*) FROM conflict"), "1");
}

TEST_F(LedgerTest, AnEarlyEndingOfAnotherDecisionDoesNotHoldTheDecisionBack) {
  End(Bytes("another decision"), own_);
  Take(Approval());
  EXPECT_EQ(One("SELECT count(*) FROM decision"), "1");
  EXPECT_EQ(One("SELECT count(confirmed_at) FROM effect"), "1");
  EXPECT_EQ(One("SELECT count(*) FROM conflict"), "1");
}

TEST_F(LedgerTest, ARefusedEndingIsNotedOnce) {
  Take(Approval());
  publication::v1::EndingRefused refused;
  refused.set_case_id(Bytes("case"));
  refused.set_application(Bytes("application"));
  refused.set_record(Bytes("record"));
  refused.set_decision(DecisionId());
  refused.set_expected_version(3);
  refused.set_version(4);
  refused.set_reason("记录版本已变更");
  for (const char* name : {"refused", "refused-again"}) {
    Handle(Event("publication", "xiufu.publication.ending_refused.v1", name,
                 refused.SerializeAsString()));
  }
  EXPECT_EQ(One("SELECT expected_version || '/' || version || reason FROM conflict"),
            "3/4记录版本已变更");
  EXPECT_EQ(Types(), (Strings{kEntered, kConfirmed}));
}

class LedgerConflictTest : public LedgerTest {
 protected:
  void Refuse() {
    Take(Approval());
    publication::v1::EndingRefused refused;
    refused.set_case_id(Bytes("case"));
    refused.set_application(Bytes("application"));
    refused.set_record(Bytes("record"));
    refused.set_decision(DecisionId());
    refused.set_reason("记录版本已变更");
    Handle(Event("publication", "xiufu.publication.ending_refused.v1", "refused",
                 refused.SerializeAsString()));
  }
  std::vector<OpenConflict> Open() {
    std::vector<OpenConflict> open;
    Read([&](storage::Session& session) { open = table_.Open(session, Id(), 10); });
    return open;
  }
  absl::Status Settle(const Id& decision) {
    return Write([&](storage::Tx& tx) {
      return SettleConflict(&table_)({decision, "李某", "更正后的记录不在决定范围内"}, kTakenAt,
                                     tx);
    });
  }
  const ConflictTable table_{};
};

TEST_F(LedgerConflictTest, IsOpenUntilItIsCarriedOut) {
  Refuse();
  ASSERT_EQ(Open().size(), 1u);
  EXPECT_EQ(Open()[0].entered_at, kTakenAt);
  End(DecisionId(), own_, "carried out");
  EXPECT_TRUE(Open().empty());
}

TEST_F(LedgerConflictTest, OrUntilSomebodyLetsTheRecordStand) {
  Refuse();
  EXPECT_EQ(ReasonOf(Settle(MakeId("another")))->reason, "CONFLICT_NOT_FOUND");
  const Id decision = *Id::FromBytes(DecisionId());
  ASSERT_TRUE(Settle(decision).ok());
  EXPECT_EQ(ReasonOf(Settle(decision))->reason, "ALREADY_SETTLED");
  EXPECT_TRUE(Open().empty());
  EXPECT_EQ(One("SELECT person FROM settled_conflict"), "李某");
}

TEST_F(LedgerTest, WhatIsNoDecisionIsParked) {
  routing::v1::AnswerTaken taken = Approval();
  taken.mutable_answer()->mutable_accepted();
  Take(taken);
  EXPECT_EQ(Parked(), 1);
}

}  // namespace
}  // namespace xiufu::result
