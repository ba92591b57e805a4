// Sessions: values in and out, sticky errors, statements lent and given back.
#include "tests/unit/storage_fixture.h"

namespace xiufu::storage {
namespace {

class SessionTest : public StoreTest {
 protected:
  SessionTest() { Open(); }
};

TEST_F(SessionTest, ValuesComeBackAsTheyWent) {
  const Id id = TestId("id", 1);
  const absl::Time time = absl::FromUnixMillis(1'780'000'000'123);
  MustWrite([&](Tx& tx) {
    tx.Run("CREATE TABLE value (i INTEGER, t TEXT, b BLOB, id BLOB, at INTEGER, o INTEGER) STRICT");
    tx.Run("INSERT INTO value VALUES (?, ?, ?, ?, ?, ?)", -7, std::string("修复\0x", 8),
           Blob{absl::string_view("\0\1", 2)}, id, time, std::optional<int>(3));
    tx.Run("INSERT INTO value VALUES (?, ?, ?, ?, ?, ?)", nullptr, "", Blob{}, Id(),
           absl::InfinitePast(), std::optional<int>());
  });
  MustRead([&](Session& session) {
    Query query = session.Sql("SELECT * FROM value ORDER BY rowid");
    ASSERT_TRUE(query.Next());
    EXPECT_EQ(query.Int(0), -7);
    EXPECT_EQ(query.Text(1), absl::string_view("修复\0x", 8));
    EXPECT_EQ(query.Blob(2), absl::string_view("\0\1", 2));
    EXPECT_EQ(query.IdAt(3), id);
    EXPECT_EQ(query.TimeAt(4), time);
    EXPECT_EQ(query.Int(5), 3);
    ASSERT_TRUE(query.Next());
    EXPECT_TRUE(query.IsNull(0));
    EXPECT_FALSE(query.IsNull(1)) << "an empty text is no NULL";
    EXPECT_FALSE(query.IsNull(2)) << "an empty blob is no NULL";
    EXPECT_TRUE(query.IdAt(3).IsNone());
    EXPECT_EQ(query.TimeAt(4), absl::InfinitePast());
    EXPECT_FALSE(query.Next());
    EXPECT_EQ(query.Int(0), 0) << "no row reads as NULL";
    EXPECT_FALSE(query.Next()) << "the end stays the end";
  });
}

TEST_F(SessionTest, TheSameLiteralMayBeNested) {
  MustRead([&](Session& session) {
    int pairs = 0;
    auto three = [&] { return session.Sql("VALUES (1), (2), (3)"); };
    for (Query outer = three(); outer.Next();) {
      for (Query inner = three(); inner.Next();) pairs += outer.Int(0) < inner.Int(0) ? 1 : 0;
    }
    EXPECT_EQ(pairs, 3);
  });
}

TEST_F(SessionTest, BoundBytesOutliveTheirOwner) {
  MustRead([&](Session& session) {
    Query query = session.Sql("SELECT ?1 UNION ALL SELECT ?1", std::string(100, 'a'));
    const std::string other(100, 'b');
    ASSERT_TRUE(query.Next());
    ASSERT_TRUE(query.Next());
    EXPECT_EQ(query.Text(0), std::string(100, 'a'));
  });
}

TEST_F(SessionTest, ErrorsAreStickyAndReadSessionsCannotWrite) {
  Database::Options options = OptionsFor(Path("threaded.db"));
  options.run_inline = false;
  Open(options);
  absl::Status status = database_->Read([](Session& session) {
    EXPECT_FALSE(session.Sql("INSERT INTO thing VALUES ('a', 1)").Next());
    EXPECT_FALSE(session.status().ok());
    EXPECT_FALSE(session.Sql("SELECT 1").Next()) << "sticky";
    return absl::OkStatus();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << status;
  EXPECT_TRUE(database_
                  ->Read([](Session& session) {
                    EXPECT_TRUE(session.Sql("SELECT 1").Next());
                    return absl::OkStatus();
                  })
                  .ok());
}

TEST_F(SessionTest, WrongStatementsAreErrorsNotUndefined) {
  auto failing = [&](absl::FunctionRef<void(Tx&)> fn) {
    return Write([&](Tx& tx) {
      fn(tx);
      return absl::OkStatus();
    });
  };
  EXPECT_FALSE(failing([](Tx& tx) { tx.Run("SELECT ?", 1, 2); }).ok()) << "too many values";
  EXPECT_FALSE(failing([](Tx& tx) { tx.Run("SELECT ?"); }).ok()) << "too few values";
  EXPECT_FALSE(failing([](Tx& tx) { tx.Run("SELECT 1; SELECT 2"); }).ok()) << "two statements";
  EXPECT_FALSE(failing([](Tx& tx) { tx.Run(""); }).ok()) << "none";
  EXPECT_FALSE(failing([](Tx& tx) { tx.Run("INSERT INTO thing VALUES ('a', 'no number')"); }).ok())
      << "STRICT";
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 0);
}

TEST_F(SessionTest, RunTellsHowManyRowsItChanged) {
  MustWrite([](Tx& tx) {
    EXPECT_EQ(tx.Run("INSERT INTO thing VALUES ('a', 1), ('b', 1)"), 2);
    EXPECT_EQ(tx.Run("UPDATE thing SET n = 2 WHERE name = 'a'"), 1);
    EXPECT_EQ(tx.Run("UPDATE thing SET n = 2 WHERE name = 'c'"), 0);
    EXPECT_EQ(tx.Run("CREATE TABLE other (n INTEGER)"), 0);
    EXPECT_EQ(tx.Run("DELETE FROM thing"), 2);
  });
}

}  // namespace
}  // namespace xiufu::storage
