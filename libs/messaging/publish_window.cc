#include "libs/messaging/publish_window.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "libs/messaging/backoff.h"

namespace xiufu::messaging {

PublishWindow::PublishWindow(const Limits& limits, Jitter jitter)
    : limits_(limits), jitter_(std::move(jitter)) {}

PublishLane* PublishWindow::LaneOf(const std::string& stream, int64_t epoch) {
  std::unique_ptr<PublishLane>& lane = lanes_[{stream, epoch}];
  if (lane == nullptr) lane = std::make_unique<PublishLane>(stream, epoch);
  return lane.get();
}

// The same stream's epoch before (-1) or after (+1); null when there is none.
PublishLane* PublishWindow::Neighbour(PublishLane* lane, int step) {
  const auto here = lanes_.find({lane->stream(), lane->epoch()});
  if (step < 0 && here == lanes_.begin()) return nullptr;
  const auto there = step < 0 ? std::prev(here) : std::next(here);
  if (there == lanes_.end() || there->second->stream() != lane->stream()) return nullptr;
  return there->second.get();
}

bool PublishWindow::MaySend(PublishLane* lane, absl::Duration now) {
  if (lane->unsendable || lane->reading || !lane->has_unsent() || lane->not_before > now) {
    return false;
  }
  PublishLane* before = Neighbour(lane, -1);
  return before == nullptr || before->complete();
}

// Puts the lane into its line; whether it may really send is seen when its turn comes.
void PublishWindow::Enqueue(PublishLane* lane) {
  if (lane->queued || lane->reading || !lane->has_unsent()) return;
  lane->queued = true;
  (lane->next_in_memory() ? ready_ : unread_).push_back(lane);
}

void PublishWindow::WakeBackedOff(absl::Duration now) {
  while (!backing_off_.empty() && backing_off_.begin()->first <= now) {
    PublishLane* lane = backing_off_.begin()->second;
    backing_off_.erase(backing_off_.begin());
    Enqueue(lane);
  }
}

void PublishWindow::HeadChanged(PublishLane* lane) {
  if (!lane->complete()) unconfirmed_lanes_.insert(lane);
  Enqueue(lane);
}

void PublishWindow::Track(const std::string& stream, int64_t epoch, int64_t sent_through,
                          int64_t head) {
  PublishLane* lane = LaneOf(stream, epoch);
  lane->StartAt(sent_through, head);
  HeadChanged(lane);
}

void PublishWindow::Offer(OutgoingEvent event) {
  PublishLane* lane = LaneOf(event.stream, event.epoch);
  lane->RaiseHead(event.seq);
  // A lane in trouble keeps what one window takes and leaves the memory to the others.
  const bool in_trouble = lane->failures > 0 || lane->unsendable;
  const bool room = buffered_bytes_ + event.bytes.size() <= limits_.max_buffered_bytes &&
                    (!in_trouble || lane->memory() < limits_.max_bytes);
  if (room) buffered_bytes_ += lane->Keep(std::move(event));
  HeadChanged(lane);
}

void PublishWindow::RaiseHead(const std::string& stream, int64_t epoch, int64_t head) {
  PublishLane* lane = LaneOf(stream, epoch);
  lane->RaiseHead(head);
  HeadChanged(lane);
}

std::optional<PublishWindow::Message> PublishWindow::Next(absl::Duration now) {
  WakeBackedOff(now);
  while (!ready_.empty() && messages_ < limits_.max_messages) {
    PublishLane* lane = ready_.front();
    if (MaySend(lane, now) && lane->next_in_memory()) {
      const size_t waiting = ready_.size();
      std::optional<Message> message = Launch(lane, now);
      // None and still in line: the window has no room for this run.
      if (message.has_value() || ready_.size() == waiting) return message;
      continue;
    }
    ready_.pop_front();
    lane->queued = false;
    // Its memory may have been used up by others in between; one that must wait comes back by
    // itself.
    if (MaySend(lane, now)) Enqueue(lane);
  }
  return std::nullopt;
}

std::optional<PublishWindow::Message> PublishWindow::Launch(PublishLane* lane, absl::Duration now) {
  PublishLane::Run run = lane->Pack();
  if (run.body.empty()) {
    ready_.pop_front();
    lane->queued = false;
    lane->unsendable = true;
    ++counters_.unsendable;
    return std::nullopt;
  }
  // A run that does not fit waits whole: cutting it to the room that is left would undo the
  // packing.
  if (messages_ > 0 && bytes_ + run.body.size() > limits_.max_bytes) return std::nullopt;
  ready_.pop_front();
  lane->queued = false;
  lane->Launched(run);
  Enqueue(lane);  // behind the others: lanes take turns
  in_flight_.push_back(
      {lane, lane->attempt(), run.first, run.last, run.body.size(), ServiceTime(now), false});
  ++messages_;
  bytes_ += run.body.size();
  Message message;
  message.tag = first_tag_ + in_flight_.size() - 1;
  message.routing_key = absl::StrCat(lane->stream(), ".", run.type);
  message.message_id =
      absl::StrCat(lane->stream(), "/", lane->epoch(), "/", run.first, "-", run.last);
  message.events = static_cast<size_t>(run.last - run.first + 1);
  message.body = std::move(run.body);
  return message;
}

std::optional<PublishWindow::ReadRequest> PublishWindow::NextRead(absl::Duration now) {
  WakeBackedOff(now);
  if (messages_ >= limits_.max_messages || bytes_ >= limits_.max_bytes) return std::nullopt;
  while (!unread_.empty()) {
    PublishLane* lane = unread_.front();
    unread_.pop_front();
    lane->queued = false;
    if (!MaySend(lane, now)) continue;
    if (lane->next_in_memory()) {
      Enqueue(lane);
      continue;
    }
    lane->reading = true;
    return ReadRequest{lane->stream(), lane->epoch(), lane->next()};
  }
  return std::nullopt;
}

void PublishWindow::Fill(const ReadRequest& request, std::vector<OutgoingEvent> events,
                         absl::Duration now) {
  PublishLane* lane = LaneOf(request.stream, request.epoch);
  lane->reading = false;
  // What lies below the first row held was released by retention: every consumer has it. That can
  // only be jumped over when nothing before it is open.
  const bool untouched =
      lane->next() == lane->confirmed() + 1 && lane->last_in_memory() == lane->confirmed();
  if (untouched && !events.empty() && events.front().seq > lane->next()) {
    lane->JumpTo(events.front().seq - 1);
  }
  bool kept = false;
  for (OutgoingEvent& event : events) {
    lane->RaiseHead(event.seq);
    const size_t bytes = lane->Keep(std::move(event));
    kept = kept || bytes > 0;
    buffered_bytes_ += bytes;
  }
  if (!kept) return ReadFailed(request, now);
  HeadChanged(lane);
}

void PublishWindow::ReadFailed(const ReadRequest& request, absl::Duration now) {
  PublishLane* lane = LaneOf(request.stream, request.epoch);
  lane->reading = false;
  BackOff(lane, now);
}

void PublishWindow::OnAck(uint64_t tag, bool multiple, absl::Duration now) {
  Settle(tag, multiple, Outcome::kAccepted, now);
}

void PublishWindow::OnNack(uint64_t tag, bool multiple, absl::Duration now) {
  ++counters_.nacks;
  Settle(tag, multiple, Outcome::kRefused, now);
}

// The broker sends the ack of a returned message too, right after the return; by then the lane has
// gone back and the ack only makes room.
void PublishWindow::OnReturn(uint64_t tag, absl::Duration now) {
  ++counters_.returns;
  if (tag < first_tag_ || tag - first_tag_ >= in_flight_.size()) return;
  const InFlight& sent = in_flight_[tag - first_tag_];
  if (!sent.settled && sent.attempt == sent.lane->attempt()) BackOff(sent.lane, now);
}

void PublishWindow::Settle(uint64_t tag, bool multiple, Outcome outcome, absl::Duration now) {
  const uint64_t end = first_tag_ + in_flight_.size();
  if (tag >= end) return;  // never sent: nothing it could mean
  for (uint64_t at = multiple ? first_tag_ : std::max(tag, first_tag_); at <= tag; ++at) {
    SettleOne(&in_flight_[at - first_tag_], outcome, now);
  }
  DropSettled();
}

void PublishWindow::SettleOne(InFlight* sent, Outcome outcome, absl::Duration now) {
  if (sent->settled) return;
  Release(sent);
  if (sent->attempt != sent->lane->attempt()) return;  // of an attempt that was given up
  if (outcome == Outcome::kAccepted) {
    Accepted(*sent);
  } else {
    BackOff(sent->lane, now);
  }
}

void PublishWindow::Release(InFlight* sent) {
  sent->settled = true;
  --messages_;
  bytes_ -= sent->bytes;
}

void PublishWindow::Accepted(const InFlight& sent) {
  const int64_t before = sent.lane->confirmed();
  buffered_bytes_ -= sent.lane->Accept(sent.first, sent.last);
  if (sent.lane->confirmed() > before) ConfirmedRose(sent.lane, before);
}

void PublishWindow::ConfirmedRose(PublishLane* lane, int64_t before) {
  lane->failures = 0;
  counters_.confirmed_events += static_cast<uint64_t>(lane->confirmed() - before);
  risen_.insert(lane);
  if (!lane->complete()) return;
  unconfirmed_lanes_.erase(lane);
  if (PublishLane* after = Neighbour(lane, +1)) Enqueue(after);
}

void PublishWindow::BackOff(PublishLane* lane, absl::Duration now) {
  lane->Rewind();
  backing_off_.erase({lane->not_before, lane});
  lane->not_before =
      now + FullJitter(limits_.min_backoff, limits_.max_backoff, ++lane->failures, jitter_);
  backing_off_.insert({lane->not_before, lane});
}

void PublishWindow::ExpireConfirms(absl::Duration now) {
  if (blocked_since_.has_value()) return;
  const absl::Duration oldest = ServiceTime(now) - limits_.confirm_timeout;
  for (InFlight& sent : in_flight_) {
    if (sent.settled) continue;
    if (sent.sent_at > oldest) break;
    ++counters_.timeouts;
    SettleOne(&sent, Outcome::kRefused, now);
  }
  DropSettled();
}

void PublishWindow::DropSettled() {
  while (!in_flight_.empty() && in_flight_.front().settled) {
    in_flight_.pop_front();
    ++first_tag_;
  }
}

void PublishWindow::SetBlocked(bool blocked, absl::Duration now) {
  if (blocked == blocked_since_.has_value()) return;
  if (blocked) {
    blocked_since_ = now;
  } else {
    blocked_total_ += now - *blocked_since_;
    blocked_since_.reset();
  }
}

absl::Duration PublishWindow::ServiceTime(absl::Duration now) const {
  return blocked_since_.value_or(now) - blocked_total_;
}

void PublishWindow::OnReconnect() {
  in_flight_.clear();
  first_tag_ = 1;
  messages_ = 0;
  bytes_ = 0;
  blocked_since_.reset();
  for (auto& [key, lane] : lanes_) {
    lane->Rewind();
    Enqueue(lane.get());
  }
}

std::vector<PublishWindow::Confirmed> PublishWindow::TakeConfirmed() {
  std::vector<Confirmed> confirmed;
  confirmed.reserve(risen_.size());
  for (const PublishLane* lane : risen_) {
    confirmed.push_back({lane->stream(), lane->epoch(), lane->confirmed()});
  }
  risen_.clear();
  return confirmed;
}

absl::Duration PublishWindow::NextWake(absl::Duration now) const {
  absl::Duration wake = absl::InfiniteDuration();
  if (blocked_since_.has_value()) return wake;
  if (!backing_off_.empty()) wake = backing_off_.begin()->first;
  if (!in_flight_.empty()) {
    const absl::Duration age = ServiceTime(now) - in_flight_.front().sent_at;
    wake = std::min(wake, now + limits_.confirm_timeout - age);
  }
  return wake;
}

std::vector<std::string> PublishWindow::BackingOff(absl::Duration now) const {
  std::set<std::string> streams;
  for (const auto& [until, lane] : backing_off_) {
    if (until > now) streams.insert(lane->stream());
  }
  return {streams.begin(), streams.end()};
}

}  // namespace xiufu::messaging
