// Another law comes into force while cases are open: what moves, what becomes firm, what stays, and
// by which catalogue a case goes on.
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "libs/base/legal_day.h"
#include "libs/storage/law_versions.h"
#include "services/routing/app/move_due_dates.h"
#include "services/routing/drivers/due_move_table.h"
#include "services/routing/drivers/receipt_text.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/routing_rig.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/routing/v1/events.pb.h"

namespace xiufu::routing {
namespace {

constexpr char kMoved[] = "xiufu.routing.deadlines_moved.v1";

absl::Time Shanghai(const char* text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime("%Y-%m-%d %H:%M", text, ShanghaiZone(), &time, &error)) abort();
  return time;
}

// A Wednesday whose third working day lies in a year that is not announced.
const absl::Time kBeforeNewYear = Shanghai("2026-12-30 10:00");

// The shipped law with something else in it.
class OtherLaw {
 public:
  TempFolder rules{"deploy/catalogue"};
  TempFolder calendars{"deploy/calendars"};

  catalogue::LawSnapshot Load() const {
    return *catalogue::LoadLaw({rules.path(), calendars.path(), "deploy/authorities"});
  }
  // 2027 with days off around the first of January, as far as the day in January given.
  OtherLaw& Announce(int last_day_off, int working_days) {
    calendars.Write("2027.toml", absl::StrCat(R"(year = 2027
revision = 1
source = "test"
confidence = "T"
working_days = )",
                                              working_days, R"(

[[holiday]]
name = "元旦"
name_en = "New Year's Day"
from = 2027-01-01
to = 2027-01-0)",
                                              last_day_off, "\n"));
    return *this;
  }
};

catalogue::LawSnapshot LongNewYear() { return OtherLaw().Announce(4, 259).Load(); }
catalogue::LawSnapshot NewYearAsExpected() { return OtherLaw().Announce(3, 260).Load(); }

class RoutingCalendarTest : public ::testing::Test {
 protected:
  void Feed(std::initializer_list<messaging::EncodedEvent> events) { rig_.Deliver(events); }
  void Load(catalogue::LawSnapshot law) {
    rig_.Load(std::move(law));
    Settle();
  }
  void GoTo(const char* time) {
    rig_.clock().AdvanceTo(Shanghai(time));
    Settle();
  }
  void Settle() {
    while (rig_.One("SELECT count(*) FROM timer WHERE kind = 'CALENDAR_PASS'") != "0") {
      rig_.RunDue();
    }
    rig_.RunDue();
  }
  std::string Accept() {
    return rig_.One("SELECT due_date || ' ' || provisional FROM deadline WHERE kind = 'ACCEPT'");
  }
  std::vector<std::string> Overdue() {
    return rig_.Column(
        "SELECT kind || ' ' || datetime(since / 1000, 'unixepoch', '+8 hours') || ' ' ||"
        " coalesce(datetime(until / 1000, 'unixepoch', '+8 hours'), '-') FROM overdue ORDER BY 1");
  }
  std::vector<std::string> Moves() {
    return rig_.Column(
        "SELECT kind || ' ' || from_date || ' ' || to_date FROM due_move ORDER BY kind, id");
  }

  RoutingRig rig_{":memory:", kBeforeNewYear};
  Upstream up_{kBeforeNewYear};
};

