#pragma once

#include <cstdint>
#include <string>

namespace xiufu::messaging {

// A committed outbox row on its way to the broker.
struct OutgoingEvent {
  std::string stream;
  int64_t epoch = 0;
  int64_t seq = 0;
  std::string type;
  std::string bytes;  // encoded Envelope
};

}  // namespace xiufu::messaging
