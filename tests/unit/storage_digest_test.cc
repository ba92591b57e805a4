// The digest of a store's domain rows: blind to the engine and to the order of writing, to nothing
// else.
#include "libs/testing/store_digest.h"
#include "tests/unit/storage_fixture.h"

namespace xiufu::storage {
namespace {

class DigestTest : public StoreTest {
 protected:
  std::string DigestOf(const std::string& name, const std::vector<const char*>& statements) {
    Open(OptionsFor(Path(name)));
    MustWrite([&](Tx& tx) {
      for (const char* sql : statements) tx.Run(sql);
    });
    auto digest = xiufu::testing::StoreDigest(*database_);
    EXPECT_TRUE(digest.ok()) << digest.status();
    return digest.ok() ? *digest : "";
  }
};

TEST_F(DigestTest, SameRowsSameDigest) {
  const char* a = "INSERT INTO thing VALUES ('a', 1)";
  const char* b = "INSERT INTO thing VALUES ('b', 2)";
  const std::string digest = DigestOf("1", {a, b});
  EXPECT_EQ(digest.size(), 64u);
  EXPECT_EQ(DigestOf("2", {b, a}), digest) << "the order of writing is no matter";
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(DigestOf("3", {a, b,
                           "INSERT INTO poison (queue, reason, sha256, raw, full_size, received) "
                           "VALUES ('q', 'r', x'00', x'00', 1, 1)"}),
            digest)
      << "nor are the engine's rows";
  EXPECT_NE(DigestOf("4", {a}), digest);
  EXPECT_NE(DigestOf("5", {a, "INSERT INTO thing VALUES ('b', 3)"}), digest);
  EXPECT_NE(DigestOf("6", {a, b, "CREATE TABLE other (n INTEGER)"}), digest);
}

TEST_F(DigestTest, TypesCountAndCompositeKeysOrder) {
  const char* table =
      "CREATE TABLE pair (x ANY, y INTEGER, PRIMARY KEY (y, x)) STRICT, WITHOUT ROWID";
  const char* one = "INSERT INTO pair VALUES ('1', 2), ('1', 1)";
  const std::string digest = DigestOf("1", {table, one});
  EXPECT_EQ(DigestOf("2", {table, "INSERT INTO pair VALUES ('1', 1), ('1', 2)"}), digest);
  EXPECT_NE(DigestOf("3", {table, "INSERT INTO pair VALUES (1, 1), (1, 2)"}), digest);
}

}  // namespace
}  // namespace xiufu::storage
