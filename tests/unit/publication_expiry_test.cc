// Publicity that ends by itself.
#include <gtest/gtest.h>

#include "libs/base/legal_day.h"
#include "libs/service/due_work.h"
#include "libs/service/handling.h"
#include "libs/service/retry_policy.h"
#include "services/publication/app/automatic_end.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/publication_rig.h"
#include "xiufu/publication/v1/events.pb.h"

namespace xiufu::publication {
namespace {

// General by the law of 2026-04-01: published for a year.
RowText General(const std::string& day) {
  return RowText().Set("CF_CFLB", "没收违法所得").Set("CF_NR_FK", "").Set("CF_JDRQ", day);
}

class PublicationExpiry : public PublicationTest {
 protected:
  void SetUp() override {
    PublicationTest::SetUp();
    StandOn("2026-05-04");
  }
  void StandOn(absl::string_view day) {
    clock_.JumpTo(StartOfLegalDay(*ParseDay(day)) + absl::Hours(9));
  }
  // A process that begins now: what is due by the store is done, until nothing is.
  void Run(const catalogue::LawInForce* law) {
    const service::Wiring wiring = WirePublication(law, kTimes);
    const service::Handling handling(&wiring, service::RetryPolicy(), [] { return 0.0; });
    service::DueWork due(database_.get(), &wiring, &handling, &clock_);
    ASSERT_TRUE(Begin().ok());
    RunDue(due);
  }
  absl::Status Begin() {
    return Write([&](storage::Tx& tx) { return AutomaticEnd::Begin(tx, clock_.Now()); });
  }
  void RunDue(service::DueWork& due) {
    while (due.NextDue() <= clock_.Now()) {
      due.Submit([](const absl::Status& status) { EXPECT_TRUE(status.ok()) << status; });
      while (database_->RunPending() > 0) {
      }
    }
  }
  void Run() { Run(&FeedLaw::Get().in_force); }
  std::vector<std::string> States() {
    return Rows("SELECT document_no, state, version, ends_on, ended_at FROM record ORDER BY 1", 5);
  }
};

TEST_F(PublicationExpiry, WhatIsOverAlreadyIsNeverPublished) {
  ASSERT_TRUE(
      Import(FeedOf({General("2020-06-01"), General("2026-04-20").Set("CF_WSH", "乙")})).ok());
  Run();
  EXPECT_EQ(States(),
            (std::vector<std::string>{"丹交罚〔2025〕1号|4|1|2023-06-01|", "乙|1|1|2027-04-20|"}));
  EXPECT_TRUE(Emitted().empty()) << "nothing has changed: nobody saw it published";
}

TEST_F(PublicationExpiry, WhatMayNotBePublicIsNotPublished) {
  ASSERT_TRUE(Import(FeedOf({General("2025-06-01").Set("CF_CFLB", "警告")})).ok());
  EXPECT_EQ(States()[0].substr(0, States()[0].find("|1|")), "丹交罚〔2025〕1号|2");
}

TEST_F(PublicationExpiry, ItEndsWithTheFirstInstantAfterTheLastDay) {
  ASSERT_TRUE(Import(FeedOf({General("2026-04-20")})).ok());
  StandOn("2027-04-20");  // the last day
  Run();
  EXPECT_EQ(States()[0], "丹交罚〔2025〕1号|1|1|2027-04-20|");
  const absl::Time midnight = StartOfLegalDay(absl::CivilDay(2027, 4, 21));
  clock_.JumpTo(midnight);
  Run();
  EXPECT_EQ(States()[0],
            absl::StrCat("丹交罚〔2025〕1号|4|2|2027-04-20|", absl::ToUnixMillis(midnight)));
  ASSERT_EQ(Emitted().size(), 1u);
  EXPECT_EQ(Emitted()[0].type, "xiufu.publication.publicity_expired.v1");
  EXPECT_EQ(Emitted()[0].time, midnight);
  v1::PublicityExpired event;
  ASSERT_TRUE(event.ParseFromString(Emitted()[0].data));
  EXPECT_EQ(event.last_day(), "2027-04-20");
  EXPECT_EQ(event.version(), 2u);
}

TEST_F(PublicationExpiry, MidnightComesByItselfAndOnceWhateverTheClockDoes) {
  ASSERT_TRUE(
      Import(FeedOf({General("2026-04-20"), General("2026-04-21").Set("CF_WSH", "乙")})).ok());
  const catalogue::LawInForce& law = FeedLaw::Get().in_force;
  const service::Wiring wiring = WirePublication(&law, kTimes);
  const service::Handling handling(&wiring, service::RetryPolicy(), [] { return 0.0; });
  service::DueWork due(database_.get(), &wiring, &handling, &clock_);
  ASSERT_TRUE(Begin().ok());
  RunDue(due);
  EXPECT_EQ(due.NextDue(), StartOfLegalDay(absl::CivilDay(2027, 4, 21)));
  StandOn("2027-06-01");  // it slept for a year
  RunDue(due);
  EXPECT_EQ(Rows("SELECT count(*) FROM record WHERE state = 4", 1)[0], "2");
  EXPECT_EQ(Emitted().size(), 2u);
  StandOn("2027-01-01");  // somebody set the clock back
  RunDue(due);
  StandOn("2027-06-02");
  RunDue(due);
  EXPECT_EQ(Emitted().size(), 2u) << "nothing ends twice";
}

TEST_F(PublicationExpiry, AReckoningComesBeforeAnEnd) {
  ASSERT_TRUE(Import(FeedOf({General("2026-04-20")})).ok());
  Run();
  // The maximum of general records becomes two years.
  TempFolder folder("deploy/catalogue");
  folder.Replace("catalogue.toml", "version = \"", "version = \"9");
  folder.Replace("regime-ndrc-36.toml", "maximum = \"1y\"", "maximum = \"2y\"");
  const absl::StatusOr<catalogue::LawSnapshot> changed =
      catalogue::LoadLaw({folder.path(), "deploy/calendars", "deploy/authorities"});
  ASSERT_TRUE(changed.ok()) << changed.status();
  const catalogue::LawInForce law(*changed);
  StandOn("2027-05-01");
  Run(&law);
  EXPECT_EQ(States()[0], "丹交罚〔2025〕1号|1|1|2028-04-20|");
  EXPECT_TRUE(Emitted().empty());
}

TEST_F(PublicationExpiry, AnotherDayInAnotherFeedMovesTheLastDay) {
  ASSERT_TRUE(Import(FeedOf({General("2026-04-20")})).ok());
  ASSERT_TRUE(Import(FeedOf({General("2026-04-22")})).ok());
  Run();
  EXPECT_EQ(States()[0], "丹交罚〔2025〕1号|1|2|2027-04-22|");
}

TEST_F(PublicationExpiry, ADecisionAboutARecordThatExpiredMeanwhileStands) {
  ASSERT_TRUE(Import(FeedOf({General("2026-04-20")})).ok());
  StandOn("2027-04-21");
  Run();
  ASSERT_TRUE(TakeApproval(/*record_version=*/1).ok());
  EXPECT_EQ(Rows("SELECT state, version, result_word FROM record", 3)[0], "3|3|终止公示");
  ASSERT_EQ(Emitted().size(), 2u);
  EXPECT_EQ(Emitted()[1].type, "xiufu.publication.publicity_ended.v1");
}

TEST_F(PublicationExpiry, MoreThanOnePieceAtOnce) {
  std::vector<RowText> rows;
  for (int i = 0; i < 450; ++i) {
    rows.push_back(General("2026-04-20").Set("CF_WSH", absl::StrCat("丹交罚〔2026〕", i, "号")));
  }
  ASSERT_TRUE(Import(FeedOf(rows)).ok());
  StandOn("2027-04-21");
  Run();
  EXPECT_EQ(Rows("SELECT state, count(*) FROM record GROUP BY state", 2),
            std::vector<std::string>{"4|450"});
}

}  // namespace
}  // namespace xiufu::publication
