#include "libs/storage/outbox.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/storage/engine.h"
#include "libs/storage/outbox_heads.h"

namespace xiufu::storage {
namespace {

// Room for the Run around a single event.
constexpr size_t kMaxEventBytes = messaging::kMaxRunBytes - 16;

bool MatchesAny(const std::vector<std::string>& patterns, absl::string_view stream) {
  return patterns.empty() ||
         std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) {
           return messaging::StreamMatches(pattern, stream);
         });
}

int64_t MakeLane(Tx& tx, const std::string& stream, int64_t epoch, const OutboxHeads::Head& head) {
  Query made = tx.Sql(
      "INSERT INTO stream (name, epoch, previous_epoch, previous_last) VALUES (?, ?, ?, ?) "
      "RETURNING lane",
      stream, epoch, head.previous_epoch, head.previous_last);
  return made.Next() ? made.Int(0) : 0;
}

StreamHead ReadHead(Session& session, const Query& lane_row) {
  StreamHead head;
  head.stream = std::string(lane_row.Text(1));
  head.epoch = lane_row.Int(2);
  head.previous_epoch = lane_row.Int(3);
  head.previous_last = lane_row.Int(4);
  head.sent_through = lane_row.Int(5);
  const int64_t lane = lane_row.Int(0);
  Query newest = session.Sql(
      "SELECT seq, event_id FROM outbox WHERE lane = ? ORDER BY seq DESC LIMIT 1", lane);
  if (newest.Next()) {
    head.head = newest.Int(0);
    head.last_id = newest.IdAt(1);
  }
  Query first = session.Sql("SELECT MIN(seq) FROM outbox WHERE lane = ?", lane);
  head.first = first.Next() && !first.IsNull(0) ? first.Int(0) : head.head + 1;
  return head;
}

// A stream whose newest event is of an earlier epoch, in the present one.
StreamHead EmptyHead(const StreamHead& newest, int64_t epoch) {
  StreamHead head;
  head.stream = newest.stream;
  head.epoch = epoch;
  head.previous_epoch = newest.epoch;
  head.previous_last = newest.head;
  return head;
}

int64_t PresentEpoch(Session& session) {
  Query present = session.Sql("SELECT MAX(epoch) FROM epoch");
  return present.Next() ? present.Int(0) : 0;
}

}  // namespace

Outbox::Outbox() : heads_(std::make_unique<OutboxHeads>()) {}
Outbox::~Outbox() = default;

void Outbox::Append(Tx& tx, messaging::Envelope envelope) {
  if (!tx.status().ok()) return;
  if (envelope.id.IsNone() || envelope.type.empty() || envelope.stream.empty()) {
    return tx.Fail(absl::InvalidArgumentError("an event needs an id, a type and a stream"));
  }
  OutboxHeads::Head& head = heads_->Of(envelope.stream);
  envelope.epoch = heads_->epoch();
  envelope.seq = head.seq + 1;
  envelope.previous_id = head.last_id;
  envelope.previous_epoch = head.seq == 0 ? head.previous_epoch : 0;
  envelope.previous_last = head.seq == 0 ? head.previous_last : 0;
  std::string bytes = messaging::EncodeEnvelope(envelope);
  if (bytes.size() > kMaxEventBytes) {
    return tx.Fail(absl::InvalidArgumentError(
        absl::StrCat("an event of ", bytes.size(), " bytes does not fit into a run")));
  }
  const int64_t lane =
      head.lane != 0 ? head.lane : MakeLane(tx, envelope.stream, envelope.epoch, head);
  tx.Run("INSERT INTO outbox (lane, seq, event_id, type, at, bytes) VALUES (?, ?, ?, ?, ?, ?)",
         lane, envelope.seq, envelope.id, envelope.type, tx.engine_->now, Blob{bytes});
  if (!tx.status().ok()) return;
  heads_->Append(head, lane, envelope.id,
                 {std::move(envelope.stream), envelope.epoch, envelope.seq,
                  std::move(envelope.type), std::move(bytes)});
}

std::vector<StreamHead> Outbox::Heads(Session& session,
                                      const std::vector<std::string>& patterns) const {
  const int64_t present = PresentEpoch(session);
  std::vector<StreamHead> heads;
  auto finish_stream = [&] {
    if (!heads.empty() && heads.back().epoch != present) {
      heads.push_back(EmptyHead(heads.back(), present));
    }
  };
  Query lanes = session.Sql(
      "SELECT lane, name, epoch, previous_epoch, previous_last, sent_through FROM stream "
      "ORDER BY name, epoch");
  while (lanes.Next()) {
    if (!MatchesAny(patterns, lanes.Text(1))) continue;
    if (!heads.empty() && heads.back().stream != lanes.Text(1)) finish_stream();
    heads.push_back(ReadHead(session, lanes));
  }
  finish_stream();
  return heads;
}

absl::StatusOr<std::vector<OutboxRow>> Outbox::ReadFrom(Session& session, absl::string_view stream,
                                                        int64_t epoch, int64_t from_seq,
                                                        size_t max_events) const {
  Query found = session.Sql("SELECT lane FROM stream WHERE name = ? AND epoch = ?", stream, epoch);
  if (!found.Next()) {
    Query known = session.Sql("SELECT 1 FROM stream WHERE name = ? LIMIT 1", stream);
    if (known.Next() && epoch == PresentEpoch(session)) return std::vector<OutboxRow>();
    if (!session.status().ok()) return session.status();
    return absl::NotFoundError(absl::StrCat("no epoch ", epoch, " of stream ", stream));
  }
  const int64_t lane = found.Int(0);
  Query first = session.Sql("SELECT MIN(seq) FROM outbox WHERE lane = ?", lane);
  if (first.Next() && from_seq < first.Int(0)) {
    return WithReason(absl::OutOfRangeError(absl::StrCat("the first event of ", stream,
                                                         " still held is ", first.Int(0))),
                      "BELOW_RETENTION", {{"first", absl::StrCat(first.Int(0))}});
  }
  std::vector<OutboxRow> rows;
  Query events = session.Sql(
      "SELECT seq, type, bytes FROM outbox WHERE lane = ? AND seq >= ? ORDER BY seq LIMIT ?", lane,
      from_seq, max_events);
  while (events.Next()) {
    rows.push_back({std::string(stream), epoch, events.Int(0), std::string(events.Text(1)),
                    std::string(events.Blob(2))});
  }
  if (!session.status().ok()) return session.status();
  return rows;
}

void Outbox::NoteConsumer(Tx& tx, absl::string_view consumer, absl::string_view stream,
                          int64_t epoch, int64_t seq, absl::Time now) {
  tx.Run(
      "INSERT INTO consumer_mark (consumer, stream, epoch, seq, at) VALUES (?, ?, ?, ?, ?) "
      "ON CONFLICT (stream, consumer, epoch) DO UPDATE SET seq = excluded.seq, at = excluded.at "
      "WHERE seq <> excluded.seq",
      consumer, stream, epoch, seq, now);
}

}  // namespace xiufu::storage
