#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/messaging/broker_options.h"
#include "libs/messaging/interrupt.h"
#include "libs/messaging/watchdog.h"

namespace xiufu::messaging {

constexpr uint16_t kChannel = 1;  // the only one of a connection: one channel, one thread

// Owns a descriptor.
class UniqueFd {
 public:
  explicit UniqueFd(int fd = -1) : fd_(fd) {}
  ~UniqueFd();
  UniqueFd(UniqueFd&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  UniqueFd& operator=(UniqueFd&&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

// A logged-in connection with one open channel, from which the library has let go: a non-blocking
// socket on which nothing has been read ahead.
struct BrokerChannel {
  UniqueFd fd;
  absl::Duration heartbeat;  // as negotiated
  uint32_t frame_max = 0;    // as negotiated
};

// What the channel is for: a prefetch limit for a consumer, confirms for a publisher.
struct ChannelPurpose {
  uint16_t prefetch = 0;  // 0: not set
  bool confirms = false;
};

// Connects, logs in and opens the channel with librabbitmq, then takes the socket over. Blocks, at
// most 10 s per step; `interrupt` ends it early. UNAUTHENTICATED / PERMISSION_DENIED when the
// broker refuses us, else UNAVAILABLE.
absl::StatusOr<BrokerChannel> OpenBrokerChannel(const BrokerOptions& options,
                                                const ChannelPurpose& purpose, Watchdog* watchdog,
                                                Interrupt* interrupt);

// The status for the code and text of a channel.close or connection.close.
absl::Status StatusOfClose(uint16_t code, absl::string_view text);

}  // namespace xiufu::messaging
