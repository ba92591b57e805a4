// What authorities did with records by themselves: from feeds, and reported.
#include <gtest/gtest.h>

#include "libs/base/legal_day.h"
#include "services/publication/domain/withdrawal.h"
#include "tests/unit/publication_rig.h"
#include "xiufu/publication/v1/events.pb.h"

namespace xiufu::publication {
namespace {

// The market regulators' list (总局 standard); ISMOVE 1: moved out, 2: revoked.
std::string ListRow(absl::string_view moved, absl::string_view day,
                    absl::string_view subject = kCompany) {
  const catalogue::Authority& authority =
      *FeedLaw::Get().authorities.FindByCode("market-regulation");
  return absl::StrCat(
      "ENTNAME,UNISCID,SPECAUSE,SPECAUSE_CN,ABNTIME,DECORG,DECORG_CN,ISMOVE,REMEXCPRES_CN,"
      "REMDATE\r\n"
      "丹东示例贸易有限公司,",
      subject, ",1,未按期公示年报,2025-07-02,", authority.uscc, ",", authority.name, ",", moved,
      ",", moved.empty() ? "" : "已补报", ",", day, "\r\n");
}

class PublicationReported : public PublicationTest {
 protected:
  std::string State() {
    return Rows("SELECT state, version, result_word, ended_at FROM record", 4).at(0);
  }
  static std::string Millis(absl::string_view day) {
    return absl::StrCat(absl::ToUnixMillis(StartOfLegalDay(*ParseDay(day))));
  }
};

TEST_F(PublicationReported, AnEntryThatIsMovedOutEndsWithoutAnApplication) {
  ASSERT_EQ(Import(ListRow("", ""))->import.counts.imported, 1);
  EXPECT_EQ(State(), "1|1||");
  ASSERT_EQ(Import(ListRow("1", "2026-03-20"))->import.counts.updated, 1);
  EXPECT_EQ(State(), absl::StrCat("3|3|移出|", Millis("2026-03-20")));
  ASSERT_EQ(Emitted().size(), 1u);
  EXPECT_EQ(Emitted()[0].type, "xiufu.publication.result_reported.v1");
  v1::ResultReported event;
  ASSERT_TRUE(event.ParseFromString(Emitted()[0].data));
  EXPECT_EQ(event.kind(), "MOVED_OUT");
  EXPECT_EQ(event.state(), "ENDED");
  EXPECT_EQ(event.day(), "2026-03-20");
  EXPECT_TRUE(absl::StartsWith(event.source(), "imports/"));
  // Told again, and again with another remark.
  ASSERT_EQ(Import(ListRow("1", "2026-03-20"))->import.counts.unchanged, 1);
  EXPECT_EQ(Emitted().size(), 1u);
}

TEST_F(PublicationReported, TheDecisionThatComesOfItLeavesDayAndWord) {
  ASSERT_TRUE(Import(ListRow("", "")).ok());
  ASSERT_TRUE(Import(ListRow("1", "2026-03-20")).ok());
  v1::ResultReported event;
  ASSERT_TRUE(event.ParseFromString(Emitted().at(0).data));
  EXPECT_EQ(event.found_version(), 2u);
  EXPECT_EQ(event.reported_at().seconds(), absl::ToUnixSeconds(clock_.Now()));
  EXPECT_EQ(event.reason(), "已补报");
  ASSERT_TRUE(TakeApproval(event.found_version()).ok());
  EXPECT_EQ(State(), absl::StrCat("3|4|移出|", Millis("2026-03-20")));
  ASSERT_EQ(Emitted().size(), 2u);
  EXPECT_EQ(Emitted()[1].type, "xiufu.publication.publicity_ended.v1");
}

// The decision was on its way when the authority annulled: nothing is public, so the loop can
// close.
TEST_F(PublicationReported,
       ADecisionAboutARecordThatWasAnnulledMeanwhileChangesNothingButIsConfirmed) {
  ASSERT_TRUE(Import(ListRow("", "")).ok());
  ASSERT_TRUE(Import(ListRow("2", "2026-03-20")).ok());
  const std::string before = State();
  ASSERT_TRUE(TakeApproval(/*record_version=*/2).ok());
  EXPECT_EQ(State().substr(0, 4), "5|4|");
  EXPECT_EQ(State().substr(4), before.substr(4));
  ASSERT_EQ(Emitted().size(), 2u);
  EXPECT_EQ(Emitted()[1].type, "xiufu.publication.publicity_ended.v1");
}

TEST_F(PublicationReported, ASoleTradersMarkIsRestoredAndNotRemoved) {
  const std::string trader = "92210600MAYY00019B";
  ASSERT_TRUE(Import(ListRow("", "", trader)).ok());
  ASSERT_TRUE(Import(ListRow("1", "2026-03-20", trader)).ok());
  EXPECT_EQ(State().substr(0, 4), "3|3|");
  EXPECT_TRUE(absl::StrContains(State(), "恢复正常记载")) << State();
}

TEST_F(PublicationReported, ARevokedEntryIsWithdrawnWhichIsNoRepair) {
  ASSERT_TRUE(Import(ListRow("", "")).ok());
  ASSERT_TRUE(Import(ListRow("2", "2026-03-20")).ok());
  EXPECT_EQ(State().substr(0, 4), "5|3|");
}

TEST_F(PublicationReported, WhatComesInMovedOutWasNeverPublicHere) {
  ASSERT_EQ(Import(ListRow("1", "2026-03-20"))->import.counts.imported, 1);
  EXPECT_EQ(State(), absl::StrCat("3|2|移出|", Millis("2026-03-20")));
  EXPECT_TRUE(Emitted().empty());
  EXPECT_EQ(Rows("SELECT kind, reported_on, reason FROM reported_result", 3).at(0),
            "1|2026-03-20|已补报");
}

// Who comes in withdrawn was never public here, and what only ends is no withdrawal.
TEST_F(PublicationReported, OnlyWhatWasTakenDownHasADayForIt) {
  ASSERT_TRUE(Import(ListRow("2", "2026-03-20")).ok());
  EXPECT_EQ(State().substr(0, 4), "5|2|");
  EXPECT_TRUE(Rows("SELECT id FROM withdrawal", 1).empty());
}

RecordContent TransportPenalty() {
  const catalogue::Authority& authority = *FeedLaw::Get().authorities.FindByCode(kTransport);
  RecordContent content;
  content.key.authority_uscc = authority.uscc;
  content.authority_name = authority.name;
  content.decision_date = absl::CivilDay(2025, 3, 1);
  content.penalty_kinds = {"罚款"};
  return content;
}

std::optional<Withdrawal> WithdrawalFor(Reported::Kind kind, std::optional<absl::CivilDay> day,
                                        absl::CivilDay known) {
  const ReportedResult result = {
      .reported = {.kind = kind, .day = day},
      .received_at = StartOfLegalDay(known) + absl::Hours(9),
  };
  return WithdrawalOf(result, TransportPenalty(), *FeedLaw::Get().in_force.Get());
}

TEST(WithdrawalDomain, ThreeWorkingDaysFromTheAnnulment) {
  const absl::CivilDay annulled(2026, 4, 2), known(2026, 4, 9);
  const auto withdrawal = WithdrawalFor(Reported::Kind::kAnnulled, annulled, known);
  ASSERT_TRUE(withdrawal.has_value());
  const catalogue::DeadlineReceipt& receipt = withdrawal->receipt;
  EXPECT_EQ(receipt.start_event, "DECIDED");
  EXPECT_EQ(receipt.start_date, annulled);
  EXPECT_EQ(receipt.days, 3);
  EXPECT_TRUE(receipt.working_days);
  EXPECT_EQ(FormatDay(receipt.due.day), "2026-04-08") << "over 清明节";
  EXPECT_EQ(receipt.due.holidays_skipped.size(), 3u);
  EXPECT_EQ(receipt.source, "行政处罚法第四十八条");
  EXPECT_FALSE(receipt.calendar_version.empty());
  EXPECT_EQ(withdrawal->authority_code, kTransport);
  EXPECT_FALSE(InTime(withdrawal->withdrawn_at, receipt.due.day)) << "a day late";
}

TEST(WithdrawalDomain, TheLastDayCountsWhole) {
  const absl::CivilDay due(2026, 4, 8);
  EXPECT_TRUE(InTime(StartOfLegalDay(due + 1) - absl::Milliseconds(1), due));
  EXPECT_FALSE(InTime(StartOfLegalDay(due + 1), due));
}

TEST(WithdrawalDomain, WhereNobodyToldTheDayItIsTheOneOnWhichItBecameKnown) {
  const absl::CivilDay known(2026, 4, 2);
  const auto withdrawal = WithdrawalFor(Reported::Kind::kAnnulled, std::nullopt, known);
  ASSERT_TRUE(withdrawal.has_value());
  EXPECT_EQ(withdrawal->receipt.start_date, known);
}

TEST(WithdrawalDomain, ARepairIsNone) {
  const absl::CivilDay day(2026, 4, 2);
  EXPECT_FALSE(WithdrawalFor(Reported::Kind::kMovedOut, day, day).has_value());
  EXPECT_FALSE(WithdrawalFor(Reported::Kind::kDisputed, day, day).has_value());
}

TEST(ReportedResultDomain, WhatARecordCanStillBecome) {
  using enum RecordState;
  const struct {
    RecordState now;
    Reported::Kind kind;
    RecordState then;
  } cases[] = {
      {kPublished, Reported::Kind::kMovedOut, kEnded},
      {kShielded, Reported::Kind::kMovedOut, kEnded},
      {kExpired, Reported::Kind::kMovedOut, kExpired},
      {kEnded, Reported::Kind::kMovedOut, kEnded},
      {kPublished, Reported::Kind::kAnnulled, kWithdrawn},
      {kEnded, Reported::Kind::kAnnulled, kWithdrawn},
      {kExpired, Reported::Kind::kRevoked, kWithdrawn},
      {kWithdrawn, Reported::Kind::kMovedOut, kWithdrawn},
      {kPublished, Reported::Kind::kDisputed, kPublished},
  };
  for (const auto& c : cases) {
    Record record{.version = 7, .state = c.now};
    ReportedResult result;
    result.reported.kind = c.kind;
    EXPECT_EQ(Apply(result, record), c.now != c.then) << ToString(c.now) << ToString(c.kind);
    EXPECT_EQ(record.state, c.then);
    EXPECT_EQ(record.version, c.now != c.then ? 8u : 7u);
  }
}

}  // namespace
}  // namespace xiufu::publication
