#include "tests/simulation/report.h"

#include "libs/base/legal_day.h"
#include "services/publication/app/take_report.h"
#include "services/publication/drivers/event_codec.h"
#include "services/publication/drivers/sql_records.h"
#include "services/publication/drivers/sql_reports.h"

namespace xiufu::simulation {

absl::Status ReportByAuthority(SimWorld& world, const Id& record, feed::Reported::Kind kind) {
  const publication::SqlRecords records;
  const publication::SqlReports reports;
  const publication::OutboxReportAnnouncer announcer;
  const publication::TakeReport take(&records, &reports, &announcer, &world.law());
  const absl::Time now = world.clock().Now();
  feed::Reported reported;
  reported.kind = kind;
  reported.day = LegalDay(now);
  reported.reason = "自行纠正";
  return world.database("publication").WriteAndWait([&](storage::Tx& tx) {
    return take(record, reported, "来函", publication::TakeReport::Audience::kAll, now, tx)
        .status();
  });
}

}  // namespace xiufu::simulation
