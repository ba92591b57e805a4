#include "services/publication/wiring.h"

#include <memory>
#include <utility>
#include <vector>

#include "libs/base/legal_day.h"
#include "services/publication/app/automatic_end.h"
#include "services/publication/app/end_publicity.h"
#include "services/publication/app/feed_import.h"
#include "services/publication/app/keep_commitments.h"
#include "services/publication/app/remind_subjects.h"
#include "services/publication/app/revoke_decision.h"
#include "services/publication/app/sweep_notes.h"
#include "services/publication/drivers/event_codec.h"
#include "services/publication/drivers/feed_reader.h"
#include "services/publication/drivers/import_call.h"
#include "services/publication/drivers/sql_commitments.h"
#include "services/publication/drivers/sql_endings.h"
#include "services/publication/drivers/sql_imports.h"
#include "services/publication/drivers/sql_notices.h"
#include "services/publication/drivers/sql_records.h"
#include "services/publication/drivers/sql_reports.h"
#include "services/publication/drivers/sql_revocations.h"

namespace xiufu::publication {
namespace {

struct Drivers {
  SqlRecords records;
  SqlEndings endings;
  SqlImports imports;
  SqlRevocations revocations;
  SqlCommitments commitments;
  OutboxAnnouncer announcer;
  OutboxRestorationAnnouncer restoration;
  OutboxExpiryAnnouncer expiry;
  SqlReminders reminders;
  OutboxReminderAnnouncer reminder_announcer;
};

// Imports without a server.
class InlineImport {
 public:
  explicit InlineImport(const ServiceParts& parts)
      : parts_(parts),
        now_(parts.clock->Now()),
        law_(parts.law->Get()),
        layouts_(parts.layouts->Get()),
        take_report_(&records_, &reports_, &report_announcer_, parts.law),
        writer_(&records_, &notices_, &imports_, &take_report_, parts.ids) {}

  absl::StatusOr<ImportReport> Run(absl::string_view file, const std::string& layout) {
    absl::Status begun = Write([&](storage::Tx& tx) {
      const Id id = parts_.ids->NewV7(now_);
      import_ = imports_.Begin(tx, id, {.request_id = id, .asked_layout = layout}, now_);
      return tx.status();
    });
    if (!begun.ok()) return begun;
    FeedImport feed({&law_->catalogue, &law_->authorities, &layouts_, LegalDay(now_)}, layout, 0);
    FeedReader reader;
    std::vector<FeedRow> rows;
    reader.Feed(file, rows);
    reader.Finish(rows);
    for (const FeedRow& row : rows) {
      if (absl::Status status = feed.Take(row); !status.ok()) return status;
      if (!feed.BatchReady()) continue;
      if (absl::Status status = Bring(feed, reader); !status.ok()) return status;
    }
    if (absl::Status status = feed.Finish(); !status.ok()) return status;
    if (absl::Status status = Bring(feed, reader); !status.ok()) return status;
    return End(reader);
  }

 private:
  absl::Status Write(absl::AnyInvocable<absl::Status(storage::Tx&)> fn) {
    absl::Status outcome = absl::UnknownError("not run");
    parts_.database->Write(std::move(fn),
                           [&](absl::Status status) { outcome = std::move(status); });
    parts_.database->RunPending();
    return outcome;
  }
  absl::Status Bring(FeedImport& feed, const FeedReader& reader) {
    const ImportBatch batch = feed.TakeBatch(reader.encoding());
    if (batch.rows.empty()) return absl::OkStatus();
    return Write([&](storage::Tx& tx) {
      absl::StatusOr<Import> written = writer_.Write(tx, import_, batch, now_);
      if (written.ok()) import_ = *written;
      return written.status();
    });
  }
  absl::StatusOr<ImportReport> End(const FeedReader& reader) {
    ImportReport report;
    absl::Status status = Write([&](storage::Tx& tx) {
      const absl::StatusOr<Import> finished = writer_.Finish(
          tx, import_, reader.AboutTheWhole(), announcer_, {import_.id, now_, {}, ""});
      if (finished.ok()) report = ReportOf(tx, imports_, *finished, 0);
      return finished.status();
    });
    if (!status.ok()) return status;
    return report;
  }

