#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace xiufu::messaging {

// The AMQP methods that are on the wire once a channel is set up, in both directions (the tests
// play the broker).

struct ConnectionClose {
  uint16_t code = 200;
  std::string text;
  uint16_t class_id = 0;
  uint16_t method_id = 0;
};
struct ConnectionCloseOk {};
struct ConnectionBlocked {
  std::string reason;
};
struct ConnectionUnblocked {};
struct ChannelClose {
  uint16_t code = 200;
  std::string text;
  uint16_t class_id = 0;
  uint16_t method_id = 0;
};
struct ChannelCloseOk {};
struct BasicConsume {  // with manual acknowledgement, not exclusive, waiting for ConsumeOk
  std::string queue;
  std::string consumer_tag;
};
struct BasicConsumeOk {
  std::string consumer_tag;
};
struct BasicCancel {
  std::string consumer_tag;
  bool no_wait = true;
};
struct BasicPublish {
  std::string exchange;
  std::string routing_key;
  bool mandatory = true;
};
struct BasicReturn {
  uint16_t code = 312;
  std::string text;
  std::string exchange;
  std::string routing_key;
};
struct BasicDeliver {
  std::string consumer_tag;
  uint64_t delivery_tag = 0;
  bool redelivered = false;
  std::string exchange;
  std::string routing_key;
};
struct BasicAck {
  uint64_t delivery_tag = 0;
  bool multiple = false;
};
struct BasicNack {
  uint64_t delivery_tag = 0;
  bool multiple = false;
  bool requeue = false;
};
// Whatever else: read, never written.
struct UnknownMethod {
  uint16_t class_id = 0;
  uint16_t method_id = 0;
};

using Method =
    std::variant<UnknownMethod, ConnectionClose, ConnectionCloseOk, ConnectionBlocked,
                 ConnectionUnblocked, ChannelClose, ChannelCloseOk, BasicConsume, BasicConsumeOk,
                 BasicCancel, BasicPublish, BasicReturn, BasicDeliver, BasicAck, BasicNack>;

// INVALID_ARGUMENT when the payload of a method frame is cut short.
absl::StatusOr<Method> ParseMethod(absl::string_view payload);
// A whole method frame.
void AppendMethod(uint16_t channel, const Method& method, std::string* out);

}  // namespace xiufu::messaging
