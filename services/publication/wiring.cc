#include "services/publication/wiring.h"

#include <memory>
#include <utility>
#include <vector>

#include "libs/base/legal_day.h"
#include "services/publication/app/end_publicity.h"
#include "services/publication/app/feed_import.h"
#include "services/publication/drivers/csv_reader.h"
#include "services/publication/drivers/event_codec.h"
#include "services/publication/drivers/sql_endings.h"
#include "services/publication/drivers/sql_records.h"

namespace xiufu::publication {
namespace {

struct Drivers {
  SqlRecords records;
  SqlEndings endings;
  OutboxAnnouncer announcer;
};

absl::Status WriteInline(const ServiceParts& parts, FeedImport& import, absl::Time now) {
  const SqlRecords records;
  const ImportBatch batch = import.TakeBatch();
  absl::Status outcome = absl::UnknownError("not run");
  BatchCounts counts;
  parts.database->Write(
      [&](storage::Tx& tx) {
        counts = WriteBatch(tx, records, *parts.ids, batch, now);
        return tx.status();
      },
      [&](absl::Status status) { outcome = std::move(status); });
  parts.database->RunPending();
  if (outcome.ok()) import.Count(counts);
  return outcome;
}

}  // namespace

service::Wiring WirePublication() {
  auto drivers = std::make_shared<const Drivers>();
  const EndPublicity end_publicity(&drivers->records, &drivers->endings, &drivers->announcer);

  service::Wiring wiring;
  wiring.service = "publication";
  wiring.subscriptions = {{"publication", {"result"}}};
  wiring.router.On(
      "xiufu.result.decision_entered.v1", DecodeDecisionEntered,
      [drivers, end_publicity](const EnteredDecision& decision, const messaging::Cause& cause,
                               storage::Tx& tx) { return end_publicity(decision, cause, tx); });
  wiring.router.Ignore("xiufu.result.decision_faulty.v1");
  wiring.router.Ignore("xiufu.result.effect_confirmed.v1");
  wiring.router.Ignore("xiufu.result.loop_closed.v1");
  return wiring;
}

absl::StatusOr<ImportReport> ImportFeedInline(const ServiceParts& parts, absl::string_view csv) {
  const absl::Time now = parts.clock->Now();
  const catalogue::LawSnapshot law = parts.law->Get();
  FeedImport import({&law->catalogue, &law->authorities, LegalDay(now)});
  CsvReader reader;
  std::vector<FeedRow> rows;
  reader.Feed(csv, rows);
  reader.Finish(rows);
  for (const FeedRow& row : rows) {
    if (absl::Status status = import.Take(row); !status.ok()) return status;
    if (!import.BatchReady()) continue;
    if (absl::Status status = WriteInline(parts, import, now); !status.ok()) return status;
  }
  if (absl::Status status = import.Finish(); !status.ok()) return status;
  if (absl::Status status = WriteInline(parts, import, now); !status.ok()) return status;
  return import.report();
}

}  // namespace xiufu::publication
