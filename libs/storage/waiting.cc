#include "libs/storage/waiting.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/storage/engine.h"
#include "libs/storage/waiting_index.h"

namespace xiufu::storage {
namespace {

// States as stored; the partial indexes of waiting name them too.
static_assert(static_cast<int>(WaitingState::kRetry) == 0);
static_assert(static_cast<int>(WaitingState::kDiscarded) == 3);

int64_t Stored(WaitingState state) { return static_cast<int64_t>(state); }

// NULL for rows that only a person or another row makes due; a retry row always has a time.
absl::Time StoredDue(WaitingState state, absl::Time due) {
  if (state != WaitingState::kRetry) return absl::InfinitePast();
  return std::max(due, absl::UnixEpoch());
}

// Columns in the order of kWaitingColumns.
WaitingRow ReadRow(const Query& query) {
  WaitingRow row;
  row.id = query.Int(0);
  row.state = static_cast<WaitingState>(query.Int(1));
  row.attempts = static_cast<int>(query.Int(2));
  row.due = query.IsNull(3) ? absl::InfiniteFuture() : query.TimeAt(3);
  row.first_now = query.TimeAt(4);
  row.reason = std::string(query.Text(5));
  row.event.bytes = std::string(query.Blob(6));
  absl::StatusOr<messaging::Envelope> envelope = messaging::DecodeEnvelope(row.event.bytes);
  if (envelope.ok()) row.event.envelope = *std::move(envelope);
  row.discarded = query.TimeAt(7);
  row.discard_reason = std::string(query.Text(8));
  return row;
}

#define XIUFU_WAITING_COLUMNS                                              \
  "SELECT id, state, attempts, due, first_now, reason, bytes, discarded, " \
  "discard_reason FROM waiting "

std::optional<WaitingRow> OnlyRow(Query query) {
  if (!query.Next()) return std::nullopt;
  return ReadRow(query);
}

Id ApplicationOf(Session& session, int64_t id) {
  Query row = session.Sql("SELECT application FROM waiting WHERE id = ?", id);
  return row.Next() ? row.IdAt(0) : Id();
}

bool StandsBehindAnother(const std::vector<WaitingIndex::Entry>& rows, size_t index) {
  return std::any_of(rows.begin(), rows.begin() + static_cast<int64_t>(index),
                     [&](const WaitingIndex::Entry& before) {
                       return BelongTogether(before.case_id, rows[index].case_id);
                     });
}

}  // namespace

Waiting::Waiting() : index_(std::make_unique<WaitingIndex>()) {}
Waiting::~Waiting() = default;

bool Waiting::Blocks(Tx& /*tx*/, const Id& application, const Id& case_id) const {
  const auto& rows = index_->Of(application);
  return std::any_of(rows.begin(), rows.end(), [&](const WaitingIndex::Entry& row) {
    return BelongTogether(row.case_id, case_id);
  });
}

void Waiting::Add(Tx& tx, const messaging::EncodedEvent& event, WaitingState state, int attempts,
                  absl::Time due, absl::Time first_now, absl::string_view reason) {
  const messaging::Envelope& envelope = event.envelope;
  tx.Run(
      "INSERT INTO waiting (state, attempts, due, first_now, reason, stream, epoch, seq, type, "
      "application, case_id, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      Stored(state), attempts, StoredDue(state, due), first_now, reason, envelope.stream,
      envelope.epoch, envelope.seq, envelope.type, envelope.application, envelope.case_id,
      Blob{event.bytes});
  Changed(tx, envelope.application);
}

void Waiting::Changed(Tx& tx, const Id& application) {
  index_->Refresh(tx, application);
  tx.engine_->waiting_changed = true;
}

std::optional<WaitingRow> Waiting::NextDue(Session& session, absl::Time now) const {
  return OnlyRow(session.Sql(
      XIUFU_WAITING_COLUMNS "WHERE state = 0 AND due <= ? ORDER BY due, id LIMIT 1", now));
}

absl::Time Waiting::NextDueTime(Session& session) const {
  Query next = session.Sql("SELECT MIN(due) FROM waiting WHERE state = 0");
  return next.Next() && !next.IsNull(0) ? next.TimeAt(0) : absl::InfiniteFuture();
}

std::optional<WaitingRow> Waiting::Find(Session& session, int64_t id) const {
  return OnlyRow(session.Sql(XIUFU_WAITING_COLUMNS "WHERE id = ?", id));
}

void Waiting::Reschedule(Tx& tx, int64_t id, int attempts, absl::Time due,
                         absl::string_view reason) {
  SetState(tx, id, WaitingState::kRetry, attempts, due, reason);
}

void Waiting::Park(Tx& tx, int64_t id, int attempts, absl::string_view reason) {
  SetState(tx, id, WaitingState::kParked, attempts, absl::InfiniteFuture(), reason);
}

void Waiting::SetState(Tx& tx, int64_t id, WaitingState state, int attempts, absl::Time due,
                       absl::string_view reason) {
  tx.Run("UPDATE waiting SET state = ?, attempts = ?, due = ?, reason = ? WHERE id = ?",
         Stored(state), attempts, StoredDue(state, due), reason, id);
  Changed(tx, ApplicationOf(tx, id));
}

void Waiting::Release(Tx& tx, int64_t id, absl::Time now) {
  const Id application = ApplicationOf(tx, id);
  tx.Run("DELETE FROM waiting WHERE id = ?", id);
  FreeFollowers(tx, application, now);
}

void Waiting::FreeFollowers(Tx& tx, const Id& application, absl::Time now) {
  Changed(tx, application);
  const std::vector<WaitingIndex::Entry> rows = index_->Of(application);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].state != WaitingState::kBehind || StandsBehindAnother(rows, i)) continue;
    SetState(tx, rows[i].id, WaitingState::kRetry, 0, now, "");
  }
}

