#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "absl/time/time.h"

namespace xiufu::messaging {

// Chance as an input: uniform in [0, 1). Called on the connection's own thread only.
using Jitter = std::function<double()>;

// The real one, seeded by the operating system.
Jitter RandomJitter();

// Where the broker is and who we are there.
struct BrokerOptions {
  std::string host = "127.0.0.1";
  uint16_t port = 5680;
  std::string vhost = "xiufu";
  std::string user;
  std::string password;
  std::string connection_name;  // what an operator sees in the management pages: "routing consumer"
  // Asked for; the lower of this and the broker's counts. Whole seconds, never zero.
  absl::Duration heartbeat = absl::Seconds(30);
  Jitter jitter = RandomJitter();
};

}  // namespace xiufu::messaging
