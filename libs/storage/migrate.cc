#include "libs/storage/migrate.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/storage/plain_session.h"
#include "libs/storage/sqlite_status.h"

namespace xiufu::storage {
namespace {

constexpr char kCreate[] =
    "CREATE TABLE IF NOT EXISTS schema_version ("
    "part TEXT NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL, sha256 BLOB NOT NULL, "
    "applied INTEGER NOT NULL, PRIMARY KEY (part, version)) STRICT, WITHOUT ROWID";

absl::Status CheckApplied(Connection& connection, absl::string_view part,
                          absl::Span<const Migration> migrations, size_t* applied) {
  PlainSession session(&connection);
  Query rows = session.Sql(
      "SELECT version, name, sha256 FROM schema_version WHERE part = ? ORDER BY version", part);
  *applied = 0;
  while (rows.Next()) {
    if (*applied == migrations.size()) {
      return absl::FailedPreconditionError(
          absl::StrCat("the store is newer than this program: ", part, " schema ", rows.Int(0),
                       ", ", rows.Text(1)));
    }
    const Migration& known = migrations[(*applied)++];
    if (rows.Int(0) == known.version && rows.Blob(2) == Sha256(known.sql)) continue;
    return absl::FailedPreconditionError(absl::StrCat(part, " migration ", known.name,
                                                      " is not what was applied to the store as ",
                                                      rows.Text(1)));
  }
  return session.status();
}

absl::Status ApplySteps(Connection& connection, absl::string_view part, const Migration& migration,
                        absl::Time now) {
  absl::Status status = connection.Run("BEGIN IMMEDIATE");
  if (status.ok()) status = connection.Run(std::string(migration.sql).c_str());
  if (!status.ok()) return status;
  PlainSession session(&connection);
  Query noted = session.Sql(
      "INSERT INTO schema_version (part, version, name, sha256, applied) VALUES (?, ?, ?, ?, ?)",
      part, migration.version, migration.name, Blob{Sha256(migration.sql)}, now);
  noted.Next();
  return session.status().ok() ? connection.Run("COMMIT") : session.status();
}

absl::Status Apply(Connection& connection, absl::string_view part, const Migration& migration,
                   absl::Time now) {
  absl::Status status = ApplySteps(connection, part, migration, now);
  if (status.ok()) return status;
  if (connection.InTransaction()) connection.Exec("ROLLBACK");
  return absl::Status(status.code(),
                      absl::StrCat(part, " migration ", migration.name, ": ", status.message()));
}

}  // namespace

absl::Status Migrate(Connection& connection, absl::string_view part,
                     absl::Span<const Migration> migrations, absl::Time now) {
  for (size_t i = 0; i < migrations.size(); ++i) {
    if (migrations[i].version == static_cast<int>(i) + 1) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(part, " migrations are not numbered 1, 2, 3 ..."));
  }
  absl::Status status = connection.Run(kCreate);
  if (!status.ok()) return status;
  size_t applied = 0;
  status = CheckApplied(connection, part, migrations, &applied);
  for (size_t i = applied; status.ok() && i < migrations.size(); ++i) {
    status = Apply(connection, part, migrations[i], now);
  }
  return status;
}

}  // namespace xiufu::storage
