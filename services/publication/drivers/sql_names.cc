#include "services/publication/drivers/sql_names.h"

#include <utility>
#include <vector>

#include "services/publication/domain/name_search.h"

namespace xiufu::publication {
namespace {

constexpr int kPendingStep = 5000;

size_t TakePending(storage::Tx& tx) {
  std::vector<std::pair<std::string, std::string>> names;
  {
    storage::Query query =
        tx.Sql("SELECT uscc, name FROM subject_pending ORDER BY rowid LIMIT ?", kPendingStep);
    while (query.Next()) names.emplace_back(query.Text(0), query.Text(1));
  }
  for (const auto& [uscc, name] : names) IndexName(tx, uscc, name);
  tx.Run(
      "DELETE FROM subject_pending WHERE rowid IN"
      " (SELECT rowid FROM subject_pending ORDER BY rowid LIMIT ?)",
      kPendingStep);
  return names.size();
}

}  // namespace

void IndexName(storage::Tx& tx, absl::string_view uscc, absl::string_view name) {
  const std::string folded = FoldName(name);
  const int64_t added = tx.Run(
      "INSERT OR IGNORE INTO subject (uscc, name, folded) VALUES (?, ?, ?)", uscc, name, folded);
  if (added == 0) return;
  tx.Run("INSERT INTO subject_grams (rowid, grams) VALUES (last_insert_rowid(), ?)",
         GramsOf(folded));
}

absl::Status IndexPendingNames(storage::Database& database) {
  size_t taken = 0;
  do {
    absl::Status status = database.WriteAndWait([&taken](storage::Tx& tx) {
      taken = TakePending(tx);
      return tx.status();
    });
    if (!status.ok()) return status;
  } while (taken > 0);
  return absl::OkStatus();
}

}  // namespace xiufu::publication