TEST_F(RoutingCalendarTest, ADueDateThatMovesKeepsBothDatesAndTheReceiptItHad) {
  Feed({up_.Submitted(), up_.Delivered(0)});
  EXPECT_EQ(Accept(), "2027-01-05 1");
  const std::string before = rig_.One("SELECT calendar_version FROM deadline WHERE kind='ACCEPT'");
  const catalogue::LawSnapshot law = LongNewYear();
  Load(law);
  EXPECT_EQ(Accept(), "2027-01-06 0");
  EXPECT_EQ(Moves()[0], "ACCEPT 2027-01-05 2027-01-06");
  EXPECT_EQ(
      rig_.One("SELECT from_calendar || '|' || to_calendar || '|' || at FROM due_move"
               " WHERE kind = 'ACCEPT'"),
      absl::StrCat(before, "|", law->calendar.version(), "|", absl::ToUnixMillis(kBeforeNewYear)));
  // The receipt of before gives the date of before, by the calendar that is kept.
  const DeadlineReceipt receipt{
      .start_date = DayOf(rig_.One("SELECT start_date FROM due_move WHERE kind = 'ACCEPT'")),
      .days = std::stoi(rig_.One("SELECT days FROM due_move WHERE kind = 'ACCEPT'")),
      .pauses = PausesFrom(rig_.One("SELECT pauses FROM due_move WHERE kind = 'ACCEPT'"))};
  const auto kept = calendar::Calendar::FromFiles(ShippedLaw()->calendar.archive());
  const calendar::Due due = DueOf(receipt, *kept);
  EXPECT_EQ(FormatDay(due.day), "2027-01-05");
  EXPECT_EQ(NamedDaysText(due.holidays_skipped),
            rig_.One("SELECT skipped FROM due_move WHERE kind = 'ACCEPT'"));
}

TEST_F(RoutingCalendarTest, TheMoveIsToldOnceOnItsStream) {
  Feed({up_.Submitted(), up_.Delivered(0)});
  Load(LongNewYear());
  Load(LongNewYear());
  const auto moved = rig_.EmittedAs<routing::v1::DeadlinesMoved>(kMoved);
  ASSERT_EQ(moved.size(), 1u);
  EXPECT_EQ(moved[0].case_id(), std::string(up_.case_id().bytes()));
  EXPECT_EQ(moved[0].application(), std::string(up_.application().bytes()));
  EXPECT_EQ(moved[0].moved_at().seconds(), absl::ToUnixSeconds(kBeforeNewYear));
  EXPECT_EQ(moved[0].deadlines(0).kind(), "ACCEPT");
  EXPECT_EQ(moved[0].deadlines(0).due_date(), "2027-01-06");
  const messaging::Envelope event = rig_.Emitted().back();
  EXPECT_EQ(event.place, (Place{1, 7})) << "as of everything about the case";
}

TEST_F(RoutingCalendarTest, TheTimerMovesAlong) {
  Feed({up_.Submitted(), up_.Delivered(0)});
  Load(LongNewYear());
  GoTo("2027-01-06 23:59");
  EXPECT_TRUE(Overdue().empty());
  GoTo("2027-01-07 00:00");
  EXPECT_EQ(Overdue(), (std::vector<std::string>{"ACCEPT 2027-01-07 00:00:00 -"}));
}

TEST_F(RoutingCalendarTest, ADateThatStaysBecomesFirmAndIsNoMove) {
  Feed({up_.Submitted(), up_.Delivered(0)});
  Load(NewYearAsExpected());
  EXPECT_EQ(Accept(), "2027-01-05 0");
  EXPECT_TRUE(Moves().empty());
  const auto told = rig_.EmittedAs<routing::v1::DeadlinesMoved>(kMoved);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_FALSE(told[0].deadlines(0).provisional());
}

TEST_F(RoutingCalendarTest, WhatIsMetOrConcludedStays) {
  Feed({up_.Submitted(), up_.Delivered(0), up_.Accepted(1, "a1")});
  Load(LongNewYear());
  EXPECT_EQ(Accept(), "2027-01-05 1") << "accepted in time: nothing to move";
  EXPECT_EQ(rig_.One("SELECT provisional FROM deadline WHERE kind = 'DECIDE'"), "0");
  Feed({up_.Decided(2, "a2"), up_.Entered(3, "a2")});
  const auto before = rig_.Domain();
  Load(OtherLaw().Announce(5, 258).Load());
  EXPECT_EQ(rig_.Domain(), before);
}

TEST_F(RoutingCalendarTest, ANoticeThatComesLateTakesBackWhatWasMissedByTheOldDate) {
  Feed({up_.Submitted(), up_.Delivered(0)});
  GoTo("2027-01-06 09:00");
  EXPECT_EQ(Overdue(), (std::vector<std::string>{"ACCEPT 2027-01-06 00:00:00 -"}));
  Load(LongNewYear());
  EXPECT_TRUE(Overdue().empty());
  GoTo("2027-01-07 00:00");
  EXPECT_EQ(Overdue(), (std::vector<std::string>{"ACCEPT 2027-01-07 00:00:00 -"}));
}

