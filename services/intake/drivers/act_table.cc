#include "services/intake/drivers/act_table.h"

namespace xiufu::intake {

void SqlActTable::Insert(storage::Tx& tx, const Id& application, Act act, Capacity capacity,
                         absl::Time at) const {
  tx.Run(
      "INSERT INTO act (application, ordinal, act, capacity, at) SELECT ?1,"
      " coalesce(max(ordinal), 0) + 1, ?2, ?3, ?4 FROM act WHERE application = ?1",
      application, static_cast<int>(act), static_cast<int>(capacity), at);
}

}  // namespace xiufu::intake
