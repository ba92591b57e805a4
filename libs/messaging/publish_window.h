#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/messaging/broker_options.h"
#include "libs/messaging/outgoing_event.h"
#include "libs/messaging/publish_lane.h"

namespace xiufu::messaging {

// What the publisher decides, without a socket or a clock: which run goes out next, what a confirm,
// nack, return or silence means for its stream, and what must be read back from the store. Times
// are monotonic and passed in.
//
// Each (stream, epoch) is a lane with two cursors: everything up to `confirmed` is with the broker,
// `next` is the first event not in flight. A failure moves `next` back to confirmed + 1 and lets
// that lane alone wait.
class PublishWindow {
 public:
  struct Limits {
    size_t max_messages = 128;
    size_t max_bytes = 1024 * 1024;
    size_t max_buffered_bytes = 16 * 1024 * 1024;
    absl::Duration confirm_timeout = absl::Seconds(30);
    absl::Duration min_backoff = absl::Milliseconds(500);
    absl::Duration max_backoff = absl::Seconds(30);
  };
  // A run that is in flight from now on under `tag`, which rises by one from 1 on each connection.
  struct Message {
    uint64_t tag = 0;
    std::string routing_key;  // <stream>.<type of the first event>
    std::string message_id;   // <stream>/<epoch>/<first>-<last>
    std::string body;
    size_t events = 0;
  };
  struct ReadRequest {
    std::string stream;
    int64_t epoch = 0;
    int64_t from_seq = 0;
  };
  struct Confirmed {
    std::string stream;
    int64_t epoch = 0;
    int64_t through = 0;
  };
  struct Counters {
    uint64_t confirmed_events = 0;
    uint64_t returns = 0;
    uint64_t nacks = 0;
    uint64_t timeouts = 0;
    uint64_t unsendable = 0;
  };

  PublishWindow(const Limits& limits, Jitter jitter);

  void Track(const std::string& stream, int64_t epoch, int64_t sent_through, int64_t head);
  void Offer(OutgoingEvent event);
  // There are events up to `head`, which are not at hand.
  void RaiseHead(const std::string& stream, int64_t epoch, int64_t head);

  // The next run, or none: nothing to send, or the window is full.
  std::optional<Message> Next(absl::Duration now);
  // A lane that could send but has no events in memory; it is out of the line until Fill or
  // ReadFailed.
  std::optional<ReadRequest> NextRead(absl::Duration now);
  void Fill(const ReadRequest& request, std::vector<OutgoingEvent> events, absl::Duration now);
  void ReadFailed(const ReadRequest& request, absl::Duration now);

  void OnAck(uint64_t tag, bool multiple, absl::Duration now);
  void OnNack(uint64_t tag, bool multiple, absl::Duration now);
  void OnReturn(uint64_t tag, absl::Duration now);
  // Gives up confirms that are too old. While blocked their clock stands still.
  void ExpireConfirms(absl::Duration now);
  void SetBlocked(bool blocked, absl::Duration now);
  // A new connection: nothing is in flight on it, tags start at 1.
  void OnReconnect();

  // Lanes whose confirmed cursor has risen since the last call.
  std::vector<Confirmed> TakeConfirmed();
  // When Next or ExpireConfirms should be called again though nothing else happens.
  absl::Duration NextWake(absl::Duration now) const;

  bool AllConfirmed() const { return unconfirmed_lanes_.empty(); }
  size_t messages_in_flight() const { return messages_; }
  size_t bytes_in_flight() const { return bytes_; }
  size_t buffered_bytes() const { return buffered_bytes_; }
  const Counters& counters() const { return counters_; }
  std::vector<std::string> BackingOff(absl::Duration now) const;

 private:
  struct InFlight {
    PublishLane* lane = nullptr;
    uint32_t attempt = 0;
    int64_t first = 0;
    int64_t last = 0;
    size_t bytes = 0;
    absl::Duration sent_at;  // on the clock that stands still while blocked
    bool settled = false;
  };
  enum class Outcome { kAccepted, kRefused };

  PublishLane* LaneOf(const std::string& stream, int64_t epoch);
  PublishLane* Neighbour(PublishLane* lane, int step);
  bool MaySend(PublishLane* lane, absl::Duration now);
  void Enqueue(PublishLane* lane);
  void WakeBackedOff(absl::Duration now);
  void HeadChanged(PublishLane* lane);
  std::optional<Message> Launch(PublishLane* lane, absl::Duration now);
  void Settle(uint64_t tag, bool multiple, Outcome outcome, absl::Duration now);
  void SettleOne(InFlight* sent, Outcome outcome, absl::Duration now);
  void Release(InFlight* sent);
  void Accepted(const InFlight& sent);
  void ConfirmedRose(PublishLane* lane, int64_t before);
  void BackOff(PublishLane* lane, absl::Duration now);
  void DropSettled();
  absl::Duration ServiceTime(absl::Duration now) const;

  const Limits limits_;
  const Jitter jitter_;
  std::map<std::pair<std::string, int64_t>, std::unique_ptr<PublishLane>> lanes_;
  std::deque<PublishLane*> ready_;   // lanes that may have something to send; each at most once
  std::deque<PublishLane*> unread_;  // lanes that must be read back first
  std::set<std::pair<absl::Duration, PublishLane*>> backing_off_;
  std::set<PublishLane*> risen_;
  std::set<PublishLane*> unconfirmed_lanes_;

  std::deque<InFlight> in_flight_;
  uint64_t first_tag_ = 1;  // of in_flight_.front()
  size_t messages_ = 0;     // not yet settled
  size_t bytes_ = 0;
  size_t buffered_bytes_ = 0;
  std::optional<absl::Duration> blocked_since_;
  absl::Duration blocked_total_;
  Counters counters_;
};

}  // namespace xiufu::messaging
