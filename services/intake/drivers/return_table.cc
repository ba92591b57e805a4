#include "services/intake/drivers/return_table.h"

#include "libs/storage/jobs.h"
#include "services/intake/drivers/front_door_codec.h"

namespace xiufu::intake {

void SqlReturnTable::Append(storage::Tx& tx, const StoredPush& push,
                            const UpstreamReturn& content) const {
  if (Find(tx, content.id).has_value()) return;
  int64_t sequence = 1;
  {
    storage::Query last = tx.Sql(
        "SELECT sequence FROM upstream_return WHERE pushed = ? ORDER BY sequence DESC LIMIT 1",
        push.id);
    if (last.Next()) sequence = last.Int(0) + 1;
  }
  tx.Run(
      "INSERT INTO upstream_return (id, pushed, sequence, front_door, content, returned)"
      " VALUES (?, ?, ?, ?, ?, NULL)",
      content.id, push.id, sequence, static_cast<int>(push.push.origin.front_door),
      storage::Blob{EncodeReturn(push, content, sequence)});
}

std::optional<Id> SqlReturnTable::NextOf(storage::Tx& tx, const Id& push) const {
  storage::Query open = tx.Sql(
      "SELECT id FROM upstream_return WHERE pushed = ? AND returned IS NULL ORDER BY sequence",
      push);
  while (open.Next()) {
    const Id id = open.IdAt(0);
    const std::optional<storage::Job> job = tx.jobs().Find(tx, id);
    if (!job.has_value() || job->state != storage::JobState::kDiscarded) return id;
  }
  return std::nullopt;
}

std::optional<ReturnTable::Row> SqlReturnTable::Find(storage::Session& session,
                                                     const Id& id) const {
  storage::Query query =
      session.Sql("SELECT pushed, front_door, content FROM upstream_return WHERE id = ?", id);
  if (!query.Next()) return std::nullopt;
  return Row{query.IdAt(0), static_cast<FrontDoor>(query.Int(1)), std::string(query.Blob(2))};
}

void SqlReturnTable::MarkReturned(storage::Tx& tx, const Id& id, absl::Time at) const {
  tx.Run("UPDATE upstream_return SET returned = ? WHERE id = ?", at, id);
}

}  // namespace xiufu::intake
