// Opening a store: one owner, the right schema, the right service, after whatever end.
#include <fstream>

#include "libs/storage/engine_tables.h"
#include "tests/unit/storage_fixture.h"

namespace xiufu::storage {
namespace {

using OpenTest = StoreTest;

absl::StatusCode CodeOf(const absl::StatusOr<std::unique_ptr<Database>>& opened) {
  return opened.status().code();
}

TEST_F(OpenTest, OneOwnerAtATime) {
  Open();
  EXPECT_EQ(CodeOf(TryOpen(OptionsFor(Path()))), absl::StatusCode::kFailedPrecondition);
  database_->Stop();
  EXPECT_TRUE(TryOpen(OptionsFor(Path())).ok()) << "Stop gives the store back";
}

TEST_F(OpenTest, TheEpochIsTheTimeOfCreationAndStays) {
  Open();
  const int64_t epoch = database_->epoch();
  EXPECT_EQ(epoch, absl::ToUnixMillis(clock_.Now()));
  clock_.Advance(absl::Hours(1));
  Reopen();
  EXPECT_EQ(database_->epoch(), epoch);
}

TEST_F(OpenTest, AnotherServicesStoreIsRefused) {
  Open();
  database_->Stop();
  Database::Options options = OptionsFor(Path());
  options.service = "other";
  EXPECT_EQ(CodeOf(TryOpen(options)), absl::StatusCode::kFailedPrecondition);
}

TEST_F(OpenTest, AForeignFileIsRefused) {
  folder_.Write("store.db",
                "this is no database, but it is longer than the header of one .......... "
                "................................................................");
  const absl::Status refused = TryOpen(OptionsFor(Path())).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kDataLoss) << refused;
  EXPECT_NE(refused.message().find(Path()), absl::string_view::npos) << refused;
}

TEST_F(OpenTest, MigrationsAreAppliedOnceAndInOrder) {
  Open();
  MustWrite([](Tx& tx) { tx.Run("INSERT INTO thing VALUES ('a', 1)"); });
  database_->Stop();
  const Migration more[] = {kThingMigrations[0],
                            {2, "0002_colour",
                             "ALTER TABLE thing ADD COLUMN colour TEXT;"
                             "UPDATE thing SET colour = 'red';"}};
  for (int i = 0; i < 2; ++i) {
    auto opened = TryOpen(OptionsFor(Path()), more);
    ASSERT_TRUE(opened.ok()) << opened.status();
    database_ = *std::move(opened);
    EXPECT_EQ(Int("SELECT COUNT(*) FROM thing WHERE colour = 'red'"), 1);
    EXPECT_EQ(Int("SELECT COUNT(*) FROM schema_version WHERE part = 'service'"), 2);
    database_->Stop();
  }
  auto older = TryOpen(OptionsFor(Path()));
  EXPECT_EQ(CodeOf(older), absl::StatusCode::kFailedPrecondition) << older.status();
}

TEST_F(OpenTest, AChangedMigrationIsRefused) {
  Open();
  database_->Stop();
  const Migration changed[] = {
      {1, "0001_thing", "CREATE TABLE thing (name TEXT PRIMARY KEY, n INTEGER) STRICT;"}};
  auto opened = TryOpen(OptionsFor(Path()), changed);
  EXPECT_EQ(CodeOf(opened), absl::StatusCode::kFailedPrecondition) << opened.status();
  EXPECT_TRUE(TryOpen(OptionsFor(Path())).ok()) << "nothing was changed by trying";
}

TEST_F(OpenTest, AFailingMigrationLeavesNothingBehind) {
  const Migration broken[] = {kThingMigrations[0],
                              {2, "0002_broken", "CREATE TABLE half (n INTEGER); NO SQL;"}};
  EXPECT_FALSE(TryOpen(OptionsFor(Path()), broken).ok());
  Open();
  EXPECT_EQ(Int("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'half'"), 0);
  const Migration gap[] = {kThingMigrations[0], {3, "0003_gap", "SELECT 1;"}};
  database_->Stop();
  EXPECT_EQ(CodeOf(TryOpen(OptionsFor(Path()), gap)), absl::StatusCode::kInvalidArgument);
}

TEST_F(OpenTest, AnUncleanEndIsNoticed) {
  Open();
  EXPECT_FALSE(database_->unclean_start()) << "new";
  Reopen();
  EXPECT_FALSE(database_->unclean_start());
  Crash();
  Open();
  EXPECT_TRUE(database_->unclean_start());
  Reopen();
  EXPECT_FALSE(database_->unclean_start());
}

TEST_F(OpenTest, ADamagedStoreIsRefusedAfterAnUncleanEnd) {
  Open();
  MustWrite([](Tx& tx) {
    for (int i = 0; i < 2000; ++i) tx.Run("INSERT INTO thing VALUES (?, ?)", std::to_string(i), i);
  });
  Crash();
  const auto size = std::filesystem::file_size(Path());
  {
    std::fstream file(Path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(size - 3 * 4096));
    file << std::string(3 * 4096, '\x5a');
  }
  auto opened = TryOpen(OptionsFor(Path()));
  EXPECT_EQ(CodeOf(opened), absl::StatusCode::kDataLoss) << opened.status();
  EXPECT_NE(opened.status().message().find(Path()), absl::string_view::npos) << opened.status();
}

TEST_F(OpenTest, TheSettingsThatPromisesRestOn) {
  Open();
  EXPECT_EQ(Int("PRAGMA synchronous"), 2) << "FULL";
  EXPECT_EQ(Int("PRAGMA foreign_keys"), 1);
  EXPECT_EQ(Int("PRAGMA trusted_schema"), 0);
  EXPECT_EQ(Int("PRAGMA wal_autocheckpoint"), 0);
  EXPECT_EQ(Int("PRAGMA cell_size_check"), 1);
  EXPECT_EQ(Int("PRAGMA temp_store"), 2);
  EXPECT_EQ(Int("SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
}

TEST_F(OpenTest, EveryTableThatIsNotTheServicesIsTheEngines) {
  Open();
  std::vector<std::string> tables;
  MustRead([&](Session& session) {
    Query rows = session.Sql(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "AND name <> 'thing' ORDER BY name");
    while (rows.Next()) tables.emplace_back(rows.Text(0));
  });
  EXPECT_EQ(tables, std::vector<std::string>(EngineTables().begin(), EngineTables().end()));
}

TEST_F(OpenTest, AMemoryStoreRunsInlineOnly) {
  Database::Options options = OptionsFor(":memory:");
  options.run_inline = false;
  EXPECT_EQ(CodeOf(TryOpen(options)), absl::StatusCode::kInvalidArgument);
  Open(OptionsFor(":memory:"));
  MustWrite([](Tx& tx) { tx.Run("INSERT INTO thing VALUES ('a', 1)"); });
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 1);
  EXPECT_FALSE(database_->unclean_start());
}

TEST_F(OpenTest, TheBallastIsHeldBesideTheStore) {
  Database::Options options = OptionsFor(Path());
  options.ballast_bytes = 1 << 20;
  Open(options);
  EXPECT_EQ(std::filesystem::file_size(Path("store.db.ballast")), 1u << 20);
}

TEST_F(OpenTest, WritesBeforeStartAreDoneByTheCaller) {
  Database::Options options = OptionsFor(Path());
  options.run_inline = false;
  database_ = *TryOpen(options);
  MustWrite([](Tx& tx) { tx.Run("INSERT INTO thing VALUES ('a', 1)"); });
  database_->Start();
  MustWrite([](Tx& tx) { tx.Run("INSERT INTO thing VALUES ('b', 1)"); });
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 2);
}

TEST_F(OpenTest, CheckpointsKeepTheWalShortAndStopEmptiesIt) {
  Open();
  for (int i = 0; i < 180; ++i) {
    MustWrite([&](Tx& tx) {
      for (int j = 0; j < 50; ++j) {
        tx.Run("INSERT INTO thing VALUES (?, ?)",
               std::to_string(i * 50 + j) + std::string(4000, 'x'), j);
      }
    });
  }
  EXPECT_GT(std::filesystem::file_size(Path()), 24u << 20) << "moved into the store";
  EXPECT_LT(std::filesystem::file_size(Path("store.db-wal")), 24u << 20);
  database_->Stop();
  EXPECT_FALSE(std::filesystem::exists(Path("store.db-wal")));
}

}  // namespace
}  // namespace xiufu::storage
