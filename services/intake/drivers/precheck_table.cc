#include "services/intake/drivers/precheck_table.h"

namespace xiufu::intake {

void SqlPrecheckTable::CountOne(storage::Tx& tx, const Desk& desk, absl::string_view month) const {
  tx.Run(
      "INSERT INTO precheck_count (month, window, region, count) VALUES (?, ?, ?, 1)"
      " ON CONFLICT (month, window) DO UPDATE SET count = count + 1",
      month, desk.window, desk.region);
}

std::vector<WindowCount> SqlPrecheckTable::Count(storage::Session& session,
                                                 absl::string_view region,
                                                 absl::string_view from_month,
                                                 absl::string_view to_month) const {
  storage::Query query = session.Sql(
      "SELECT window, region, month, count FROM precheck_count"
      " WHERE (?1 = '' OR region = ?1) AND month >= ?2 AND (?3 = '' OR month <= ?3)"
      " ORDER BY month, window",
      region, from_month, to_month);
  std::vector<WindowCount> counts;
  while (query.Next()) {
    counts.push_back({std::string(query.Text(0)), std::string(query.Text(1)),
                      std::string(query.Text(2)), "", query.Int(3)});
  }
  return counts;
}

}  // namespace xiufu::intake
