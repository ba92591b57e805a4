#include "services/intake/drivers/supplement_table.h"

namespace xiufu::intake {

std::vector<SupplementNote> SqlSupplementTable::NotesOf(storage::Session& session,
                                                        const Id& application) const {
  storage::Query query = session.Sql(
      "SELECT case_id, round, note FROM supplement WHERE application = ? ORDER BY case_id, round",
      application);
  std::vector<SupplementNote> notes;
  while (query.Next()) {
    notes.push_back(
        {query.IdAt(0), static_cast<int32_t>(query.Int(1)), std::string(query.Text(2))});
  }
  return notes;
}

void SqlSupplementTable::Insert(storage::Tx& tx, const Id& application, const SupplementNote& note,
                                absl::Time supplemented) const {
  tx.Run(
      "INSERT INTO supplement (application, case_id, round, note, supplemented)"
      " VALUES (?, ?, ?, ?, ?)",
      application, note.case_id, note.round, note.note, supplemented);
}

}  // namespace xiufu::intake