TEST_F(RoutingCalendarTest, ADateThatMovesBeforeNowIsMissedAtOnce) {
  Load(LongNewYear());
  Feed({up_.Submitted(), up_.Delivered(0)});
  GoTo("2027-01-06 09:00");
  EXPECT_TRUE(Overdue().empty());
  Load(NewYearAsExpected());
  EXPECT_EQ(Overdue(), (std::vector<std::string>{"ACCEPT 2027-01-06 00:00:00 -"}));
}

TEST_F(RoutingCalendarTest, AStoppedClockIsJudgedAgainByWhenItStopped) {
  Load(LongNewYear());
  // 7 January, 10:00: one day late by the sixth, two by the fifth.
  Feed({up_.Submitted(), up_.Delivered(0), up_.SupplementAsked(24 * 8, "a1")});
  EXPECT_EQ(Overdue(),
            (std::vector<std::string>{"ACCEPT 2027-01-07 00:00:00 2027-01-07 10:00:00"}));
  Load(NewYearAsExpected());
  EXPECT_EQ(Overdue(),
            (std::vector<std::string>{"ACCEPT 2027-01-06 00:00:00 2027-01-07 10:00:00"}));
  EXPECT_EQ(rig_.One("SELECT kind FROM timer"), "SUPPLEMENT_DUE") << "the applicant has the turn";
  Load(OtherLaw().Announce(7, 256).Load());
  EXPECT_TRUE(Overdue().empty());
}

TEST_F(RoutingCalendarTest, AnAuthoritysExceptionIsCountedAndNamed) {
  OtherLaw other;
  other.calendars.Write("exceptions.toml", R"(revision = 2

[[exception]]
authority_kinds = ["TRANSPORT"]
days = [2026-12-31]
working = false
name = "搬迁停办"
name_en = "Closed for moving"
source = "test"
confidence = "T"
)");
  Load(other.Load());
  Feed({up_.Submitted(), up_.Delivered(0)});
  EXPECT_EQ(Accept(), "2027-01-06 1");
  EXPECT_EQ(rig_.One("SELECT exceptions FROM deadline WHERE kind = 'ACCEPT'"),
            "2026-12-31 off 搬迁停办");
  Load(ShippedLaw());
  EXPECT_EQ(Accept(), "2027-01-05 1");
  EXPECT_EQ(rig_.One("SELECT exceptions FROM deadline WHERE kind = 'ACCEPT'"), "");
  EXPECT_EQ(rig_.One("SELECT exceptions FROM due_move WHERE kind = 'ACCEPT'"),
            "2026-12-31 off 搬迁停办");
}

// Enough cases for three batches.
class RoutingManyTest : public ::testing::Test {
 protected:
  static constexpr int kCases = 2 * static_cast<int>(MoveDueDates::kAtOnce) + 30;

  void Fill(RoutingRig& rig) { rig.Deliver({Upstream(kBeforeNewYear, kCases).Submitted()}); }
  static int Done(RoutingRig& rig) {
    return std::stoi(
        rig.One("SELECT count(*) FROM deadline WHERE kind = 'OVERALL' AND NOT provisional"));
  }
  static void ExpectAllMovedOnce(RoutingRig& rig, const char* to) {
    EXPECT_EQ(rig.Column("SELECT DISTINCT due_date FROM deadline WHERE kind = 'OVERALL'"),
              std::vector<std::string>{to});
    EXPECT_EQ(rig.One("SELECT count(*) || ' ' || count(DISTINCT case_id) FROM due_move"
                      " WHERE kind = 'OVERALL'"),
              absl::StrCat(kCases, " ", kCases));
    EXPECT_EQ(rig.EmittedAs<routing::v1::DeadlinesMoved>(kMoved).size(),
              static_cast<size_t>(kCases));
    EXPECT_EQ(rig.One("SELECT count(*) FROM timer WHERE kind = 'CALENDAR_PASS'"), "0");
  }

