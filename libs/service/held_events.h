#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "libs/messaging/envelope.h"

namespace xiufu::service {

// Events that came before their predecessors. Bounded: what does not fit is read from the producer
// again. Used on the writer only.
class HeldEvents {
 public:
  explicit HeldEvents(size_t limit) : limit_(limit) {}

  void Hold(messaging::EncodedEvent event) {
    if (held_.size() >= limit_) return;
    Key key{event.envelope.stream, event.envelope.epoch, event.envelope.seq};
    held_.emplace(std::move(key), std::move(event));
  }

  // Takes the event with this number out, if it is held.
  std::optional<messaging::EncodedEvent> Take(const std::string& stream, int64_t epoch,
                                              int64_t seq) {
    if (held_.empty()) return std::nullopt;
    auto it = held_.find(Key{stream, epoch, seq});
    if (it == held_.end()) return std::nullopt;
    messaging::EncodedEvent event = std::move(it->second);
    held_.erase(it);
    return event;
  }

 private:
  using Key = std::tuple<std::string, int64_t, int64_t>;
  const size_t limit_;
  std::map<Key, messaging::EncodedEvent> held_;
};

}  // namespace xiufu::service
