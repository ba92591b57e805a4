// A decision enters the ledger: publicity ends, or publication refuses.
#include <gtest/gtest.h>

#include "services/publication/app/carry_out.h"
#include "services/publication/domain/ending.h"
#include "services/publication/drivers/event_codec.h"
#include "services/publication/drivers/sql_endings.h"
#include "services/publication/drivers/sql_records.h"
#include "tests/unit/publication_rig.h"
#include "xiufu/publication/v1/events.pb.h"
#include "xiufu/result/v1/events.pb.h"

namespace xiufu::publication {
namespace {

Id TestId(absl::string_view tag) { return DeriveId(Id(), tag, 1, {1, 2}); }
std::string Bytes(const Id& id) { return std::string(id.bytes()); }

class PublicationEnding : public PublicationTest {
 protected:
  void SetUp() override {
    PublicationTest::SetUp();
    ASSERT_TRUE(Import(FeedOf({RowText()})).ok());
    record_ = OnlyRecord();
    event_.set_decision(Bytes(TestId("decision")));
    event_.set_case_id(Bytes(TestId("case")));
    event_.set_application(Bytes(TestId("application")));
    event_.set_record(Bytes(record_));
    event_.set_record_version(1);
    event_.set_result(common::v1::CASE_RESULT_APPROVED);
    event_.mutable_entered_at()->set_seconds(1775000123);
    event_.mutable_entered_at()->set_nanos(456000000);
    event_.add_effects("END_PUBLICITY@publication");
    event_.add_effects("STOP_SHARING@publication");
    event_.add_effects("LIFT_MEASURES@authority");
    event_.set_result_word("终止公示");
  }

  absl::Status Handle(const result::v1::DecisionEntered& event, absl::string_view tag = "event") {
    messaging::Envelope envelope;
    envelope.id = TestId(tag);
    envelope.type = "xiufu.result.decision_entered.v1";
    envelope.data = event.SerializeAsString();
    const service::Wiring wiring = WirePublication(&FeedLaw::Get().in_force, kTimes);
    const service::EventHandler* handler = wiring.router.Find(envelope.type);
    return Write([&](storage::Tx& tx) {
      return (*handler)(envelope, messaging::CauseOf(envelope, clock_.Now()), tx);
    });
  }
  std::vector<std::string> Record() {
    return Rows("SELECT version, state, ended_at, result_word FROM record", 4);
  }

  Id record_;
  result::v1::DecisionEntered event_;
};

TEST_F(PublicationEnding, EndsPublicityAndSaysSo) {
  ASSERT_TRUE(Handle(event_).ok());
  EXPECT_EQ(Record(), std::vector<std::string>{"2|3|1775000123456|终止公示"});
  const auto events = Emitted();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].stream, "publication");
  EXPECT_EQ(events[0].type, "xiufu.publication.publicity_ended.v1");
  EXPECT_EQ(events[0].subject, absl::StrCat("records/", record_.ToString()));
  EXPECT_EQ(events[0].case_id, TestId("case"));
  EXPECT_EQ(events[0].time, absl::FromUnixMillis(1775000123456));
  v1::PublicityEnded ended;
  ASSERT_TRUE(ended.ParseFromString(events[0].data));
  EXPECT_EQ(ended.version(), 2u);
  EXPECT_EQ(ended.decision(), event_.decision());
  EXPECT_EQ(ended.ended_at().seconds(), 1775000123);
  EXPECT_EQ(std::vector<std::string>(ended.effects().begin(), ended.effects().end()),
            (std::vector<std::string>{"END_PUBLICITY@publication", "STOP_SHARING@publication"}));
}

TEST_F(PublicationEnding, WhatIsSaidDoesNotDependOnWhenItIsHandled) {
  ASSERT_TRUE(Handle(event_).ok());
  const messaging::Envelope first = Emitted()[0];
  // The store is lost, the feed is imported anew, the ledger's event is read back much later.
  TearDown();
  clock_.Advance(absl::Hours(5));
  Open();
  ASSERT_TRUE(Import(FeedOf({RowText()})).ok());
  event_.set_record(Bytes(OnlyRecord()));
  ASSERT_TRUE(Handle(event_).ok());
  const messaging::Envelope again = Emitted()[0];
  EXPECT_EQ(again.time, first.time);
  v1::PublicityEnded now, before;
  ASSERT_TRUE(now.ParseFromString(again.data));
  ASSERT_TRUE(before.ParseFromString(first.data));
  now.set_record(before.record());  // an imported record's id is new
  EXPECT_EQ(now.SerializeAsString(), before.SerializeAsString());
}