  const ServiceParts& parts_;
  const absl::Time now_;
  const catalogue::LawSnapshot law_;
  const feed::LayoutBook layouts_;
  const SqlRecords records_;
  const SqlNotices notices_;
  const SqlImports imports_;
  const OutboxImportAnnouncer announcer_;
  const SqlReports reports_;
  const OutboxReportAnnouncer report_announcer_;
  const TakeReport take_report_;
  const ImportWriter writer_;
  Import import_;
};

}  // namespace

service::Wiring WirePublication(const catalogue::LawInForce* law, const Times& times) {
  auto drivers = std::make_shared<const Drivers>();
  const EndPublicity end_publicity(&drivers->records, &drivers->endings, &drivers->announcer);

  const KeepCommitments commitments(&drivers->records, &drivers->commitments);

  service::Wiring wiring;
  wiring.service = "publication";
  wiring.subscriptions = {{"publication", {"result"}}};
  wiring.router.On(
      "xiufu.result.decision_entered.v1", DecodeDecisionEntered,
      [drivers, end_publicity, commitments](const EnteredDecision& decision,
                                            const messaging::Cause& cause, storage::Tx& tx) {
        const absl::Status published = commitments.Publish(decision, tx);
        return published.ok() ? end_publicity(decision, cause, tx) : published;
      });
  const RevokeDecision revoke_decision(&drivers->records, &drivers->endings, &drivers->revocations,
                                       &drivers->restoration, law);
  wiring.router.On(
      "xiufu.result.decision_revoked.v1", DecodeDecisionRevoked,
      [drivers, revoke_decision, commitments](const RevokedDecision& decision,
                                              const messaging::Cause& cause, storage::Tx& tx) {
        commitments.Break(decision, tx);
        return revoke_decision(decision, cause, tx);
      });
  const AutomaticEnd automatic_end(&drivers->records, &drivers->expiry, law);
  wiring.timers.by_kind[AutomaticEnd::kReckoning] =
      [drivers, automatic_end](const storage::Timer&, absl::Time now, storage::Tx& tx) {
        return automatic_end.OnReckoning(tx, now);
      };
  wiring.timers.by_kind[AutomaticEnd::kMidnight] =
      [drivers, automatic_end](const storage::Timer&, absl::Time now, storage::Tx& tx) {
        return automatic_end.OnMidnight(tx, now);
      };
  const SweepNotes sweep_notes(&drivers->imports, times.keep_notes);
  wiring.timers.by_kind[SweepNotes::kTimer] = [drivers, sweep_notes](
                                                  const storage::Timer&, absl::Time now,
                                                  storage::Tx& tx) { return sweep_notes(tx, now); };
  wiring.router.Ignore("xiufu.result.restoration_confirmed.v1");
  const RemindSubjects remind_subjects(&drivers->records, &drivers->reminders,
                                       &drivers->reminder_announcer, law,
                                       times.remind_days_before_end);
  wiring.timers.by_kind[RemindSubjects::kTimer] =
      [drivers, remind_subjects](const storage::Timer&, absl::Time now, storage::Tx& tx) {
        return remind_subjects(tx, now);
      };
  wiring.router.Ignore("xiufu.result.decision_faulty.v1");
  wiring.router.Ignore("xiufu.result.effect_confirmed.v1");
  wiring.router.Ignore("xiufu.result.loop_closed.v1");
  return wiring;
}

absl::Status StartTimers(storage::Database& database, absl::Time now) {
  return database.WriteAndWait([&](storage::Tx& tx) {
    absl::Status begun = AutomaticEnd::Begin(tx, now);
    if (begun.ok()) begun = RemindSubjects::Begin(tx, now);
    return begun.ok() ? SweepNotes::Begin(tx, now) : begun;
  });
}

absl::StatusOr<ImportReport> ImportFeedInline(const ServiceParts& parts, absl::string_view file,
                                              const std::string& layout) {
  return InlineImport(parts).Run(file, layout);
}

}  // namespace xiufu::publication
