#include "services/routing/drivers/succession_table.h"

namespace xiufu::routing {

void SuccessionTable::Insert(storage::Tx& tx, const Id& case_id,
                             const std::vector<Succession>& successions) const {
  int64_t step = 0;
  for (const Succession& one : successions) {
    tx.Run(
        "INSERT INTO succession (case_id, step, predecessor_name, predecessor_uscc,"
        "  authority_code, document, effective_from, source, confidence)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        case_id, ++step, one.predecessor_name, one.predecessor_uscc, one.authority_code,
        one.document, one.effective_from, one.source, one.confidence);
  }
}

}  // namespace xiufu::routing
