// What the subjects of public records are reminded of: on the day, once, and also by a machine that
// slept over it.
#include <gtest/gtest.h>

#include "libs/base/legal_day.h"
#include "libs/service/due_work.h"
#include "libs/service/handling.h"
#include "libs/service/retry_policy.h"
#include "services/publication/app/remind_subjects.h"
#include "tests/unit/publication_rig.h"
#include "xiufu/publication/v1/events.pb.h"

namespace xiufu::publication {
namespace {

// By the law of 2026-04-01: public for a year, repairable after three months.
RowText GeneralRow(const std::string& day) {
  return RowText().Set("CF_CFLB", "没收违法所得").Set("CF_NR_FK", "").Set("CF_JDRQ", day);
}

class PublicationReminder : public PublicationTest {
 protected:
  void SetUp() override {
    PublicationTest::SetUp();
    StandOn("2026-05-04");
    ASSERT_TRUE(StartTimers());
  }
  void StandOn(absl::string_view day) {
    clock_.JumpTo(StartOfLegalDay(*ParseDay(day)) + absl::Hours(9));
  }
  bool StartTimers() {
    const absl::Status status =
        Write([&](storage::Tx& tx) { return RemindSubjects::Begin(tx, clock_.Now()); });
    Run();
    return status.ok();
  }
  // What is due by the store is done, until nothing is.
  void Run() {
    const service::Wiring wiring = WirePublication(&FeedLaw::Get().in_force, kTimes);
    const service::Handling handling(&wiring, service::RetryPolicy(), [] { return 0.0; });
    service::DueWork due(database_.get(), &wiring, &handling, &clock_);
    while (due.NextDue() <= clock_.Now()) {
      due.Submit([](const absl::Status& status) { EXPECT_TRUE(status.ok()) << status; });
      while (database_->RunPending() > 0) {
      }
    }
  }
  // "REPAIRABLE 2026-07-21 at 2026-07-21"
  std::vector<std::string> Told() {
    std::vector<std::string> told;
    for (const messaging::Envelope& event : Emitted()) {
      if (event.type != "xiufu.publication.reminder_due.v1") continue;
      v1::ReminderDue due;
      EXPECT_TRUE(due.ParseFromString(event.data));
      EXPECT_EQ(due.subject_uscc(), kCompany);
      EXPECT_EQ(due.subject_name(), "丹东示例贸易有限公司");
      EXPECT_NE(due.document_no(), "");
      told.push_back(
          absl::StrCat(due.kind(), " ", due.day(), " at ", FormatDay(LegalDay(event.time))));
    }
    return told;
  }
  void RunDaysUntil(absl::CivilDay last) {
    for (absl::CivilDay day = LegalDay(clock_.Now()); day <= last; ++day) {
      clock_.JumpTo(StartOfLegalDay(day) + absl::Hours(9));
      Run();
    }
  }
};

TEST_F(PublicationReminder, OnTheDayAndOnce) {
  ASSERT_TRUE(Import(FeedOf({GeneralRow("2026-04-20")})).ok());
  RunDaysUntil(absl::CivilDay(2026, 7, 20));
  EXPECT_EQ(Told(), std::vector<std::string>{});
  RunDaysUntil(absl::CivilDay(2026, 8, 1));
  EXPECT_EQ(Told(), std::vector<std::string>{"REPAIRABLE 2026-07-21 at 2026-07-21"});
  RunDaysUntil(absl::CivilDay(2027, 4, 25));
  EXPECT_EQ(Told(), (std::vector<std::string>{"REPAIRABLE 2026-07-21 at 2026-07-21",
                                              "ENDING 2027-04-20 at 2027-03-21"}));
}

TEST_F(PublicationReminder, AMachineThatSleptMakesUpForItWithTheSameEvents) {
  ASSERT_TRUE(Import(FeedOf({GeneralRow("2026-04-20")})).ok());
  Run();
  StandOn("2027-04-01");
  Run();
  EXPECT_EQ(Told(), (std::vector<std::string>{"REPAIRABLE 2026-07-21 at 2026-07-21",
                                              "ENDING 2027-04-20 at 2027-03-21"}));
  StandOn("2026-06-01");  // somebody set the clock back
  ASSERT_TRUE(StartTimers());
  StandOn("2027-04-02");
  ASSERT_TRUE(StartTimers());
  EXPECT_EQ(Told().size(), 2u);
}

TEST_F(PublicationReminder, WhatCouldBeRepairedWhenItCameInIsNoNews) {
  ASSERT_TRUE(Import(FeedOf({GeneralRow("2026-01-05")})).ok());
  RunDaysUntil(absl::CivilDay(2026, 5, 10));
  EXPECT_EQ(Told(), std::vector<std::string>{});
}

TEST_F(PublicationReminder, NothingAboutARecordThatIsNotPublicAnyMore) {
  ASSERT_TRUE(Import(FeedOf({GeneralRow("2026-04-20")})).ok());
  ASSERT_TRUE(TakeApproval(/*record_version=*/1).ok());
  RunDaysUntil(absl::CivilDay(2026, 8, 1));
  EXPECT_EQ(Told(), std::vector<std::string>{});
}

TEST_F(PublicationReminder, MoreThanOneWriteAtOnce) {
  std::vector<RowText> rows;
  for (int i = 0; i < 450; ++i) {
    rows.push_back(GeneralRow("2026-04-20").Set("CF_WSH", absl::StrCat("丹交罚〔2026〕", i, "号")));
  }
  ASSERT_TRUE(Import(FeedOf(rows)).ok());
  Run();
  StandOn("2026-07-21");
  Run();
  EXPECT_EQ(Rows("SELECT kind, day, count(*) FROM reminder GROUP BY kind, day", 3),
            std::vector<std::string>{"1|2026-07-21|450"});
}

}  // namespace
}  // namespace xiufu::publication
