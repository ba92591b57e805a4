#pragma once

#include "services/publication/app/ports.h"

namespace xiufu::publication {

// Tables "import", "import_note" and "record_source".
class SqlImports final : public Imports {
 public:
  Import Begin(storage::Tx& tx, const Id& id, const ImportFile& file,
               absl::Time now) const override;
  std::optional<Import> Find(storage::Session& session, const Id& id) const override;
  std::optional<Import> FindByRequest(storage::Session& session,
                                      const Id& request_id) const override;
  void Save(storage::Tx& tx, const Import& import) const override;
  void Finish(storage::Tx& tx, const Id& id, absl::Time now) const override;
  void AddNote(storage::Tx& tx, const Id& import, int64_t ordinal,
               const ImportNote& note) const override;
  std::vector<ImportNote> Notes(storage::Session& session, const Id& import, int64_t after,
                                int limit) const override;
  std::optional<Id> OldestWithNotes(storage::Session& session, absl::Time before) const override;
  void CloseNotes(storage::Tx& tx, const Id& import, absl::Time now) const override;
  void DeleteNotes(storage::Tx& tx, const Id& import, int limit) const override;
  std::vector<RowNote> FirstNotes(storage::Session& session, const Id& import, bool warnings,
                                  int limit) const override;
  int64_t LineOf(storage::Session& session, const Id& record, const Id& import) const override;
  void SetSource(storage::Tx& tx, const Id& record, const Id& import, int64_t line) const override;
};

}  // namespace xiufu::publication
