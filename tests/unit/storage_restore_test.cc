// Restoring a backup: the copy's rows, a new epoch greater than every earlier one, nothing of the
// old file left.
#include "tests/unit/storage_fixture.h"

namespace xiufu::storage {
namespace {

class RestoreTest : public StoreTest {
 protected:
  RestoreTest() {
    Open();
    MustWrite([](Tx& tx) { tx.Run("INSERT INTO thing VALUES ('kept', 1)"); });
    AppendEvents("s", 1, 3);
    created_ = database_->epoch();
    BackUp();
  }
  void BackUp() {
    std::filesystem::remove(Path("backup.db"));
    MustRead([&](Session& session) { session.Sql("VACUUM INTO ?", Path("backup.db")).Next(); });
  }
  absl::Status Restore() { return RestoreStore(Path("backup.db"), Path(), clock_.Now()); }
  int64_t created_ = 0;
};

TEST_F(RestoreTest, TheBackupsRowsAndANewEpoch) {
  MustWrite([](Tx& tx) { tx.Run("INSERT INTO thing VALUES ('lost', 1)"); });
  AppendEvents("s", 4, 6);
  clock_.Advance(absl::Hours(1));
  Crash();  // leaves a WAL whose pages must not reach the restored file
  ASSERT_TRUE(Restore().ok());
  EXPECT_FALSE(std::filesystem::exists(Path("store.db-wal")));
  Open();
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 1);
  EXPECT_EQ(database_->epoch(), absl::ToUnixMillis(clock_.Now()));
  EXPECT_FALSE(database_->unclean_start());
  EXPECT_EQ(Events("s", created_).size(), 3u);
  std::vector<StreamHead> heads = Heads();
  ASSERT_EQ(heads.size(), 2u);
  EXPECT_EQ(heads[1].previous_epoch, created_);
  EXPECT_EQ(heads[1].previous_last, 3);
  EXPECT_EQ(Int("SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
  EXPECT_EQ(Int("SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
}

TEST_F(RestoreTest, EpochsRiseEvenWhenTheClockWentBack) {
  database_->Stop();
  clock_.JumpTo(clock_.Now() - absl::Hours(100));
  int64_t last = created_;
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(Restore().ok());
    Open();
    EXPECT_GT(database_->epoch(), last);
    last = database_->epoch();
    database_->Stop();
  }
}

TEST_F(RestoreTest, AStoreInUseIsNotTouched) {
  EXPECT_EQ(Restore().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 1);
}

TEST_F(RestoreTest, ALostOrDamagedStoreIsReplaced) {
  database_->Stop();
  folder_.Write("store.db", std::string(10'000, 'x'));
  ASSERT_TRUE(Restore().ok());
  Open();
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 1);
  database_->Stop();
  std::filesystem::remove(Path());
  ASSERT_TRUE(Restore().ok());
  Open();
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 1);
}

TEST_F(RestoreTest, WhatCannotBeABackupIsRefusedAndTheStoreStays) {
  database_->Stop();
  EXPECT_EQ(RestoreStore(Path(), Path(), clock_.Now()).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(RestoreStore(Path("none.db"), Path(), clock_.Now()).code(),
            absl::StatusCode::kNotFound);
  folder_.Write("backup.db", std::string(10'000, 'x'));
  EXPECT_FALSE(Restore().ok());
  Database::Options other = OptionsFor(Path("other.db"));
  other.service = "other";
  Open(other);
  database_->Stop();
  EXPECT_EQ(RestoreStore(Path("other.db"), Path(), clock_.Now()).code(),
            absl::StatusCode::kFailedPrecondition);
  Open();
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 1);
  EXPECT_EQ(database_->epoch(), created_);
  EXPECT_FALSE(std::filesystem::exists(Path("store.db.restoring")));
}

TEST_F(RestoreTest, ACopyWithItsWalBesideItIsRestoredWhole) {
  MustWrite([](Tx& tx) { tx.Run("INSERT INTO thing VALUES ('in the wal', 1)"); });
  // As after a power cut: file and WAL, copied with nobody at work.
  std::filesystem::copy_file(Path(), Path("cold.db"));
  std::filesystem::copy_file(Path("store.db-wal"), Path("cold.db-wal"));
  database_->Stop();
  ASSERT_TRUE(RestoreStore(Path("cold.db"), Path(), clock_.Now()).ok());
  Open();
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 2);
}

}  // namespace
}  // namespace xiufu::storage
