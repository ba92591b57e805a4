#include "services/routing/drivers/early_input_table.h"

#include <utility>

namespace xiufu::routing {

std::vector<EarlyInput> EarlyInputTable::Of(storage::Tx& tx, const Id& case_id) const {
  storage::Query row = tx.Sql(
      "SELECT id, key, content, event, first_now FROM early_input"
      " WHERE case_id = ? ORDER BY id",
      case_id);
  std::vector<EarlyInput> inputs;
  while (row.Next()) {
    // The bytes were encoded here; were they damaged, the input would fail to decode and be parked.
    absl::StatusOr<messaging::Envelope> event = messaging::DecodeEnvelope(row.Blob(3));
    inputs.push_back({.id = row.Int(0),
                      .key = std::string(row.Text(1)),
                      .content = std::string(row.Blob(2)),
                      .event = event.ok() ? *std::move(event) : messaging::Envelope(),
                      .first_now = row.TimeAt(4)});
  }
  return inputs;
}

void EarlyInputTable::Add(storage::Tx& tx, const Id& case_id, const EarlyInput& input) const {
  const std::string event = messaging::EncodeEnvelope(input.event);
  tx.Run(
      "INSERT INTO early_input (case_id, key, content, event, first_now)"
      " VALUES (?, ?, ?, ?, ?)",
      case_id, input.key, storage::Blob{input.content}, storage::Blob{event}, input.first_now);
}

void EarlyInputTable::Remove(storage::Tx& tx, int64_t id) const {
  tx.Run("DELETE FROM early_input WHERE id = ?", id);
}

}  // namespace xiufu::routing