TEST_F(PublicationEnding, TheSameDecisionAgainIsNothing) {
  ASSERT_TRUE(Handle(event_).ok());
  ASSERT_TRUE(Handle(event_, "another event").ok());
  EXPECT_EQ(Record(), std::vector<std::string>{"2|3|1775000123456|终止公示"});
  EXPECT_EQ(Emitted().size(), 1u);
}

TEST_F(PublicationEnding, TheSameDecisionWithOtherContentIsAConflict) {
  ASSERT_TRUE(Handle(event_).ok());
  event_.set_result_word("移出");
  EXPECT_EQ(Handle(event_, "another event").code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(Emitted().size(), 1u);
}

TEST_F(PublicationEnding, AChangedRecordIsNotTheOneThatWasDecidedUpon) {
  ASSERT_TRUE(Import(FeedOf({RowText().Set("CF_NR_FK", "7")})).ok());
  ASSERT_TRUE(Handle(event_).ok());
  EXPECT_EQ(Record(), std::vector<std::string>{"2|1||"});
  const auto events = Emitted();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].type, "xiufu.publication.ending_refused.v1");
  v1::EndingRefused refused;
  ASSERT_TRUE(refused.ParseFromString(events[0].data));
  EXPECT_EQ(refused.expected_version(), 1u);
  EXPECT_EQ(refused.version(), 2u);
  EXPECT_FALSE(refused.reason().empty());
  // Told once, however often it comes.
  ASSERT_TRUE(Handle(event_, "another event").ok());
  EXPECT_EQ(Emitted().size(), 1u);
}

TEST_F(PublicationEnding, APersonLetsARefusedDecisionStand) {
  ASSERT_TRUE(Import(FeedOf({RowText().Set("CF_NR_FK", "7")})).ok());
  ASSERT_TRUE(Handle(event_).ok());
  const SqlRecords records;
  const SqlEndings endings;
  const OutboxAnnouncer announcer;
  const CarryOut carry_out(&records, &endings, &announcer);
  const auto carry = [&](const Id& decision) {
    return Write([&](storage::Tx& tx) {
      return carry_out(decision, {"李某", "只改了罚款金额", clock_.Now()}, tx);
    });
  };
  EXPECT_EQ(carry(TestId("other")).code(), absl::StatusCode::kNotFound);
  ASSERT_TRUE(carry(TestId("decision")).ok());
  EXPECT_EQ(Record(), std::vector<std::string>{"3|3|1775000123456|终止公示"});
  ASSERT_EQ(Emitted().size(), 2u);
  EXPECT_EQ(Emitted()[1].type, "xiufu.publication.publicity_ended.v1");
  EXPECT_EQ(Emitted()[1].case_id, TestId("case"));
  // Again, by the same person or by the ledger's event: nothing.
  ASSERT_TRUE(carry(TestId("decision")).ok());
  ASSERT_TRUE(Handle(event_, "another event").ok());
  EXPECT_EQ(Emitted().size(), 2u);
  EXPECT_EQ(Rows("SELECT outcome, record_version, version FROM ending", 3),
            std::vector<std::string>{"1|1|3"});
  std::vector<Ending> let_stand;
  ASSERT_TRUE(database_
                  ->Read([&](storage::Session& session) {
                    EXPECT_TRUE(endings.Refused(session, Id(), 10).empty());
                    let_stand = endings.LetStandOnes(session, Id(), 10);
                    return session.status();
                  })
                  .ok());
  ASSERT_EQ(let_stand.size(), 1u);
  EXPECT_EQ(let_stand[0].let_stand->person, "李某");
  EXPECT_EQ(let_stand[0].let_stand->why, "只改了罚款金额");
  EXPECT_EQ(let_stand[0].let_stand->at, clock_.Now());
  EXPECT_NE(let_stand[0].reason, "");
}

