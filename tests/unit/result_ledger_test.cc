// The decision ledger on a store: what is entered, handed back, confirmed and closed, in any order
// of its streams.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/service/handling.h"
#include "libs/storage/database.h"
#include "libs/storage/outbox.h"
#include "libs/storage/waiting.h"
#include "libs/testing/manual_clock.h"
#include "services/result_sync/app/settle_conflict.h"
#include "services/result_sync/drivers/conflict_table.h"
#include "services/result_sync/migrations.h"
#include "services/result_sync/wiring.h"
#include "xiufu/publication/v1/events.pb.h"
#include "xiufu/result/v1/events.pb.h"
#include "xiufu/routing/v1/events.pb.h"

namespace xiufu::result {
namespace {

constexpr absl::Time kTakenAt = absl::FromUnixSeconds(1'780'000'000);  // 2026-05-29 in Shanghai
constexpr char kEntered[] = "xiufu.result.decision_entered.v1";
constexpr char kFaulty[] = "xiufu.result.decision_faulty.v1";
constexpr char kConfirmed[] = "xiufu.result.effect_confirmed.v1";
constexpr char kClosed[] = "xiufu.result.loop_closed.v1";

Id MakeId(const std::string& name) { return DeriveId(Id(), name, 1, {1, 7}); }
std::string Bytes(const std::string& name) { return std::string(MakeId(name).bytes()); }

messaging::EncodedEvent Event(const std::string& stream, const std::string& type,
                              const std::string& name, std::string data) {
  messaging::Envelope envelope;
  envelope.id = MakeId(name);
  envelope.type = type;
  envelope.stream = stream;
  envelope.epoch = 1000;
  envelope.seq = 1;
  envelope.application = MakeId("application");
  envelope.case_id = MakeId("case");
  envelope.place = {1, 7};
  envelope.data = std::move(data);
  return {envelope, messaging::EncodeEnvelope(envelope)};
}

routing::v1::AnswerTaken Approval(const std::string& answer_id = "a1") {
  routing::v1::AnswerTaken taken;
  taken.set_case_id(Bytes("case"));
  taken.set_application(Bytes("application"));
  taken.set_task(Bytes("task"));
  taken.mutable_record()->set_record(Bytes("record"));
  taken.mutable_record()->set_subject_uscc("91210600MA0000001X");
  taken.mutable_authority()->set_code("transport");
  taken.mutable_answer()->set_answer_id(answer_id);
  department::v1::Answer::Decided* decided = taken.mutable_answer()->mutable_decided();
  decided->set_outcome(department::v1::Answer::APPROVED);
  decided->set_decision_no("丹交修〔2026〕1号");
  decided->set_decision_date("2026-05-29");
  decided->set_record_version(3);
  taken.mutable_taken_at()->set_seconds(absl::ToUnixSeconds(kTakenAt));
  for (const char* effect :
       {"END_PUBLICITY@publication", "STOP_SHARING@publication", "LIFT_MEASURES@authority"}) {
    taken.add_effects(effect);
  }
  taken.set_result_word("终止公示");
  return taken;
}

routing::v1::AnswerTaken Refusal() {
  routing::v1::AnswerTaken taken = Approval();
  department::v1::Answer::Decided* decided = taken.mutable_answer()->mutable_decided();
  decided->set_outcome(department::v1::Answer::REFUSED);
  decided->add_reasons("未履行完毕");
  decided->set_remedies("六十日内申请行政复议");
  return taken;
}

// The ledger as it runs, without threads.
class LedgerRig {
 public:
  LedgerRig() : wiring_(WireResultSync()), handling_(&wiring_, {}, [] { return 0.0; }) {
    database_ = *storage::Database::Open(
        {.path = ":memory:", .service = "result_sync", .run_inline = true}, Migrations(), &clock_);
    database_->Start();
  }
  ~LedgerRig() { database_->Stop(); }

  void Handle(const messaging::EncodedEvent& event) {
    (void)Write([&](storage::Tx& tx) {
      handling_.TakeNew(event, clock_.Now(), tx);
      return absl::OkStatus();
    });
  }
  void Take(const routing::v1::AnswerTaken& taken, const std::string& name = "taken") {
    Handle(Event("routing", "xiufu.routing.answer_taken.v1", name, taken.SerializeAsString()));
  }
  void End(const std::string& decision, const std::vector<std::string>& effects,
           const std::string& name = "ended") {
    publication::v1::PublicityEnded ended;
    ended.set_case_id(Bytes("case"));
    ended.set_application(Bytes("application"));
    ended.set_record(Bytes("record"));
    ended.set_decision(decision);
    ended.mutable_ended_at()->set_seconds(absl::ToUnixSeconds(kTakenAt) + 5);
    for (const std::string& effect : effects) ended.add_effects(effect);
    Handle(Event("publication", "xiufu.publication.publicity_ended.v1", name,
                 ended.SerializeAsString()));
  }
  absl::Status Write(absl::AnyInvocable<absl::Status(storage::Tx&)> fn) {
    absl::Status result = absl::UnknownError("not run");
    database_->Write(std::move(fn), [&](const absl::Status& status) { result = status; });
    database_->RunPending();
    return result;
  }

  std::vector<messaging::Envelope> Emitted() {
    std::vector<messaging::Envelope> events;
    Read([&](storage::Session& session) {
      auto rows = database_->outbox().ReadFrom(session, "result", database_->epoch(), 1, 100);
      if (!rows.ok()) return;
      for (const storage::OutboxRow& row : *rows) {
        events.push_back(*messaging::DecodeEnvelope(row.bytes));
      }
    });
    return events;
  }
  std::vector<std::string> Types() {
    std::vector<std::string> types;
    for (const messaging::Envelope& event : Emitted()) types.push_back(event.type);
    return types;
  }
  std::map<std::string, std::string> Said() {
    std::map<std::string, std::string> said;
    for (const messaging::Envelope& event : Emitted()) {
      said[event.id.ToString()] = absl::StrCat(event.type, event.subject, event.data);
    }
    return said;
  }
  template <typename Proto>
  Proto First(absl::string_view type) {
    Proto proto;
    for (const messaging::Envelope& event : Emitted()) {
      if (event.type == type) {
        proto.ParseFromString(event.data);
        return proto;
      }
    }
    ADD_FAILURE() << "no " << type;
    return proto;
  }
  std::string DecisionId() { return First<result::v1::DecisionEntered>(kEntered).decision(); }
  std::string One(const char* sql) {
    std::string value;
    Read([&](storage::Session& session) {
      storage::Query row = session.Sql(sql);
      if (row.Next()) value = std::string(row.Text(0));
    });
    return value;
  }
  int64_t Parked() {
    int64_t parked = 0;
    Read([&](storage::Session& session) { parked = database_->waiting().Count(session).parked; });
    return parked;
  }
  void Read(absl::FunctionRef<void(storage::Session&)> fn) {
    absl::Status status = database_->Read([&](storage::Session& session) {
      fn(session);
      return session.status();
    });
    EXPECT_TRUE(status.ok()) << status;
  }

  const std::vector<std::string> own_{"END_PUBLICITY@publication", "STOP_SHARING@publication"};
  ManualClock clock_{kTakenAt + absl::Seconds(1)};
  service::Wiring wiring_;
  service::Handling handling_;
  std::unique_ptr<storage::Database> database_;
};

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
      return SettleConflict(&table_)({decision, "李某", "更正后的记录不在决定范围内"}, kTakenAt, tx);
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
