#include "libs/messaging/publish_lane.h"

#include <utility>
#include <vector>

#include "libs/messaging/envelope.h"

namespace xiufu::messaging {
namespace {

// An event in memory costs its strings' headers too.
size_t MemoryOf(const OutgoingEvent& event) { return event.bytes.size() + sizeof(OutgoingEvent); }

}  // namespace

void PublishLane::StartAt(int64_t sent_through, int64_t head) {
  if (confirmed_ == 0 && next_ == 1 && events_.empty()) {
    confirmed_ = sent_through;
    next_ = sent_through + 1;
  }
  RaiseHead(std::max(head, sent_through));
}

size_t PublishLane::Keep(OutgoingEvent event) {
  if (event.seq != last_in_memory() + 1) return 0;
  const size_t bytes = MemoryOf(event);
  events_.push_back(std::move(event));
  memory_ += bytes;
  return bytes;
}

void PublishLane::JumpTo(int64_t seq) {
  confirmed_ = seq;
  next_ = seq + 1;
  RaiseHead(seq);
}

PublishLane::Run PublishLane::Pack() const {
  Run run{next_, next_ - 1, "", ""};
  std::vector<absl::string_view> parts;
  size_t bytes = 0;
  auto event = events_.begin() + (next_ - confirmed_ - 1);
  for (; event != events_.end() && parts.size() < kMaxRunEvents; ++event) {
    bytes += RunOverhead(event->bytes.size()) + event->bytes.size();
    if (bytes > kMaxRunBytes) break;
    if (parts.empty()) run.type = event->type;
    parts.push_back(event->bytes);
    run.last = event->seq;
  }
  run.body = EncodeRun(parts);
  return run;
}

size_t PublishLane::Accept(int64_t first, int64_t last) {
  settled_[first] = last;
  size_t freed = 0;
  while (!settled_.empty() && settled_.begin()->first == confirmed_ + 1) {
    const int64_t through = settled_.begin()->second;
    settled_.erase(settled_.begin());
    for (; confirmed_ < through; ++confirmed_) {
      freed += MemoryOf(events_.front());
      events_.pop_front();
    }
  }
  memory_ -= freed;
  return freed;
}

void PublishLane::Rewind() {
  ++attempt_;
  settled_.clear();
  next_ = confirmed_ + 1;
}

}  // namespace xiufu::messaging
