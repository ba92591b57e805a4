// The tables: what is written is read back, and the store itself guards what must be unique.
#include <gtest/gtest.h>

#include "tests/unit/intake_fixture.h"

namespace xiufu::intake {
namespace {

class IntakeStoreTest : public IntakeTest {
 protected:
  absl::Status Write(std::function<void(storage::Tx&)> fn) {
    return database_->WriteAndWait([&](storage::Tx& tx) {
      fn(tx);
      return tx.status();
    });
  }
  template <typename T>
  T Read(std::function<T(storage::Session&)> fn) {
    std::optional<T> value;
    EXPECT_TRUE(database_
                    ->Read([&](storage::Session& session) {
                      value = fn(session);
                      return session.status();
                    })
                    .ok());
    return *value;
  }

  const Tables& tables() const { return node_->tables(); }

  Application Sample(uint8_t n) {
    Application application;
    application.id = TestId(n);
    application.number = absl::StrCat("XYXF", n);
    application.query_code = "ABCDEFGH";
    application.principal = "portal";
    application.subject_uscc = kSubject;
    application.region = "210600";
    application.applicant = {"王小明", "12345", Capacity::kWindow};
    application.origin = {FrontDoor::kGsxt,
                          "window-3",
                          absl::StrCat("UP", n),
                          "Q1",
                          TestNow(),
                          TestNow() + absl::Seconds(1)};
    application.one_thing_no = "ONE1";
    application.platform_no = "PLAT1";
    application.record_count = 1;
    application.created = TestNow();
    return application;
  }
};

TEST_F(IntakeStoreTest, AnApplicationIsReadBack) {
  const Application in = Sample(1);
  ASSERT_TRUE(Write([&](storage::Tx& tx) { tables().applications->Insert(tx, in); }).ok());
  const auto check = [&](const Application& out) {
    EXPECT_EQ(out.id, in.id);
    EXPECT_EQ(out.number, in.number);
    EXPECT_EQ(out.query_code, in.query_code);
    EXPECT_EQ(out.principal, in.principal);
    EXPECT_EQ(out.subject_uscc, in.subject_uscc);
    EXPECT_EQ(out.region, in.region);
    EXPECT_EQ(out.applicant.name, in.applicant.name);
    EXPECT_EQ(out.applicant.phone, in.applicant.phone);
    EXPECT_EQ(out.applicant.capacity, in.applicant.capacity);
    EXPECT_EQ(out.origin.front_door, in.origin.front_door);
    EXPECT_EQ(out.origin.channel, in.origin.channel);
    EXPECT_EQ(out.origin.upstream_no, in.origin.upstream_no);
    EXPECT_EQ(out.origin.upstream_query_code, in.origin.upstream_query_code);
    EXPECT_EQ(out.origin.received_at, in.origin.received_at);
    EXPECT_EQ(out.origin.pushed_at, in.origin.pushed_at);
    EXPECT_EQ(out.one_thing_no, in.one_thing_no);
    EXPECT_EQ(out.platform_no, in.platform_no);
    EXPECT_EQ(out.record_count, in.record_count);
    EXPECT_EQ(out.state, ApplicationState::kDraft);
    EXPECT_EQ(out.created, in.created);
    EXPECT_TRUE(IsDraft(out));
    EXPECT_EQ(out.concluded, absl::InfinitePast());
  };
  check(*Read<std::optional<Application>>(
      [&](storage::Session& session) { return tables().applications->Find(session, in.id); }));
  check(*Read<std::optional<Application>>([&](storage::Session& session) {
    return tables().applications->FindByNumber(session, in.number);
  }));
}

TEST_F(IntakeStoreTest, NumbersAndUpstreamNumbersAreUnique) {
  ASSERT_TRUE(Write([&](storage::Tx& tx) { tables().applications->Insert(tx, Sample(1)); }).ok());
  Application same_number = Sample(2);
  same_number.number = Sample(1).number;
  EXPECT_FALSE(
      Write([&](storage::Tx& tx) { tables().applications->Insert(tx, same_number); }).ok());
  Application same_upstream = Sample(3);
  same_upstream.origin.upstream_no = Sample(1).origin.upstream_no;
  EXPECT_FALSE(
      Write([&](storage::Tx& tx) { tables().applications->Insert(tx, same_upstream); }).ok());
  for (uint8_t n : {4, 5}) {
    Application city = Sample(n);
    city.origin.upstream_no = "";
    EXPECT_TRUE(Write([&](storage::Tx& tx) { tables().applications->Insert(tx, city); }).ok());
  }
}

TEST_F(IntakeStoreTest, TheStoreItselfLetsNobodyTakeARecordTwice) {
  const ApplicationRecord record{PublishedRecord(1), {"N36-MIN", "1", "ab", "c"}};
  const RecordTable& records = *tables().records;
  ASSERT_TRUE(Write([&](storage::Tx& tx) {
                for (uint8_t n : {21, 22}) records.Insert(tx, TestId(n), {record.snapshot});
                records.Take(tx, TestId(21), {record});
              }).ok());
  EXPECT_FALSE(Write([&](storage::Tx& tx) { records.Take(tx, TestId(22), {record}); }).ok());
  EXPECT_EQ(Read<std::optional<Hold>>(
                [&](storage::Session& session) { return records.HoldOf(session, TestId(1)); }),
            Hold::kOpen);
  ASSERT_TRUE(Write([&](storage::Tx& tx) {
                records.SetHold(tx, TestId(21), TestId(1), std::nullopt);
                records.Take(tx, TestId(22), {record});
              }).ok());
  const auto read = Read<std::vector<ApplicationRecord>>(
      [&](storage::Session& session) { return records.Of(session, TestId(22)); });
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].snapshot, record.snapshot);
  EXPECT_EQ(read[0].rule, record.rule);
}

