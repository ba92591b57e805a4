#include "services/publication/drivers/sql_revocations.h"

#include "libs/base/legal_day.h"

namespace xiufu::publication {

bool SqlRevocations::Has(storage::Session& session, const Id& decision) const {
  return session.Sql("SELECT 1 FROM revocation WHERE decision = ?", decision).Next();
}

void SqlRevocations::Insert(storage::Tx& tx, const RevokedDecision& decision) const {
  const std::string found_on = FormatDay(decision.found_on);
  tx.Run(
      "INSERT INTO revocation (decision, id, case_id, record, kind, document_no, found_on, breach,"
      " entered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      decision.decision, decision.revocation, decision.case_id, decision.record, decision.kind,
      decision.document_no, found_on, decision.breach, decision.entered_at);
}

}  // namespace xiufu::publication
