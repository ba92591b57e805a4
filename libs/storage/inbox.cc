#include "libs/storage/inbox.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/storage/claim.h"
#include "libs/storage/engine.h"
#include "libs/storage/inbox_marks.h"

namespace xiufu::storage {
namespace {

// The row of this text; made when it is new.
int64_t VersionsRow(Tx& tx, absl::string_view versions) {
  Query known = tx.Sql("SELECT id FROM versions WHERE text = ?", versions);
  if (known.Next()) return known.Int(0);
  Query made = tx.Sql("INSERT INTO versions (text) VALUES (?) RETURNING id", versions);
  return made.Next() ? made.Int(0) : 0;
}

}  // namespace

Inbox::Inbox() : marks_(std::make_unique<InboxMarks>()) {}
Inbox::~Inbox() = default;

Claim Inbox::TryClaim(Tx& tx, const messaging::Envelope& envelope, absl::Time now) {
  ClaimDecision decision = DecideClaim(marks_->Of(envelope.stream), envelope);
  for (const Divergence& found : decision.found) RecordDivergence(tx, found, now);
  if (decision.back_to != 0) marks_->GoBackTo(envelope.stream, decision.back_to);
  if (decision.claim == Claim::kNew) {
    marks_->Set(envelope.stream, envelope.epoch, envelope.seq, envelope.id);
  }
  return decision.claim;
}

absl::Status Inbox::EnterEpoch(Tx& tx, absl::string_view stream, int64_t epoch,
                               int64_t previous_epoch, int64_t previous_last, absl::Time now) {
  const absl::Span<const EpochMark> marks = marks_->Of(stream);
  const EpochMark* present = PresentMark(marks);
  if (present != nullptr && present->mark.epoch == epoch) return absl::OkStatus();
  if (previous_epoch >= epoch) {
    return absl::InvalidArgumentError(
        absl::StrCat("epoch ", epoch, " of ", stream, " after ", previous_epoch));
  }
  if (present != nullptr && present->mark.epoch > epoch) {
    return absl::FailedPreconditionError(
        absl::StrCat("epoch ", epoch, " of ", stream, " is left behind"));
  }
  EntryDecision decision = DecideEntry(marks, epoch, previous_epoch, previous_last);
  for (const Divergence& found : decision.found) RecordDivergence(tx, found, now);
  if (decision.back_to != 0) marks_->GoBackTo(stream, decision.back_to);
  if (!decision.complete) {
    return absl::FailedPreconditionError(absl::StrCat(
        "epoch ", epoch, " of ", stream, " begins after ", previous_epoch, "/", previous_last));
  }
  marks_->Set(stream, epoch, 0, Id());
  return absl::OkStatus();
}

std::vector<Mark> Inbox::Marks(const std::vector<std::string>& patterns) const {
  return marks_->Matching(patterns);
}

Mark Inbox::Newest(absl::string_view stream) const { return marks_->Present(stream); }

void Inbox::RecordDivergence(Tx& tx, const Divergence& found, absl::Time now) {
  Query near = tx.Sql(
      "SELECT id, to_seq FROM divergence WHERE stream = ? AND epoch = ? AND note = ? "
      "AND from_seq <= ? AND to_seq >= ? ORDER BY to_seq DESC LIMIT 1",
      found.stream, found.epoch, found.note, found.from_seq, found.from_seq - 1);
  if (!near.Next()) {
    tx.Run(
        "INSERT INTO divergence (stream, epoch, from_seq, to_seq, note, at) VALUES (?, ?, ?, ?, ?, "
        "?)",
        found.stream, found.epoch, found.from_seq, found.to_seq, found.note, now);
  } else if (near.Int(1) < found.to_seq) {
    tx.Run("UPDATE divergence SET to_seq = ? WHERE id = ?", found.to_seq, near.Int(0));
  }
}

std::vector<Divergence> Inbox::Divergences(Session& session) const {
  std::vector<Divergence> found;
  Query rows =
      session.Sql("SELECT stream, epoch, from_seq, to_seq, note FROM divergence ORDER BY id");
  while (rows.Next()) {
    found.push_back({std::string(rows.Text(0)), rows.Int(1), rows.Int(2), rows.Int(3),
                     std::string(rows.Text(4))});
  }
  return found;
}

int Inbox::BeginAttempt(Tx& tx, const messaging::Envelope& envelope) {
  Query begun = tx.Sql(
      "INSERT INTO attempt (stream, epoch, seq, begun) VALUES (?, ?, ?, 1) "
      "ON CONFLICT (stream, epoch, seq) DO UPDATE SET begun = begun + 1 RETURNING begun",
      envelope.stream, envelope.epoch, envelope.seq);
  return begun.Next() ? static_cast<int>(begun.Int(0)) : 0;
}

void Inbox::EndAttempt(Tx& tx, const messaging::Envelope& envelope) {
  tx.Run("DELETE FROM attempt WHERE stream = ? AND epoch = ? AND seq = ?", envelope.stream,
         envelope.epoch, envelope.seq);
}

void Inbox::RecordInput(Tx& tx, const messaging::EncodedEvent& event, absl::Time now,
                        absl::string_view versions) {
  const messaging::Envelope& envelope = event.envelope;
  tx.Run(
      "INSERT INTO case_input (application, case_id, event_id, now, versions, bytes) "
      "VALUES (?, ?, ?, ?, ?, ?)",
      envelope.application, envelope.case_id, envelope.id, now, VersionsRow(tx, versions),
      Blob{event.bytes});
}

bool Inbox::KeepPoison(Tx& tx, absl::string_view queue, absl::string_view reason,
                       absl::string_view raw, int64_t full_size, absl::Time now) {
  return tx.Run(
             "INSERT INTO poison (queue, reason, sha256, raw, full_size, received) "
             "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (queue, sha256, full_size) DO NOTHING",
             queue, reason, Blob{Sha256(raw)}, Blob{raw}, full_size, now) > 0;
}

}  // namespace xiufu::storage
