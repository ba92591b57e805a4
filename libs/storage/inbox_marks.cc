#include "libs/storage/inbox_marks.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "libs/messaging/envelope.h"

namespace xiufu::storage {

absl::Span<const EpochMark> InboxMarks::Of(absl::string_view stream) const {
  auto found = streams_.find(stream);
  if (found == streams_.end()) return {};
  return found->second.marks;
}

void InboxMarks::Set(absl::string_view stream, int64_t epoch, int64_t seq, const Id& id) {
  StreamMarks& own = streams_[stream];
  auto at = std::lower_bound(
      own.marks.begin(), own.marks.end(), epoch,
      [](const EpochMark& mark, int64_t wanted) { return mark.mark.epoch < wanted; });
  const auto index = static_cast<size_t>(at - own.marks.begin());
  EpochMark after{{std::string(stream), epoch, seq, id}, false, true};
  if (at == own.marks.end() || at->mark.epoch != epoch) {
    Insert(own, index, std::move(after));
  } else {
    Replace(own, index, std::move(after));
  }
}

void InboxMarks::GoBackTo(absl::string_view stream, int64_t epoch) {
  StreamMarks& own = streams_[stream];
  for (size_t i = 0; i < own.marks.size(); ++i) {
    EpochMark after = own.marks[i];
    if (after.mark.epoch < epoch) continue;
    after.left = after.mark.epoch > epoch;
    after.unwritten = true;
    if (after.left != own.marks[i].left) Replace(own, i, std::move(after));
  }
}

void InboxMarks::Replace(StreamMarks& stream, size_t index, EpochMark after) {
  stream.changed = true;
  changes_.push_back({&stream, index, std::exchange(stream.marks[index], std::move(after)), false});
}

void InboxMarks::Insert(StreamMarks& stream, size_t index, EpochMark mark) {
  stream.changed = true;
  stream.marks.insert(stream.marks.begin() + static_cast<int64_t>(index), std::move(mark));
  changes_.push_back({&stream, index, EpochMark(), true});
}

std::vector<Mark> InboxMarks::Matching(const std::vector<std::string>& patterns) const {
  std::vector<Mark> matching;
  absl::MutexLock lock(&mutex_);
  for (const auto& [stream, marks] : committed_) {
    const bool wanted = std::any_of(
        patterns.begin(), patterns.end(),
        [&name = stream](const auto& pattern) { return messaging::StreamMatches(pattern, name); });
    if (!wanted) continue;
    for (const EpochMark& mark : marks) matching.push_back(mark.mark);
  }
  std::sort(matching.begin(), matching.end(), [](const Mark& a, const Mark& b) {
    return std::tie(a.stream, a.epoch) < std::tie(b.stream, b.epoch);
  });
  return matching;
}

Mark InboxMarks::Present(absl::string_view stream) const {
  absl::MutexLock lock(&mutex_);
  auto found = committed_.find(stream);
  const EpochMark* present = found == committed_.end() ? nullptr : PresentMark(found->second);
  return present == nullptr ? Mark{std::string(stream), 0, 0, Id()} : present->mark;
}

void InboxMarks::UndoTo(Tx& /*tx*/, size_t position) {
  while (changes_.size() > position) {
    Change& last = changes_.back();
    auto& marks = last.stream->marks;
    if (last.made) {
      marks.erase(marks.begin() + static_cast<int64_t>(last.index));
    } else {
      marks[last.index] = std::move(last.before);
    }
    changes_.pop_back();
  }
}

void InboxMarks::Flush(Tx& tx) {
  for (const Change& change : changes_) {
    for (EpochMark& mark : change.stream->marks) {
      if (!mark.unwritten) continue;
      tx.Run(
          "INSERT INTO mark (stream, epoch, seq, last_id, abandoned) VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT (stream, epoch) DO UPDATE SET seq = excluded.seq, "
          "last_id = excluded.last_id, abandoned = excluded.abandoned",
          mark.mark.stream, mark.mark.epoch, mark.mark.seq, mark.mark.last_id, mark.left);
      mark.unwritten = false;
    }
  }
}

void InboxMarks::Keep() {
  if (!changes_.empty()) {
    absl::MutexLock lock(&mutex_);
    for (const Change& change : changes_) {
      if (!std::exchange(change.stream->changed, false) || change.stream->marks.empty()) continue;
      committed_[change.stream->marks.front().mark.stream] = change.stream->marks;
    }
  }
  changes_.clear();
}

void InboxMarks::Load(Session& session) {
  changes_.clear();
  streams_.clear();
  Query rows =
      session.Sql("SELECT stream, epoch, seq, last_id, abandoned FROM mark ORDER BY stream, epoch");
  while (rows.Next()) {
    streams_[rows.Text(0)].marks.push_back(
        {{std::string(rows.Text(0)), rows.Int(1), rows.Int(2), rows.IdAt(3)}, rows.Int(4) != 0});
  }
  absl::MutexLock lock(&mutex_);
  committed_.clear();
  for (const auto& [stream, own] : streams_) committed_[stream] = own.marks;
}

}  // namespace xiufu::storage
