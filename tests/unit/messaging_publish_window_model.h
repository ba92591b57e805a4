#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/messaging/envelope.h"
#include "libs/messaging/publish_window.h"

namespace xiufu::messaging {

// A store and a broker around a PublishWindow, with their own account of what is committed, sent
// and accepted. Every step checks what must hold at all times.
class WindowModel {
 public:
  using Lane = std::pair<std::string, int64_t>;
  struct Sent {
    uint64_t tag = 0;
    Lane lane;
    int64_t first = 0;
    int64_t last = 0;
    int attempt = 0;  // of its lane, as the model counts
    absl::Duration at;
    bool returned = false;
    bool forgotten = false;
  };

  explicit WindowModel(const PublishWindow::Limits& limits)
      : limits_(limits), window_(limits, [] { return 0.5; }) {}

  // The bytes of an event, as the store holds them: different for every event.
  static std::string Bytes(const Lane& lane, int64_t seq, size_t size) {
    return absl::StrCat(lane.first, "/", lane.second, "/", seq, "/", std::string(size, 'x'));
  }
  static OutgoingEvent Event(const Lane& lane, int64_t seq, size_t size) {
    return {lane.first, lane.second, seq, absl::StrCat("type", seq), Bytes(lane, seq, size)};
  }

  void Commit(const Lane& lane, size_t size) {
    std::vector<OutgoingEvent>& rows = store_[lane];
    rows.push_back(Event(lane, static_cast<int64_t>(rows.size()) + 1, size));
    window_.Offer(rows.back());
  }

  // Sends all that may go, reading back as often as asked.
  void Pump() {
    for (bool more = true; more;) {
      more = false;
      while (std::optional<PublishWindow::Message> message = window_.Next(now_))
        CheckSent(*message);
      if (std::optional<PublishWindow::ReadRequest> request = window_.NextRead(now_)) {
        Fill(*request);
        more = true;
      }
    }
    CheckWindow();
  }

  void Ack(size_t index, bool multiple) { Confirm(index, multiple, true); }
  void Nack(size_t index, bool multiple) { Confirm(index, multiple, false); }
  void Return(size_t index) {
    if (index >= broker_.size() || broker_[index].returned) return;
    Sent& sent = broker_[index];
    sent.returned = true;
    Failed(sent);
    window_.OnReturn(sent.tag, now_);
  }
  // The broker says nothing about it any more, unless it answers for all up to a later one.
  void Forget(size_t index) {
    if (index < broker_.size()) broker_[index].forgotten = true;
  }
  void Reconnect() {
    broker_.clear();
    next_tag_ = 1;
    for (auto& [lane, next] : expected_next_) {
      next = confirmed_[lane] + 1;
      ++attempt_[lane];
    }
    window_.OnReconnect();
  }
  void Advance(absl::Duration by) {
    now_ += by;
    for (const Sent& sent : broker_) {
      if (now_ - sent.at >= limits_.confirm_timeout) Failed(sent);
    }
    window_.ExpireConfirms(now_);
    CheckConfirmed();
  }

  size_t at_broker() const { return broker_.size(); }
  void AckAll() { Ack(broker_.size() - 1, true); }
  const std::vector<Sent>& broker() const { return broker_; }
  std::vector<Sent>& sent() { return sent_; }
  PublishWindow& window() { return window_; }
  absl::Duration now() const { return now_; }
  int64_t confirmed(const Lane& lane) { return confirmed_[lane]; }
  // What went wrong first; empty when nothing did.
  const std::string& failure() const { return failure_; }
  int64_t committed(const Lane& lane) { return static_cast<int64_t>(store_[lane].size()); }

 private:
  bool Must(bool holds, absl::string_view otherwise) {
    if (!holds && failure_.empty()) failure_ = std::string(otherwise);
    return holds;
  }

  void Fill(const PublishWindow::ReadRequest& request) {
    const std::vector<OutgoingEvent>& rows = store_[{request.stream, request.epoch}];
    Must(request.from_seq <= static_cast<int64_t>(rows.size()), "reads what is not committed");
    const auto begin = rows.begin() + (request.from_seq - 1);
    window_.Fill(request, {begin, std::min(begin + 16, rows.end())}, now_);
  }

