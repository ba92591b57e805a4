#include "services/routing/drivers/report_table.h"

#include <utility>

namespace xiufu::routing {

void ReportTable::Add(storage::Tx& tx, const Id& record, absl::string_view kind,
                      const KeptReport& report) const {
  const std::string event = messaging::EncodeEnvelope(report.event);
  tx.Run(
      "INSERT INTO reported_result (record, kind, event, first_now) VALUES (?, ?, ?, ?)"
      " ON CONFLICT DO NOTHING",
      record, kind, storage::Blob{event}, report.first_now);
}

std::vector<KeptReport> ReportTable::Of(storage::Tx& tx, const Id& record) const {
  storage::Query row = tx.Sql(
      "SELECT event, first_now FROM reported_result WHERE record = ? ORDER BY first_now, kind",
      record);
  std::vector<KeptReport> reports;
  while (row.Next()) {
    absl::StatusOr<messaging::Envelope> event = messaging::DecodeEnvelope(row.Blob(0));
    if (event.ok()) reports.push_back({*std::move(event), row.TimeAt(1)});
  }
  return reports;
}

}  // namespace xiufu::routing
