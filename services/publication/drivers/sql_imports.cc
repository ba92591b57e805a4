#include "services/publication/drivers/sql_imports.h"

#include "libs/base/text.h"

namespace xiufu::publication {
namespace {

// As both queries below select it.
Import ImportAt(const storage::Query& query) {
  Import import;
  import.id = query.IdAt(0);
  import.attempt = query.Int(1);
  import.file_sha256 = std::string(query.Blob(2));
  import.layout = std::string(query.Text(3));
  import.encoding = std::string(query.Text(4));
  import.counts = {query.Int(5), query.Int(6),  query.Int(7), query.Int(8),
                   query.Int(9), query.Int(10), query.Int(11)};
  import.notes_deleted = !query.IsNull(12);
  return import;
}

RowNote NoteAt(const storage::Query& query) {
  return {query.Int(0), std::string(query.Text(1)), std::string(query.Text(2))};
}

}  // namespace

Import SqlImports::Begin(storage::Tx& tx, const Id& id, const ImportFile& file,
                         absl::Time now) const {
  const int64_t resumed = tx.Run(
      "UPDATE import SET attempt = attempt + 1, request_id = ?3"
      " WHERE file_sha256 = ?1 AND asked_layout = ?2 AND finished_at IS NULL"
      " AND notes_deleted_at IS NULL AND file_sha256 <> x''",
      storage::Blob{file.sha256}, file.asked_layout, file.request_id);
  if (resumed == 0) {
    tx.Run(
        "INSERT INTO import (id, request_id, file_name, file_sha256, asked_layout, attempt,"
        " started_at) VALUES (?, ?, ?, ?, ?, 1, ?)",
        id, file.request_id, file.name, storage::Blob{file.sha256}, file.asked_layout, now);
    return Find(tx, id).value_or(Import());
  }
  return FindByRequest(tx, file.request_id).value_or(Import());
}

std::optional<Import> SqlImports::Find(storage::Session& session, const Id& id) const {
  storage::Query query = session.Sql(
      "SELECT id, attempt, file_sha256, layout, encoding, position, imported, unchanged, updated,"
      " out_of_scope, rejected, notes, notes_deleted_at FROM import WHERE id = ?",
      id);
  if (!query.Next()) return std::nullopt;
  return ImportAt(query);
}

std::optional<Import> SqlImports::FindByRequest(storage::Session& session,
                                                const Id& request_id) const {
  storage::Query query = session.Sql(
      "SELECT id, attempt, file_sha256, layout, encoding, position, imported, unchanged, updated,"
      " out_of_scope, rejected, notes, notes_deleted_at FROM import WHERE request_id = ?"
      " ORDER BY id DESC",
      request_id);
  if (!query.Next()) return std::nullopt;
  return ImportAt(query);
}

void SqlImports::Save(storage::Tx& tx, const Import& import) const {
  const ImportCounts& counts = import.counts;
  tx.Run(
      "UPDATE import SET layout = ?2, encoding = ?3, position = ?4, imported = ?5, unchanged = ?6,"
      " updated = ?7, out_of_scope = ?8, rejected = ?9, notes = ?10 WHERE id = ?1",
      import.id, import.layout, import.encoding, counts.position, counts.imported, counts.unchanged,
      counts.updated, counts.out_of_scope, counts.rejected, counts.notes);
}

void SqlImports::Finish(storage::Tx& tx, const Id& id, absl::Time now) const {
  tx.Run("UPDATE import SET finished_at = ? WHERE id = ?", now, id);
}

void SqlImports::AddNote(storage::Tx& tx, const Id& import, int64_t ordinal,
                         const ImportNote& note) const {
  // A feed may hold anything; a report must be readable.
  const std::string field = CleanUtf8(note.note.field), reason = CleanUtf8(note.note.reason);
  tx.Run(
      "INSERT INTO import_note (import, ordinal, warning, line, field, reason)"
      " VALUES (?, ?, ?, ?, ?, ?)",
      import, ordinal, note.warning, note.note.line, field, reason);
}

std::vector<ImportNote> SqlImports::Notes(storage::Session& session, const Id& import,
                                          int64_t after, int limit) const {
  std::vector<ImportNote> notes;
  storage::Query query = session.Sql(
      "SELECT line, field, reason, warning FROM import_note WHERE import = ? AND ordinal > ?"
      " ORDER BY ordinal LIMIT ?",
      import, after, limit);
  while (query.Next()) notes.push_back({query.Int(3) != 0, NoteAt(query)});
  return notes;
}

std::vector<RowNote> SqlImports::FirstNotes(storage::Session& session, const Id& import,
                                            bool warnings, int limit) const {
  std::vector<RowNote> notes;
  storage::Query query = session.Sql(
      "SELECT line, field, reason FROM import_note WHERE import = ? AND warning = ?"
      " ORDER BY ordinal LIMIT ?",
      import, warnings, limit);
  while (query.Next()) notes.push_back(NoteAt(query));
  return notes;
}

std::optional<Id> SqlImports::OldestWithNotes(storage::Session& session, absl::Time before) const {
  storage::Query query = session.Sql(
      "SELECT id FROM import WHERE coalesce(finished_at, started_at) < ?"
      " AND ((notes_deleted_at IS NULL AND finished_at IS NULL)"
      "  OR EXISTS (SELECT 1 FROM import_note AS note WHERE note.import = import.id))"
      " ORDER BY id LIMIT 1",
      before);
  return query.Next() ? std::optional(query.IdAt(0)) : std::nullopt;
}

void SqlImports::CloseNotes(storage::Tx& tx, const Id& import, absl::Time now) const {
  tx.Run("UPDATE import SET notes_deleted_at = ? WHERE id = ? AND notes_deleted_at IS NULL", now,
         import);
}

void SqlImports::DeleteNotes(storage::Tx& tx, const Id& import, int limit) const {
  tx.Run(
      "DELETE FROM import_note WHERE import = ?1 AND ordinal <"
      " (SELECT min(ordinal) FROM import_note WHERE import = ?1) + ?2",
      import, limit);
}

int64_t SqlImports::LineOf(storage::Session& session, const Id& record, const Id& import) const {
  storage::Query query =
      session.Sql("SELECT line FROM record_source WHERE record = ? AND import = ?", record, import);
  return query.Next() ? query.Int(0) : 0;
}

void SqlImports::SetSource(storage::Tx& tx, const Id& record, const Id& import,
                           int64_t line) const {
  tx.Run("INSERT OR REPLACE INTO record_source (record, import, line) VALUES (?, ?, ?)", record,
         import, line);
}

}  // namespace xiufu::publication