TEST_F(IntakeStoreTest, ACaseViewIsReadBack) {
  CaseView view;
  view.id = TestId(31);
  view.application = TestId(32);
  ASSERT_TRUE(Write([&](storage::Tx& tx) { tables().cases->Save(tx, view); }).ok());
  view.record = TestId(33);
  view.authority = {"tax", "税务局", "11210600"};
  view.rule = {"N36-GEN", "1", "ab", "2026.1"};
  view.state = CaseState::kConcluded;
  view.version = 7;
  view.opened = TestNow();
  view.changed = TestNow() + absl::Seconds(1);
  view.authority_no = "受1";
  view.decision = {CaseResult::kRefused, "决1", "2026-06-20", {"甲", "乙"}, "复议"};
  view.defects = {"缺"};
  view.supplement_round = 2;
  view.supplement_requested = TestNow() + absl::Seconds(2);
  view.supplemented_round = 1;
  view.deadlines = {{"DECIDE", "ACCEPTED", "2026-06-16", 10, "2026-06-30", true, "条", "T", "v"}};
  view.ended = TestNow() + absl::Seconds(3);
  view.entered = TestNow() + absl::Seconds(4);
  view.loop_closed = TestNow() + absl::Seconds(5);
  view.grounds = {{"丙"}, "诉讼"};
  view.missed_round = 2;
  view.withdrawal_requested = TestNow() + absl::Seconds(6);
  ASSERT_TRUE(Write([&](storage::Tx& tx) { tables().cases->Save(tx, view); }).ok());
  EXPECT_EQ(Read<std::vector<CaseView>>([&](storage::Session& session) {
              return tables().cases->Of(session, view.application);
            }),
            std::vector<CaseView>{view});
}

// A store of before there were ways out of a case is brought up to date with its cases.
TEST(IntakeMigrations, AnOlderStoreKeepsItsCases) {
  TempFolder folder;
  ManualClock clock(TestNow());
  const storage::Database::Options options{.path = folder.FilePath("store.db"),
                                           .service = "intake"};
  {
    auto old = *storage::Database::Open(options, Migrations().first(1), &clock);
    old->Start();
    ASSERT_TRUE(
        old->WriteAndWait([&](storage::Tx& tx) {
             tx.Run(
                 "INSERT INTO case_view VALUES (?, ?, ?, 'tax', '税务局', '', 'N36-GEN', '1',"
                 " 'ab', '2026.1', 4, 3, 1, 2, '受1', 0, '', '', '', 1, 2, 0, NULL, NULL,"
                 " NULL, x'')",
                 TestId(32), TestId(31), TestId(33));
             return tx.status();
           })
            .ok());
    old->Stop();
  }
  auto database = *storage::Database::Open(options, Migrations(), &clock);
  const SqlTables tables(nullptr);
  ASSERT_TRUE(database
                  ->Read([&](storage::Session& session) {
                    const std::vector<CaseView> cases =
                        tables.tables().cases->Of(session, TestId(32));
                    EXPECT_EQ(cases.size(), 1u);
                    EXPECT_TRUE(AwaitsSupplement(cases.at(0)));
                    EXPECT_EQ(cases.at(0).grounds, Grounds());
                    EXPECT_EQ(cases.at(0).missed_round, 0);
                    EXPECT_FALSE(IsWithdrawalRequested(cases.at(0)));
                    return session.status();
                  })
                  .ok());
}

TEST_F(IntakeStoreTest, PositionsAreContiguousPerApplication) {
  const TimelineTable& timeline = *tables().timeline;
  ASSERT_TRUE(Write([&](storage::Tx& tx) {
                timeline.Append(tx, TestId(1), {TimelineEntry(), TimelineEntry()});
                timeline.Append(tx, TestId(2), {TimelineEntry()});
                timeline.Append(tx, TestId(1), {TimelineEntry()});
              }).ok());
  EXPECT_FALSE(database_
                   ->WriteAndWait([&](storage::Tx& tx) {
                     timeline.Append(tx, TestId(1), {TimelineEntry()});
                     return absl::AbortedError("undone");
                   })
                   .ok());
  ASSERT_TRUE(
      Write([&](storage::Tx& tx) { timeline.Append(tx, TestId(1), {TimelineEntry()}); }).ok());
  std::vector<int64_t> positions;
  for (const TimelineEntry& entry : Read<std::vector<TimelineEntry>>(
           [&](storage::Session& session) { return timeline.After(session, TestId(1), 1, 100); })) {
    positions.push_back(entry.position);
  }
  EXPECT_EQ(positions, (std::vector<int64_t>{2, 3, 4}));
}

}  // namespace
}  // namespace xiufu::intake