  void CheckSent(const PublishWindow::Message& message) {
    const std::vector<std::string> id = absl::StrSplit(message.message_id, '/');
    const std::vector<std::string> range = absl::StrSplit(id.at(2), '-');
    Sent sent;
    sent.lane.first = id[0];
    Must(absl::SimpleAtoi(id[1], &sent.lane.second) && absl::SimpleAtoi(range.at(0), &sent.first) &&
             absl::SimpleAtoi(range.at(1), &sent.last),
         "message id is unreadable");
    sent.tag = message.tag;
    sent.attempt = attempt_[sent.lane];
    sent.at = now_;
    Must(message.tag == next_tag_++, "tags do not count what is sent");
    CheckOrder(sent);
    CheckBody(sent, message);
    broker_.push_back(sent);
    sent_.push_back(sent);
  }

  // Either it goes on where the lane was, or, after a failure, it begins again right after what is
  // confirmed.
  void CheckOrder(const Sent& sent) {
    int64_t& next = expected_next_.try_emplace(sent.lane, 1).first->second;
    const auto failed = failed_at_.find(sent.lane);
    if (sent.first != next || failed != failed_at_.end()) {
      Must(sent.first == confirmed_[sent.lane] + 1, "neither goes on nor begins again");
      Must(sent.first <= next, "skips events");
    }
    next = sent.last + 1;
    if (failed != failed_at_.end()) {
      Must(now_ >= failed->second + limits_.min_backoff, "does not back off");
      failed_at_.erase(failed);
    }
  }

  void CheckBody(const Sent& sent, const PublishWindow::Message& message) {
    const std::vector<OutgoingEvent>& rows = store_[sent.lane];
    if (!Must(sent.last <= static_cast<int64_t>(rows.size()), "sends what is not committed"))
      return;
    std::vector<absl::string_view> parts;
    for (int64_t seq = sent.first; seq <= sent.last; ++seq) parts.push_back(rows[seq - 1].bytes);
    Must(message.body == EncodeRun(parts), "sends other bytes than the store holds");
    Must(message.events == parts.size(), "counts its events wrong");
    Must(parts.size() <= kMaxRunEvents && message.body.size() <= kMaxRunBytes, "packs too much");
    Must(message.routing_key == absl::StrCat(sent.lane.first, ".type", sent.first), "wrong key");
  }

  void Confirm(size_t index, bool multiple, bool accepted) {
    if (index >= broker_.size() || (broker_[index].forgotten && !multiple)) return;
    const uint64_t tag = broker_[index].tag;
    const size_t begin = multiple ? 0 : index;
    for (size_t i = begin; i <= index; ++i) {
      const Sent& sent = broker_[i];
      if (!accepted) Failed(sent);
      if (!accepted || sent.returned) continue;
      for (int64_t seq = sent.first; seq <= sent.last; ++seq) accepted_[sent.lane].insert(seq);
    }
    broker_.erase(broker_.begin() + static_cast<ptrdiff_t>(begin),
                  broker_.begin() + static_cast<ptrdiff_t>(index) + 1);
    if (accepted) {
      window_.OnAck(tag, multiple, now_);
    } else {
      window_.OnNack(tag, multiple, now_);
    }
    CheckConfirmed();
  }

  // What becomes of an attempt that was given up before does not count.
  void Failed(const Sent& sent) {
    int& attempt = attempt_[sent.lane];
    if (sent.attempt != attempt) return;
    ++attempt;
    failed_at_[sent.lane] = now_;
  }

  void CheckConfirmed() {
    for (const PublishWindow::Confirmed& lane : window_.TakeConfirmed()) {
      int64_t& confirmed = confirmed_[{lane.stream, lane.epoch}];
      Must(lane.through > confirmed, "confirmed does not rise");
      const std::set<int64_t>& accepted = accepted_[{lane.stream, lane.epoch}];
      for (int64_t seq = confirmed + 1; seq <= lane.through; ++seq) {
        Must(accepted.count(seq) == 1, "confirms what was never accepted");
      }
      confirmed = lane.through;
    }
  }

  void CheckWindow() {
    Must(window_.messages_in_flight() <= limits_.max_messages, "too many messages in flight");
    Must(window_.bytes_in_flight() <= limits_.max_bytes || window_.messages_in_flight() == 1,
         "too many bytes in flight");
  }

  const PublishWindow::Limits limits_;
  PublishWindow window_;
  std::string failure_;
  absl::Duration now_ = absl::Hours(1);
  uint64_t next_tag_ = 1;
  std::map<Lane, std::vector<OutgoingEvent>> store_;
  std::map<Lane, std::set<int64_t>> accepted_;
  std::map<Lane, int64_t> confirmed_;
  std::map<Lane, int64_t> expected_next_;
  std::map<Lane, absl::Duration> failed_at_;
  std::map<Lane, int> attempt_;
  std::vector<Sent> broker_;  // what the broker has not answered yet, in tag order
  std::vector<Sent> sent_;    // everything ever sent
};

}  // namespace xiufu::messaging
