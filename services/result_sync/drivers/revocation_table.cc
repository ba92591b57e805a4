#include "services/result_sync/drivers/revocation_table.h"

namespace xiufu::result {

std::optional<EnteredRevocation> RevocationTable::Find(storage::Tx& tx, const Id& case_id) const {
  storage::Query row = tx.Sql("SELECT id, content FROM revocation WHERE case_id = ?", case_id);
  if (!row.Next()) return std::nullopt;
  return EnteredRevocation{row.IdAt(0), std::string(row.Blob(1))};
}

void RevocationTable::Insert(storage::Tx& tx, const Revocation& revocation) const {
  const TakenRevocation& taken = revocation.taken;
  const Breach breach = taken.breach.value_or(Breach());
  tx.Run(
      "INSERT INTO revocation (case_id, id, decision, application, record, subject_uscc,"
      "  authority_code, authority_name, authority_uscc, answer_id, content, kind, document_no,"
      "  found_on, found_by, entered_at, reported_by, breach_rule, ban_from, ban_until)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      taken.case_id, revocation.id, taken.decision, taken.application, taken.record,
      revocation.subject_uscc, taken.authority.code, taken.authority.name, taken.authority.uscc,
      taken.answer_id, storage::Blob{taken.content}, taken.kind, taken.document_no, taken.found_on,
      taken.found_by, taken.taken_at, taken.reported_by, breach.rule_id, breach.ban_from,
      breach.ban_until);
}

bool RevocationTable::Confirm(storage::Tx& tx, const Restored& restored) const {
  return tx.Run(
             "INSERT OR IGNORE INTO restoration (case_id, state, publicity_end, restored_at)"
             " VALUES (?, ?, ?, ?)",
             restored.case_id, restored.state, restored.publicity_end, restored.restored_at) > 0;
}

}  // namespace xiufu::result
