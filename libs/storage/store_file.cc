#include "libs/storage/store_file.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/storage/migrate.h"
#include "libs/storage/migrations.h"
#include "libs/storage/plain_session.h"

namespace xiufu::storage {
namespace {

// In one transaction, so that a store with a name always has an epoch.
absl::Status NoteOpen(Connection& connection, const std::string& service, absl::Time now) {
  absl::Status status = connection.Run("BEGIN IMMEDIATE");
  if (!status.ok()) return status;
  PlainSession session(&connection);
  session
      .Sql("INSERT INTO meta (name, value) VALUES ('service', ?) ON CONFLICT DO NOTHING", service)
      .Next();
  session
      .Sql(
          "INSERT INTO epoch (epoch, reason) SELECT ?, 'created' WHERE NOT EXISTS (SELECT 1 FROM "
          "epoch)",
          std::max<int64_t>(1, absl::ToUnixMillis(now)))
      .Next();
  session
      .Sql("INSERT INTO meta (name, value) VALUES ('clean', 0) ON CONFLICT DO UPDATE SET value = 0")
      .Next();
  if (session.status().ok()) return connection.Run("COMMIT");
  connection.Exec("ROLLBACK");
  return session.status();
}

}  // namespace

absl::StatusOr<std::optional<StoreFacts>> ReadFacts(Connection& connection) {
  PlainSession session(&connection);
  Query tables = session.Sql(
      "SELECT COUNT(*), SUM(name IN ('schema_version', 'meta', 'epoch')) FROM sqlite_schema WHERE "
      "type = 'table'");
  if (!tables.Next()) return session.status();
  if (tables.Int(0) == 0) return std::optional<StoreFacts>();
  // Died while it was made: it has nothing but the beginning of a schema.
  if (tables.Int(0) == 1 && tables.Int(1) == 1) return std::optional<StoreFacts>();
  if (tables.Int(1) != 3)
    return absl::FailedPreconditionError("the file is no store of this suite");
  StoreFacts facts;
  Query service = session.Sql("SELECT value FROM meta WHERE name = 'service'");
  if (!service.Next()) {
    if (!session.status().ok()) return session.status();
    return std::optional<StoreFacts>();
  }
  facts.service = std::string(service.Text(0));
  Query epoch = session.Sql("SELECT MAX(epoch) FROM epoch");
  if (epoch.Next()) facts.epoch = epoch.Int(0);
  Query clean = session.Sql("SELECT value FROM meta WHERE name = 'clean'");
  facts.clean = clean.Next() && clean.Int(0) == 1;
  if (!session.status().ok()) return session.status();
  return std::optional<StoreFacts>(std::move(facts));
}

absl::Status QuickCheck(Connection& connection) {
  PlainSession session(&connection);
  Query found = session.Sql("PRAGMA quick_check(1)");
  if (!found.Next()) return session.status();
  if (found.Text(0) == "ok") return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("the store is damaged: ", found.Text(0)));
}

absl::StatusOr<bool> PrepareStore(Connection& connection, const std::string& service,
                                  absl::Span<const Migration> migrations, absl::Time now) {
  absl::StatusOr<std::optional<StoreFacts>> facts = ReadFacts(connection);
  if (!facts.ok()) return facts.status();
  if (facts->has_value() && (*facts)->service != service) {
    return absl::FailedPreconditionError(
        absl::StrCat("the store belongs to ", (*facts)->service, ", not to ", service));
  }
  const bool unclean = facts->has_value() && !(*facts)->clean;
  absl::Status status = unclean ? QuickCheck(connection) : absl::OkStatus();
  if (status.ok()) status = Migrate(connection, "engine", EngineMigrations(), now);
  if (status.ok()) status = Migrate(connection, "service", migrations, now);
  if (status.ok()) status = NoteOpen(connection, service, now);
  if (!status.ok()) return status;
  return unclean;
}

absl::Status MarkClean(Connection& connection) {
  return connection.Run("UPDATE meta SET value = 1 WHERE name = 'clean'");
}

}  // namespace xiufu::storage