absl::Status Waiting::Parked(Session& session, int64_t id) const {
  Query row = session.Sql("SELECT state FROM waiting WHERE id = ?", id);
  if (!row.Next()) {
    if (!session.status().ok()) return session.status();
    return absl::NotFoundError(absl::StrCat("no waiting message ", id));
  }
  if (row.Int(0) == Stored(WaitingState::kParked)) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("message ", id, " is not parked"));
}

absl::Status Waiting::Replay(Tx& tx, int64_t id, absl::Time now) {
  absl::Status parked = Parked(tx, id);
  if (parked.ok()) Reschedule(tx, id, 0, now, "");
  return parked;
}

absl::Status Waiting::Discard(Tx& tx, int64_t id, absl::string_view reason, absl::Time now) {
  absl::Status parked = Parked(tx, id);
  if (!parked.ok()) return parked;
  tx.Run("UPDATE waiting SET state = ?, discarded = ?, discard_reason = ? WHERE id = ?",
         Stored(WaitingState::kDiscarded), now, reason, id);
  FreeFollowers(tx, ApplicationOf(tx, id), now);
  return absl::OkStatus();
}

std::vector<WaitingRow> Waiting::List(Session& session, std::optional<WaitingState> state,
                                      int64_t after_id, int limit) const {
  std::vector<WaitingRow> rows;
  Query query =
      state.has_value()
          ? session.Sql(XIUFU_WAITING_COLUMNS "WHERE state = ? AND id > ? ORDER BY id LIMIT ?",
                        Stored(*state), after_id, limit)
          : session.Sql(XIUFU_WAITING_COLUMNS "WHERE id > ? ORDER BY id LIMIT ?", after_id, limit);
  while (query.Next()) rows.push_back(ReadRow(query));
  return rows;
}

#undef XIUFU_WAITING_COLUMNS

std::vector<PoisonRow> Waiting::ListPoison(Session& session, int64_t after_id, int limit) const {
  std::vector<PoisonRow> rows;
  Query query = session.Sql(
      "SELECT id, queue, reason, full_size, received FROM poison WHERE id > ? ORDER BY id LIMIT ?",
      after_id, limit);
  while (query.Next()) {
    rows.push_back({query.Int(0), std::string(query.Text(1)), std::string(query.Text(2)),
                    query.Int(3), query.TimeAt(4)});
  }
  return rows;
}

Waiting::Counts Waiting::Count(Session& session) const {
  Counts counts;
  Query query = session.Sql(
      "SELECT SUM(state = 0), SUM(state = 1), SUM(state = 2) FROM waiting WHERE state <> 3");
  if (query.Next()) {
    counts.retry = query.Int(0);
    counts.parked = query.Int(1);
    counts.behind = query.Int(2);
  }
  Query poison = session.Sql("SELECT COUNT(*) FROM poison");
  if (poison.Next()) counts.poison = poison.Int(0);
  return counts;
}

}  // namespace xiufu::storage