  TempFolder folder_;
};

TEST_F(RoutingManyTest, ThePassTakesSomeAtATime) {
  RoutingRig rig(":memory:", kBeforeNewYear);
  Fill(rig);
  rig.Load(LongNewYear());
  for (int done = 0; done < kCases;) {
    rig.RunDueOnce();
    const int now = Done(rig);
    EXPECT_GT(now, done);
    EXPECT_LE(now - done, static_cast<int>(MoveDueDates::kAtOnce));
    done = now;
  }
  rig.RunDueOnce();
  ExpectAllMovedOnce(rig, "2027-01-15");
}

TEST_F(RoutingManyTest, MovesAreListedInTheirOrderAPieceAtATime) {
  RoutingRig rig(":memory:", kBeforeNewYear);
  Fill(rig);
  rig.Load(LongNewYear());
  for (int i = 0; i < 4; ++i) rig.RunDueOnce();
  std::vector<std::string> listed;
  const absl::Status read = rig.database().Read([&](storage::Session& session) {
    int64_t after = 0;
    for (std::vector<DueMoveRow> some; !(some = DueMoveTable().List(session, after, 70)).empty();) {
      for (const DueMoveRow& move : some) {
        EXPECT_GT(move.id, after);
        after = move.id;
        listed.push_back(absl::StrCat(move.case_id.ToString(), " ", move.kind));
        EXPECT_EQ(move.authority.code, "transport");
        EXPECT_EQ(move.application_number, "XYXF2106002026052900000001X");
      }
    }
    return session.status();
  });
  EXPECT_TRUE(read.ok()) << read;
  EXPECT_EQ(listed.size(),
            static_cast<size_t>(std::stoi(rig.One("SELECT count(*) FROM due_move"))));
  EXPECT_EQ(std::set<std::string>(listed.begin(), listed.end()).size(), listed.size());
}

TEST_F(RoutingManyTest, WhatEndsInTheMiddleGoesOnAfterTheNextStart) {
  const std::string store = folder_.FilePath("store.db");
  {
    RoutingRig rig(store, kBeforeNewYear);
    Fill(rig);
    rig.Load(LongNewYear());
    rig.RunDueOnce();
    EXPECT_EQ(Done(rig), static_cast<int>(MoveDueDates::kAtOnce));
  }
  RoutingRig rig(store, kBeforeNewYear + absl::Minutes(1));
  rig.Load(LongNewYear());
  for (int i = 0; i < 4; ++i) rig.RunDueOnce();
  ExpectAllMovedOnce(rig, "2027-01-15");
}

TEST_F(RoutingManyTest, AnotherCalendarInTheMiddleBeginsAnew) {
  RoutingRig rig(":memory:", kBeforeNewYear);
  Fill(rig);
  rig.Load(LongNewYear());
  rig.RunDueOnce();
  rig.Load(NewYearAsExpected());
  for (int i = 0; i < 4; ++i) rig.RunDueOnce();
  EXPECT_EQ(Done(rig), kCases);
  EXPECT_EQ(rig.Column("SELECT DISTINCT due_date FROM deadline WHERE kind = 'OVERALL'"),
            std::vector<std::string>{"2027-01-14"});
  EXPECT_EQ(rig.One("SELECT count(*) FROM calendar_applied"), "1");
  // The next start finds nothing to do.
  rig.Begin();
  EXPECT_EQ(rig.One("SELECT count(*) FROM timer WHERE kind = 'CALENDAR_PASS'"), "0");
}

TEST_F(RoutingManyTest, TheFirstCalendarAgainInTheMiddleTakesEverythingBack) {
  RoutingRig rig(":memory:", kBeforeNewYear);
  rig.Begin();
  rig.RunDueOnce();
  Fill(rig);
  rig.Load(LongNewYear());
  rig.RunDueOnce();
  EXPECT_EQ(Done(rig), static_cast<int>(MoveDueDates::kAtOnce));
  rig.Load(ShippedLaw());
  for (int i = 0; i < 4; ++i) rig.RunDueOnce();
  EXPECT_EQ(Done(rig), 0);
  EXPECT_EQ(rig.One("SELECT version FROM calendar_applied"), ShippedLaw()->calendar.version());
}

