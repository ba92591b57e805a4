// Approvals that are revoked, in the ledger.
#include <gtest/gtest.h>

#include <algorithm>

#include "services/result_sync/drivers/conflict_table.h"
#include "tests/unit/result_rig.h"
#include "xiufu/publication/v1/events.pb.h"
#include "xiufu/publication/v1/revocation_events.pb.h"
#include "xiufu/result/v1/revocation_events.pb.h"
#include "xiufu/routing/v1/revocation_events.pb.h"

namespace xiufu::result {
namespace {

constexpr char kRevoked[] = "xiufu.result.decision_revoked.v1";
constexpr char kRestored[] = "xiufu.result.restoration_confirmed.v1";

class LedgerRevocation : public ::testing::Test, public LedgerRig {
 protected:
  routing::v1::RevocationTaken Finding(const std::string& kind = "FALSE_MATERIAL") {
    routing::v1::RevocationTaken taken;
    taken.set_case_id(Bytes("case"));
    taken.set_application(Bytes("application"));
    taken.set_task(Bytes("task"));
    taken.set_record(Bytes("record"));
    taken.set_decision(DecisionId());
    taken.mutable_authority()->set_code("transport");
    taken.mutable_answer()->set_answer_id("r1");
    department::v1::Answer::Revoked& revoked = *taken.mutable_answer()->mutable_revoked();
    revoked.set_kind(kind);
    revoked.set_document_no("丹交撤〔2026〕1号");
    revoked.set_found_on("2026-06-29");
    revoked.add_reasons("缴款凭证系伪造");
    taken.mutable_taken_at()->set_seconds(absl::ToUnixSeconds(kTakenAt) + 3600);
    taken.mutable_breach()->set_rule_id("N36-FALSE");
    taken.mutable_breach()->set_ban_until("2029-06-29");
    return taken;
  }
  void Tell(const routing::v1::RevocationTaken& taken, const std::string& name = "revoked") {
    Handle(Event("routing", "xiufu.routing.revocation_taken.v1", name, taken.SerializeAsString()));
  }
  void Restored(const std::string& name = "restored") {
    publication::v1::PublicityRestored restored;
    restored.set_case_id(Bytes("case"));
    restored.set_application(Bytes("application"));
    restored.set_record(Bytes("record"));
    restored.set_decision(Bytes("decision"));
    restored.set_revocation(Bytes("revocation"));
    restored.set_state(common::v1::RECORD_STATE_PUBLISHED);
    restored.set_publicity_end("2027-01-31");
    restored.mutable_restored_at()->set_seconds(absl::ToUnixSeconds(kTakenAt) + 3600);
    Handle(Event("publication", "xiufu.publication.publicity_restored.v1", name,
                 restored.SerializeAsString()));
  }
  int64_t HowOften(absl::string_view type) {
    const std::vector<std::string> types = Types();
    return std::count(types.begin(), types.end(), type);
  }
};

TEST_F(LedgerRevocation, IsALineOfItsOwnBesideTheDecision) {
  Take(Approval());
  const std::string decision = One("SELECT hex(id) || result || decision_no FROM decision");
  Tell(Finding());
  const auto revoked = First<result::v1::DecisionRevoked>(kRevoked);
  EXPECT_EQ(revoked.decision(), DecisionId());
  EXPECT_EQ(revoked.subject_uscc(), "91210600MA0000001X");
  EXPECT_EQ(revoked.kind(), "FALSE_MATERIAL");
  EXPECT_EQ(revoked.breach().ban_until(), "2029-06-29");
  EXPECT_EQ(revoked.entered_at().seconds(), absl::ToUnixSeconds(kTakenAt) + 3600);
  EXPECT_EQ(One("SELECT hex(id) || result || decision_no FROM decision"), decision);
  for (const char* sql : {"UPDATE revocation SET kind = 'X'", "DELETE FROM revocation"}) {
    EXPECT_FALSE(Write([sql](storage::Tx& tx) {
                   tx.Run(sql);
                   return tx.status();
                 }).ok())
        << sql;
  }
}

TEST_F(LedgerRevocation, ToldAgainItIsNothingASecondOneIsAPersonsTurn) {
  Take(Approval());
  Tell(Finding());
  const auto said = Said();
  Tell(Finding());  // as after a restore of routing
  EXPECT_EQ(Said(), said);
  Tell(Finding("DECISION_ANNULLED"), "another");
  EXPECT_EQ(Said(), said);
  EXPECT_EQ(Parked(), 1);
}

// Publication refused it because the record had changed; then it was revoked.
TEST_F(LedgerRevocation, ARevokedDecisionWaitsForNobodyToCarryItOut) {
  Take(Approval());
  publication::v1::EndingRefused refused;
  refused.set_case_id(Bytes("case"));
  refused.set_application(Bytes("application"));
  refused.set_record(Bytes("record"));
  refused.set_decision(DecisionId());
  refused.set_reason("记录版本已变更");
  Handle(Event("publication", "xiufu.publication.ending_refused.v1", "refused",
               refused.SerializeAsString()));
  const auto open = [this] {
    size_t count = 0;
    Read(
        [&](storage::Session& session) { count = ConflictTable().Open(session, Id(), 10).size(); });
    return count;
  };
  EXPECT_EQ(open(), 1u);
  Tell(Finding("DECISION_ANNULLED"));
  EXPECT_EQ(open(), 0u);
}

TEST_F(LedgerRevocation, OnlyTheApprovalThatIsEnteredCanBeRevoked) {
  Take(Refusal());
  Tell(Finding());
  EXPECT_EQ(HowOften(kRevoked), 0);
  EXPECT_EQ(Parked(), 1);
}

TEST_F(LedgerRevocation, PublicationsWordIsPassedOnOnceInEitherOrder) {
  Take(Approval());
  Restored();  // publication's stream is read first after a restore of this store
  EXPECT_EQ(HowOften(kRestored), 1);
  Tell(Finding());
  Restored("again");
  EXPECT_EQ(HowOften(kRestored), 1);
  EXPECT_EQ(HowOften(kRevoked), 1);
  EXPECT_EQ(First<result::v1::RestorationConfirmed>(kRestored).publicity_end(), "2027-01-31");
}

}  // namespace
}  // namespace xiufu::result
