#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "libs/base/clock.h"
#include "libs/messaging/broker_options.h"
#include "libs/messaging/watchdog.h"

namespace xiufu::messaging {

// A message as it came. `generation` names the connection it came on: a tag means nothing on
// another one.
struct Delivery {
  uint64_t generation = 0;
  uint64_t tag = 0;
  bool redelivered = false;
  std::string routing_key;
  std::string body;        // empty when oversized
  bool oversized = false;  // larger than max_body: read and thrown away, only its size is known
  uint64_t body_size = 0;
};

// All methods are called on the consumer's thread. While one runs no heartbeat is served, so none
// may block for long. The sink must not call StopDelivery or Close from inside.
class DeliverySink {
 public:
  virtual ~DeliverySink() = default;
  // Everything that one round of reading brought, in queue order; never empty.
  virtual void OnDeliveries(std::vector<Delivery> batch) = 0;
  // Subscribed, on a new connection: every unacknowledged delivery of the one before will come
  // again.
  virtual void OnConnected() = 0;
  // A connection ended, or an attempt at one failed. The consumer goes on trying by itself.
  // NOT_FOUND when the queue is missing or was deleted, UNAUTHENTICATED / PERMISSION_DENIED when
  // the broker refused us, else UNAVAILABLE.
  virtual void OnLost(const absl::Status& why) = 0;
};

// Subscribes to one queue with its own thread, connection and channel, and keeps doing so until
// closed: after every loss it connects anew with full-jitter back-off (0.1 to 2 s).
class Consumer {
 public:
  struct Options {
    BrokerOptions broker;
    std::string queue;
    uint16_t prefetch = 256;        // unacknowledged deliveries at most
    size_t max_body = 1024 * 1024;  // bytes; larger bodies are reported as oversized
  };
  struct Stats {
    bool connected = false;
    uint64_t generation = 0;  // connections made so far
    uint64_t deliveries = 0;
    uint64_t batches = 0;
    uint64_t acks = 0;    // basic.ack frames, each for any number of deliveries
    uint64_t writes = 0;  // write(2) calls
  };

  Consumer(Options options, const Clock* clock, Watchdog* watchdog, DeliverySink* sink);
  ~Consumer();  // closes
  Consumer(const Consumer&) = delete;
  Consumer& operator=(const Consumer&) = delete;

  // Starts the thread; does not wait for the broker. FAILED_PRECONDITION when called twice,
  // INVALID_ARGUMENT for options that cannot work.
  absl::Status Start();
  // Any thread. Acknowledges everything up to `tag` of that connection; ignored when the connection
  // is gone.
  void Ack(uint64_t generation, uint64_t tag);
  // Any thread but the consumer's. When it returns no OnDeliveries runs or will run;
  // acknowledgements still go out.
  void StopDelivery();
  // Any thread but the consumer's. Asks for what Close() does, without waiting for it.
  void BeginClose();
  // Any thread but the consumer's. Sends what is acknowledged, closes, ends the thread. Idempotent.
  void Close();
  Stats GetStats() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace xiufu::messaging
