#include "services/intake/drivers/number_table.h"

#include <string>

#include "libs/base/legal_day.h"

namespace xiufu::intake {

int64_t SqlNumberTable::Next(storage::Tx& tx, absl::string_view region, absl::CivilDay day) const {
  const std::string day_text = FormatDay(day);
  tx.Run(
      "INSERT INTO number_sequence (region, day, last) VALUES (?, ?, 1)"
      " ON CONFLICT (region, day) DO UPDATE SET last = last + 1",
      region, day_text);
  storage::Query query =
      tx.Sql("SELECT last FROM number_sequence WHERE region = ? AND day = ?", region, day_text);
  return query.Next() ? query.Int(0) : 0;
}

}  // namespace xiufu::intake
