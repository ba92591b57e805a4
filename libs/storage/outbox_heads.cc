#include "libs/storage/outbox_heads.h"

#include <algorithm>
#include <utility>

namespace xiufu::storage {

void OutboxHeads::Append(Head& head, int64_t lane, const Id& id, OutboxRow row) {
  before_.push_back({&head, head});
  head.lane = lane;
  head.seq = row.seq;
  head.last_id = id;
  appended_.push_back(std::move(row));
}

std::vector<OutboxRow> OutboxHeads::TakeAppended() { return std::exchange(appended_, {}); }

void OutboxHeads::NoteSent(const std::string& stream, int64_t epoch, int64_t seq) {
  absl::MutexLock lock(&mutex_);
  int64_t& noted = notes_[{stream, epoch}];
  noted = std::max(noted, seq);
}

bool OutboxHeads::HasNotes() const {
  absl::MutexLock lock(&mutex_);
  return !notes_.empty();
}

void OutboxHeads::UndoTo(Tx& /*tx*/, size_t position) {
  while (before_.size() > position) {
    *before_.back().head = before_.back().value;
    before_.pop_back();
  }
  appended_.resize(position);
}

void OutboxHeads::Flush(Tx& tx) {
  {
    absl::MutexLock lock(&mutex_);
    flushed_ = std::exchange(notes_, {});
  }
  for (const auto& [key, seq] : flushed_) {
    tx.Run(
        "UPDATE stream SET sent_through = ?1 WHERE name = ?2 AND epoch = ?3 AND sent_through < ?1",
        seq, key.first, key.second);
  }
}

void OutboxHeads::Keep() {
  before_.clear();
  flushed_.clear();
}

void OutboxHeads::Load(Session& session) {
  for (const auto& [key, seq] : flushed_) NoteSent(key.first, key.second, seq);
  flushed_.clear();
  before_.clear();
  appended_.clear();
  heads_.clear();
  Query present = session.Sql("SELECT MAX(epoch) FROM epoch");
  if (present.Next()) epoch_ = present.Int(0);
  Query lanes = session.Sql("SELECT name, epoch, lane FROM stream ORDER BY name, epoch");
  while (lanes.Next()) LoadStream(session, lanes.Text(0), lanes.Int(1), lanes.Int(2));
}

// Called for the epochs of a stream in order, so that the last one stays.
void OutboxHeads::LoadStream(Session& session, absl::string_view name, int64_t epoch,
                             int64_t lane) {
  Query newest = session.Sql(
      "SELECT seq, event_id FROM outbox WHERE lane = ? ORDER BY seq DESC LIMIT 1", lane);
  if (!newest.Next()) return;
  Head& head = heads_[name];
  head = Head();
  head.last_id = newest.IdAt(1);
  if (epoch == epoch_) {
    head.lane = lane;
    head.seq = newest.Int(0);
  } else {
    head.previous_epoch = epoch;
    head.previous_last = newest.Int(0);
  }
}

}  // namespace xiufu::storage
