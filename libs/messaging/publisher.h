#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/messaging/broker_options.h"
#include "libs/messaging/outgoing_event.h"
#include "libs/messaging/watchdog.h"

namespace xiufu::messaging {

// Where events that are no longer in memory are read again. Called on the publisher's thread.
class OutboxSource {
 public:
  virtual ~OutboxSource() = default;
  // Up to max_events rows of (stream, epoch) from from_seq on, in seq order. A first row above
  // from_seq means that the ones before it were released by retention, so that every consumer has
  // them.
  virtual absl::StatusOr<std::vector<OutgoingEvent>> ReadOutbox(const std::string& stream,
                                                                int64_t epoch, int64_t from_seq,
                                                                size_t max_events) = 0;
};

// Sends committed outbox rows to the exchange, per stream in order, and says how far the broker has
// confirmed them. Own thread, own connection, own channel. What waits is packed into runs; a lonely
// event goes alone at once. A return, nack or missing confirm backs off that stream alone.
class Publisher {
 public:
  // On the publisher's thread. Every event of (stream, epoch) up to through_seq is confirmed; only
  // ever rises.
  using OnConfirmed =
      absl::AnyInvocable<void(const std::string& stream, int64_t epoch, int64_t through_seq)>;

  struct Options {
    BrokerOptions broker;
    std::string exchange = "xiufu.events";
    size_t max_messages_in_flight = 128;
    size_t max_bytes_in_flight = 1024 * 1024;
    // Encoded events kept in memory until they are confirmed; past it they are read back through
    // the OutboxSource.
    size_t max_buffered_bytes = 16 * 1024 * 1024;
    absl::Duration confirm_timeout = absl::Seconds(30);
    absl::Duration min_backoff = absl::Milliseconds(500);
    absl::Duration max_backoff = absl::Seconds(30);
  };

  struct Stats {
    bool connected = false;
    bool blocked = false;  // the broker has an alarm and takes nothing
    size_t messages_in_flight = 0;
    size_t bytes_in_flight = 0;
    size_t buffered_bytes = 0;
    std::vector<std::string> backing_off;  // streams, sorted
    uint64_t connections = 0;              // made so far
    uint64_t messages = 0;                 // runs sent, repeats included
    uint64_t events = 0;                   // events in them
    uint64_t confirmed_events = 0;
    uint64_t returns = 0;
    uint64_t nacks = 0;
    uint64_t timeouts = 0;    // confirms that did not come in time
    uint64_t read_backs = 0;  // calls of ReadOutbox
    uint64_t unsendable = 0;  // events too large for a message: their stream stands still
    uint64_t writes = 0;      // write(2) calls
  };

  Publisher(Options options, const Clock* clock, Watchdog* watchdog, OutboxSource* source,
            OnConfirmed on_confirmed);
  ~Publisher();  // closes
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  // Any thread, before any Offer for that (stream, epoch): what the store says at start. Events in
  // (sent_through, head] are read through the OutboxSource. A stream never tracked starts at seq 1.
  // Of several epochs of one stream a later one waits until the earlier one is confirmed to its
  // head.
  void Track(const std::string& stream, int64_t epoch, int64_t sent_through, int64_t head);
  // Any thread, right after the commit, in seq order per stream. Never blocks.
  void Offer(std::vector<OutgoingEvent> committed);
  // Starts the thread; does not wait for the broker.
  absl::Status Start();
  // Waits until everything offered and tracked is confirmed and its OnConfirmed has returned; false
  // when the time was not enough. Any thread but the publisher's.
  bool Drain(absl::Duration timeout);
  // Any thread but the publisher's. Unconfirmed events stay in the store. Idempotent.
  void Close();
  Stats GetStats() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace xiufu::messaging