TEST_F(PublicationEnding, NothingIsLeftToEndOfAnEndedRecord) {
  ASSERT_TRUE(Handle(event_).ok());
  event_.set_decision(Bytes(TestId("second decision")));
  ASSERT_TRUE(Handle(event_, "another event").ok());
  const SqlRecords records;
  const SqlEndings endings;
  const OutboxAnnouncer announcer;
  EXPECT_EQ(Write([&](storage::Tx& tx) {
              return CarryOut(&records, &endings, &announcer)(TestId("second decision"),
                                                              {"李某", "x", clock_.Now()}, tx);
            }).code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Emitted().size(), 2u);
}

TEST_F(PublicationEnding, ASecondDecisionAboutAnEndedRecordIsRefused) {
  ASSERT_TRUE(Handle(event_).ok());
  event_.set_decision(Bytes(TestId("second decision")));
  event_.set_record_version(2);
  ASSERT_TRUE(Handle(event_, "another event").ok());
  EXPECT_EQ(Record(), std::vector<std::string>{"2|3|1775000123456|终止公示"});
  ASSERT_EQ(Emitted().size(), 2u);
  EXPECT_EQ(Emitted()[1].type, "xiufu.publication.ending_refused.v1");
}

TEST_F(PublicationEnding, AnEndedRecordStaysEndedWhenTheFeedChangesIt) {
  ASSERT_TRUE(Handle(event_).ok());
  ASSERT_TRUE(Import(FeedOf({RowText().Set("CF_NR_FK", "7")})).ok());
  EXPECT_EQ(Record(), std::vector<std::string>{"3|3|1775000123456|终止公示"});
}

TEST_F(PublicationEnding, DecisionsThatAreNoBusinessOfOurs) {
  result::v1::DecisionEntered refusal = event_;
  refusal.set_result(common::v1::CASE_RESULT_REFUSED);
  EXPECT_TRUE(Handle(refusal).ok());
  result::v1::DecisionEntered elsewhere = event_;
  elsewhere.clear_effects();
  elsewhere.add_effects("LIFT_MEASURES@authority");
  EXPECT_TRUE(Handle(elsewhere, "another event").ok());
  EXPECT_EQ(Record(), std::vector<std::string>{"1|1||"});
  EXPECT_TRUE(Emitted().empty());
}

TEST_F(PublicationEnding, AnUnknownRecordMayCome) {
  event_.set_record(Bytes(TestId("unknown")));
  EXPECT_EQ(Handle(event_).code(), absl::StatusCode::kNotFound);
}

TEST_F(PublicationEnding, BrokenEventsAreNoEvents) {
  result::v1::DecisionEntered no_record = event_;
  no_record.clear_record();
  EXPECT_EQ(Handle(no_record).code(), absl::StatusCode::kInvalidArgument);
  result::v1::DecisionEntered no_time = event_;
  no_time.clear_entered_at();
  EXPECT_EQ(Handle(no_time).code(), absl::StatusCode::kInvalidArgument);
}

TEST(PublicationEndingDomain, WhichStatesCanEnd) {
  const struct {
    RecordState state;
    bool ends;
  } cases[] = {{RecordState::kPublished, true}, {RecordState::kNotPublished, true},
               {RecordState::kShielded, true},  {RecordState::kEnded, false},
               {RecordState::kExpired, true},   {RecordState::kWithdrawn, false}};
  for (const auto& c : cases) {
    Record record{.id = TestId("r"), .version = 4, .state = c.state, .ended_by = TestId("d")};
    const EnteredDecision decision{.record = record.id,
                                   .record_version = 4,
                                   .approved = true,
                                   .effects = {"END_PUBLICITY@publication"}};
    const Ending ending = DecideEnding(decision, record);
    EXPECT_EQ(ending.outcome == Ending::Outcome::kEnded, c.ends) << ToString(c.state);
    EXPECT_EQ(record.version, c.ends ? 5u : 4u);
    EXPECT_EQ(record.state, c.ends ? RecordState::kEnded : c.state);
    EXPECT_EQ(ending.reason.empty(), c.ends);
  }
}

}  // namespace
}  // namespace xiufu::publication