class PinnedCatalogueTest : public RoutingCalendarTest {
 protected:
  // The same law with another time for the decision.
  static catalogue::LawSnapshot Slower() {
    OtherLaw other;
    other.rules.Replace("catalogue.toml", "version = \"", "version = \"next-");
    const int line = other.rules.Replace("deadlines.toml", "id = \"N36-DECIDE\"",
                                         "id = \"N36-DECIDE\" # slower");
    std::string text = other.rules.Read("deadlines.toml");
    const size_t at = text.find("days = 7", text.find("# slower"));
    if (line == 0 || at == std::string::npos) throw std::runtime_error("no days of N36-DECIDE");
    text.replace(at, 8, "days = 9");
    other.rules.Write("deadlines.toml", text);
    return other.Load();
  }
  void Keep(const catalogue::LawSnapshot& law) {
    const absl::Status kept = rig_.database().WriteAndWait([&](storage::Tx& tx) {
      return storage::KeepLawVersion(tx,
                                     {storage::kCatalogueKind, law->catalogue.version(),
                                      law->catalogue.sha256(), law->catalogue.archive()},
                                     rig_.clock().Now());
    });
    if (!kept.ok()) throw std::runtime_error(kept.ToString());
  }
  static messaging::EncodedEvent Under(const catalogue::LawSnapshot& law,
                                       messaging::EncodedEvent submitted) {
    intake::v1::ApplicationSubmitted event;
    event.ParseFromString(submitted.envelope.data);
    for (auto& record : *event.mutable_records()) {
      record.mutable_rule()->set_catalogue_version(law->catalogue.version());
      record.mutable_rule()->set_catalogue_sha256(law->catalogue.sha256());
    }
    submitted.envelope.data = event.SerializeAsString();
    submitted.bytes = messaging::EncodeEnvelope(submitted.envelope);
    return submitted;
  }
  std::string DecideDays() { return rig_.One("SELECT days FROM deadline WHERE kind = 'DECIDE'"); }
};

TEST_F(PinnedCatalogueTest, ACaseGoesOnByTheCatalogueItWasOpenedUnder) {
  Keep(ShippedLaw());
  Feed({Under(ShippedLaw(), up_.Submitted())});
  const catalogue::LawSnapshot slower = Slower();
  Keep(slower);
  Load(slower);
  Feed({up_.Accepted(1, "a1")});
  EXPECT_EQ(DecideDays(), "7");
  EXPECT_EQ(rig_.One("SELECT catalogue_sha256 FROM kase"), ShippedLaw()->catalogue.sha256());
}

TEST_F(PinnedCatalogueTest, ACaseUnderTheNewOneGoesByIt) {
  const catalogue::LawSnapshot slower = Slower();
  Keep(slower);
  Load(slower);
  Feed({Under(slower, up_.Submitted()), up_.Accepted(1, "a1")});
  EXPECT_EQ(DecideDays(), "9");
}

TEST_F(PinnedCatalogueTest, ASubmissionUnderACatalogueThatIsNotLoadedYetWaitsForIt) {
  const catalogue::LawSnapshot slower = Slower();
  Feed({Under(slower, up_.Submitted())});
  EXPECT_EQ(rig_.Waiting().retry, 1);
  EXPECT_EQ(rig_.One("SELECT count(*) FROM kase"), "0");
  Keep(slower);
  Load(slower);
  rig_.clock().Advance(absl::Seconds(1));
  rig_.RunDue();
  EXPECT_EQ(rig_.Waiting().retry, 0);
  Feed({up_.Accepted(1, "a1")});
  EXPECT_EQ(DecideDays(), "9");
}

TEST_F(PinnedCatalogueTest, ACaseFromBeforeCataloguesWereKeptGoesByTheOneInForce) {
  Feed({Under(ShippedLaw(), up_.Submitted())});
  Load(Slower());
  Feed({up_.Accepted(1, "a1")});
  EXPECT_EQ(DecideDays(), "9");
}

}  // namespace
}  // namespace xiufu::routing
