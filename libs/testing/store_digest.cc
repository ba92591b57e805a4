#include "libs/testing/store_digest.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/id.h"
#include "libs/storage/engine_tables.h"

namespace xiufu::testing {
namespace {

std::string Quoted(absl::string_view name) {
  return absl::StrCat("\"", absl::StrReplaceAll(name, {{"\"", "\"\""}}), "\"");
}

// Sessions cache statements by the address of their SQL, so text that is put together must stay
// where it is.
const char* Interned(std::string sql) {
  static absl::Mutex mutex(absl::kConstInit);
  static auto* const texts = new std::set<std::string>();
  absl::MutexLock lock(&mutex);
  return texts->insert(std::move(sql)).first->c_str();
}

std::vector<std::string> DomainTables(storage::Session& session) {
  const auto engine = storage::EngineTables();
  std::vector<std::string> tables;
  storage::Query rows = session.Sql(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE "
      "'\\' "
      "ORDER BY name");
  while (rows.Next()) {
    const absl::string_view name = rows.Text(0);
    if (std::find(engine.begin(), engine.end(), name) == engine.end()) tables.emplace_back(name);
  }
  return tables;
}

// One text a row: every value as an SQL literal, so that types and NULLs count too.
std::string RowsSql(storage::Session& session, const std::string& table) {
  std::vector<std::string> values;
  std::vector<std::pair<int64_t, std::string>> key;
  storage::Query columns =
      session.Sql("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", table);
  while (columns.Next()) {
    const std::string name = Quoted(columns.Text(0));
    values.push_back(absl::StrCat("quote(", name, ")"));
    if (columns.Int(1) > 0) key.emplace_back(columns.Int(1), name);
  }
  std::sort(key.begin(), key.end());
  // Without a key the rows themselves give the order.
  const std::string order =
      key.empty() ? std::string("1")
                  : absl::StrJoin(key, ", ", [](std::string* out, const auto& column) {
                      absl::StrAppend(out, column.second);
                    });
  return absl::StrCat("SELECT ", absl::StrJoin(values, " || ',' || "), " FROM ", Quoted(table),
                      " ORDER BY ", order);
}

}  // namespace

absl::StatusOr<std::string> StoreDigest(storage::Session& session) {
  std::string digest;  // of all before: each row is folded in, so that no store is held in memory
  for (const std::string& table : DomainTables(session)) {
    digest = Sha256(absl::StrCat(digest, "table ", table));
    storage::Query rows = session.Sql(Interned(RowsSql(session, table)));
    while (rows.Next()) digest = Sha256(absl::StrCat(digest, rows.Text(0)));
  }
  if (!session.status().ok()) return session.status();
  return HexEncode(digest);
}

absl::StatusOr<std::string> StoreDigest(storage::Database& database) {
  absl::StatusOr<std::string> digest;
  absl::Status read = database.Read([&](storage::Session& session) {
    digest = StoreDigest(session);
    return digest.status();
  });
  if (!read.ok()) return read;
  return digest;
}

}  // namespace xiufu::testing
