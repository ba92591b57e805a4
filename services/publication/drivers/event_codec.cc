#include "services/publication/drivers/event_codec.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/messaging/envelope.h"
#include "libs/storage/outbox.h"
#include "xiufu/publication/v1/events.pb.h"
#include "xiufu/publication/v1/revocation_events.pb.h"
#include "xiufu/result/v1/events.pb.h"
#include "xiufu/result/v1/revocation_events.pb.h"

namespace xiufu::publication {
namespace {

constexpr char kSource[] = "/xiufu/publication";
constexpr char kStream[] = "publication";

// Milliseconds are what a store keeps; so that a time compares equal after it was stored, nothing
// finer is taken.
absl::Time TimeOf(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixMillis(timestamp.seconds() * 1000 + timestamp.nanos() / 1000000);
}

void SetTime(absl::Time time, google::protobuf::Timestamp& timestamp) {
  const int64_t millis = absl::ToUnixMillis(time);
  timestamp.set_seconds(millis / 1000);
  timestamp.set_nanos(static_cast<int32_t>(millis % 1000 * 1000000));
}

std::string BytesOf(const Id& id) { return std::string(id.bytes()); }

template <typename Event>
void SetIds(const EnteredDecision& decision, Event& event) {
  event.set_record(BytesOf(decision.record));
  event.set_case_id(BytesOf(decision.case_id));
  event.set_application(BytesOf(decision.application));
  event.set_decision(BytesOf(decision.decision));
}

void Append(storage::Tx& tx, const messaging::Cause& cause, const messaging::About& about,
            const google::protobuf::Message& event) {
  tx.outbox().Append(tx,
                     messaging::NewEvent(cause, kSource, about, event.GetDescriptor()->full_name(),
                                         event.SerializeAsString()));
}

void Append(storage::Tx& tx, const messaging::Cause& cause, const EnteredDecision& decision,
            absl::string_view type, const google::protobuf::Message& event) {
  messaging::Cause entered = cause;
  entered.now = decision.entered_at;
  Append(tx, entered,
         {kStream, type, absl::StrCat("records/", decision.record.ToString()), decision.application,
          decision.case_id},
         event);
}

}  // namespace

absl::StatusOr<EnteredDecision> DecodeDecisionEntered(absl::string_view data) {
  result::v1::DecisionEntered event;
  if (!event.ParseFromArray(data.data(), static_cast<int>(data.size()))) {
    return absl::InvalidArgumentError("not a DecisionEntered");
  }
  EnteredDecision decision;
  const std::pair<const std::string&, Id*> ids[] = {{event.decision(), &decision.decision},
                                                    {event.case_id(), &decision.case_id},
                                                    {event.application(), &decision.application},
                                                    {event.record(), &decision.record}};
  for (const auto& [bytes, id] : ids) {
    absl::StatusOr<Id> parsed = Id::FromBytes(bytes);
    if (!parsed.ok()) return absl::InvalidArgumentError("DecisionEntered: an id is missing");
    *id = *parsed;
  }
  if (!event.has_entered_at()) return absl::InvalidArgumentError("DecisionEntered.entered_at");
  decision.record_version = event.record_version();
  decision.approved = event.result() == common::v1::CASE_RESULT_APPROVED;
  decision.entered_at = TimeOf(event.entered_at());
  decision.effects.assign(event.effects().begin(), event.effects().end());
  decision.result_word = event.result_word();
  if (event.has_commitment()) {
    const absl::StatusOr<absl::CivilDay> made_on = ParseDay(event.commitment().made_on());
    if (!made_on.ok()) return absl::InvalidArgumentError("DecisionEntered.commitment.made_on");
    Commitment commitment;
    commitment.authority_name = event.authority().name();
    commitment.authority_uscc = event.authority().uscc();
    commitment.title = event.commitment().title();
    commitment.title_en = event.commitment().title_en();
    commitment.made_on = *made_on;
    commitment.rule_id = event.commitment().rule_id();
    decision.commitment = std::move(commitment);
  }
  return decision;
}

absl::StatusOr<RevokedDecision> DecodeDecisionRevoked(absl::string_view data) {
  result::v1::DecisionRevoked event;
  if (!event.ParseFromArray(data.data(), static_cast<int>(data.size()))) {
    return absl::InvalidArgumentError("not a DecisionRevoked");
  }
  RevokedDecision decision;
  const std::pair<const std::string&, Id*> ids[] = {{event.revocation(), &decision.revocation},
                                                    {event.decision(), &decision.decision},
                                                    {event.case_id(), &decision.case_id},
                                                    {event.application(), &decision.application},
                                                    {event.record(), &decision.record}};
  for (const auto& [bytes, id] : ids) {
    absl::StatusOr<Id> parsed = Id::FromBytes(bytes);
    if (!parsed.ok()) return absl::InvalidArgumentError("DecisionRevoked: an id is missing");
    *id = *parsed;
  }
  const absl::StatusOr<absl::CivilDay> found_on = ParseDay(event.found_on());
  if (!found_on.ok()) return absl::InvalidArgumentError("DecisionRevoked.found_on");
  if (!event.has_entered_at()) return absl::InvalidArgumentError("DecisionRevoked.entered_at");
  decision.found_on = *found_on;
  decision.entered_at = TimeOf(event.entered_at());
  decision.subject_uscc = event.subject_uscc();
  decision.authority_name = event.authority().name();
  decision.authority_uscc = event.authority().uscc();
  decision.kind = event.kind();
  decision.document_no = event.document_no();
  decision.breach = event.has_breach();
  decision.breaks_commitment = event.breaks_commitment();
  decision.restarts = event.restarts();
  decision.of_report = event.of_report();
  return decision;
}

void OutboxRestorationAnnouncer::Announce(storage::Tx& tx, const messaging::Cause& cause,
                                          const RevokedDecision& decision,
                                          const Record& record) const {
  v1::PublicityRestored event;
  event.set_record(BytesOf(decision.record));
  event.set_case_id(BytesOf(decision.case_id));
  event.set_application(BytesOf(decision.application));
  event.set_decision(BytesOf(decision.decision));
  event.set_revocation(BytesOf(decision.revocation));
  event.set_version(record.version);
  event.set_state(static_cast<common::v1::RecordState>(record.state));
  if (record.state == RecordState::kPublished && record.ends_on) {
    event.set_publicity_end(FormatDay(*record.ends_on));
  }
  SetTime(decision.entered_at, *event.mutable_restored_at());
  messaging::Cause entered = cause;
  entered.now = decision.entered_at;
  Append(tx, entered,
         {kStream, "xiufu.publication.publicity_restored.v1",
          absl::StrCat("records/", record.id.ToString()), decision.application, decision.case_id},
         event);
}

void OutboxAnnouncer::Announce(storage::Tx& tx, const messaging::Cause& cause,
                               const Ending& ending) const {
  const EnteredDecision& decision = ending.decision;
  if (ending.outcome == Ending::Outcome::kEnded) {
    v1::PublicityEnded event;
    SetIds(decision, event);
    event.set_version(ending.version);
    SetTime(decision.entered_at, *event.mutable_ended_at());
    for (const std::string& effect : ending.effects) event.add_effects(effect);
    event.set_state(static_cast<common::v1::RecordState>(ending.now));
    Append(tx, cause, decision, "xiufu.publication.publicity_ended.v1", event);
    return;
  }
  v1::EndingRefused event;
  SetIds(decision, event);
  event.set_expected_version(decision.record_version);
  event.set_version(ending.version);
  event.set_reason(ending.reason);
  Append(tx, cause, decision, "xiufu.publication.ending_refused.v1", event);
}

void OutboxImportAnnouncer::Announce(storage::Tx& tx, const messaging::Cause& cause,
                                     const Import& import) const {
  const ImportCounts& counts = import.counts;
  v1::RecordsImported event;
  event.set_import(BytesOf(import.id));
  event.set_file_sha256(import.file_sha256);
  event.set_layout(import.layout);
  event.set_rows(counts.position);
  event.set_imported(counts.imported);
  event.set_unchanged(counts.unchanged);
  event.set_updated(counts.updated);
  event.set_out_of_scope(counts.out_of_scope);
  event.set_rejected(counts.rejected);
  Append(tx, cause,
         {kStream, "xiufu.publication.records_imported.v1",
          absl::StrCat("imports/", import.id.ToString()), Id(), Id()},
         event);
}

void OutboxReportAnnouncer::Announce(storage::Tx& tx, const messaging::Cause& cause,
                                     const ReportedResult& result, uint64_t found_version,
                                     const Record& record) const {
  v1::ResultReported event;
  event.set_record(BytesOf(record.id));
  event.set_version(record.version);
  event.set_kind(std::string(ToString(result.reported.kind)));
  event.set_state(std::string(ToString(record.state)));
  if (result.reported.day) event.set_day(FormatDay(*result.reported.day));
  event.set_result_word(result.result_word);
  event.set_source(result.source);
  event.set_found_version(found_version);
  SetTime(result.received_at, *event.mutable_reported_at());
  event.set_reason(result.reported.reason);
  Append(tx, cause,
         {kStream, "xiufu.publication.result_reported.v1",
          absl::StrCat("records/", record.id.ToString()), Id(), Id()},
         event);
}

void OutboxExpiryAnnouncer::Announce(storage::Tx& tx, const messaging::Cause& cause,
                                     const Record& record) const {
  v1::PublicityExpired event;
  event.set_record(BytesOf(record.id));
  event.set_version(record.version);
  event.set_last_day(FormatDay(*record.ends_on));
  Append(tx, cause,
         {kStream, "xiufu.publication.publicity_expired.v1",
          absl::StrCat("records/", record.id.ToString()), Id(), Id()},
         event);
}

void OutboxReminderAnnouncer::Announce(storage::Tx& tx, const messaging::Cause& cause,
                                       const Reminders::Due& due) const {
  v1::ReminderDue event;
  event.set_record(BytesOf(due.record.id));
  const RecordContent& content = due.record.content;
  event.set_subject_uscc(content.key.subject_uscc);
  event.set_subject_name(content.subject_name);
  event.set_document_no(content.key.document_no);
  event.set_list_name(content.list_name);
  event.set_authority_name(content.authority_name);
  event.set_kind(due.reminder.kind == Reminder::Kind::kRepairable ? "REPAIRABLE" : "ENDING");
  event.set_day(FormatDay(due.reminder.day));
  Append(tx, cause,
         {kStream, "xiufu.publication.reminder_due.v1",
          absl::StrCat("records/", due.record.id.ToString()), Id(), Id()},
         event);
}

}  // namespace xiufu::publication
