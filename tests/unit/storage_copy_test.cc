// A copy taken from a store that goes on, and reading one without a trace.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "absl/strings/str_cat.h"
#include "libs/storage/copy.h"
#include "tests/unit/storage_fixture.h"

namespace xiufu::storage {
namespace {

class StorageCopyTest : public StoreTest {
 protected:
  // Two rows that are only ever written together.
  static void AddPair(Tx& tx, int n) {
    tx.Run("INSERT INTO thing (name, n) VALUES (?, ?)", absl::StrCat("left ", n), n);
    tx.Run("INSERT INTO thing (name, n) VALUES (?, ?)", absl::StrCat("right ", n), n);
  }
  static int64_t CountIn(const std::string& path, const char* sql) {
    int64_t count = -1;
    const absl::Status status = ReadSealed(path, [&](const std::string& service, Session& session) {
      EXPECT_EQ(service, "test");
      Query query = session.Sql(sql);
      if (query.Next()) count = query.Int(0);
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return count;
  }
};

TEST_F(StorageCopyTest, WritesGoOnAndTheCopyIsOfOneMoment) {
  Database::Options options = OptionsFor(Path());
  options.run_inline = false;
  Open(options);
  MustWrite([](Tx& tx) {
    for (int n = 0; n < 5'000; ++n) AddPair(tx, n);
  });
  // Each question of the copier is a moment in its middle: a write then commits before it goes on.
  int written = 0;
  const absl::Status copied = CopyStore(Path(), Path("copy.db"), [&] {
    if (written < 20) MustWrite([&](Tx& tx) { AddPair(tx, 5'000 + written++); });
    return true;
  });
  ASSERT_TRUE(copied.ok()) << copied;
  EXPECT_GT(written, 2);
  EXPECT_EQ(Int("SELECT count(*) FROM thing"), 2 * (5'000 + written));
  const int64_t pairs =
      CountIn(Path("copy.db"), "SELECT count(*) FROM thing WHERE name LIKE 'left%'");
  EXPECT_GE(pairs, 5'000);
  EXPECT_LT(pairs, 5'000 + written) << "the copy waited for the writer";
  EXPECT_EQ(CountIn(Path("copy.db"), "SELECT count(*) FROM thing"), 2 * pairs);
}

TEST_F(StorageCopyTest, TheCopyIsAStoreNobodyElseMayRead) {
  Open();
  MustWrite([](Tx& tx) { AddPair(tx, 7); });
  ASSERT_TRUE(database_->Copy(Path("copy.db")).ok());
  struct stat file = {};
  ASSERT_EQ(stat(Path("copy.db").c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0600u);
  EXPECT_FALSE(std::filesystem::exists(Path("copy.db.part")));
  database_->Stop();
  Open(OptionsFor(Path("copy.db")));
  EXPECT_EQ(Int("SELECT n FROM thing WHERE name = 'right 7'"), 7);
}

TEST_F(StorageCopyTest, WhatExistsIsLeftAsItIs) {
  Open();
  folder_.Write("copy.db", "mine");
  EXPECT_TRUE(absl::IsAlreadyExists(database_->Copy(Path("copy.db"))));
  EXPECT_EQ(folder_.Read("copy.db"), "mine");
}

TEST_F(StorageCopyTest, GivenUpItLeavesNothing) {
  Open();
  MustWrite([](Tx& tx) {
    for (int n = 0; n < 20'000; ++n) AddPair(tx, n);
  });
  int asked = 0;
  const absl::Status status = CopyStore(Path(), Path("copy.db"), [&] { return ++asked < 3; });
  EXPECT_TRUE(absl::IsCancelled(status)) << status;
  EXPECT_FALSE(std::filesystem::exists(Path("copy.db")));
  EXPECT_FALSE(std::filesystem::exists(Path("copy.db.part")));
  database_->StopCopying();
  EXPECT_TRUE(absl::IsUnavailable(database_->Copy(Path("copy.db"))));
}

TEST_F(StorageCopyTest, OnlyWhatIsWholeInOneFileIsRead) {
  Open();
  MustWrite([](Tx& tx) { AddPair(tx, 1); });
  const auto nothing = [](const std::string&, Session&) { return absl::OkStatus(); };
  EXPECT_TRUE(absl::IsFailedPrecondition(ReadSealed(Path(), nothing)));
  database_->Stop();
  EXPECT_EQ(CountIn(Path(), "SELECT count(*) FROM thing"), 2);
  EXPECT_TRUE(absl::IsNotFound(ReadSealed(Path("none.db"), nothing)));
  folder_.Write("empty.db", "");
  EXPECT_TRUE(absl::IsFailedPrecondition(ReadSealed(Path("empty.db"), nothing)));
}

TEST_F(StorageCopyTest, ANameMayHoldWhatMeansSomethingInAUri) {
  const std::string path = Path("副本 50%?a=b#c&d.db");
  Open(OptionsFor(path));
  MustWrite([](Tx& tx) { AddPair(tx, 1); });
  database_->Stop();
  EXPECT_EQ(CountIn(path, "SELECT count(*) FROM thing"), 2);
}

}  // namespace
}  // namespace xiufu::storage
