#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "libs/messaging/outgoing_event.h"

namespace xiufu::messaging {

// What other threads have given to the publisher and it has not taken yet. Bounded: past the limit
// only the heads of streams are kept, and the events are read back from the store. Not thread-safe.
class PublisherInbox {
 public:
  struct Tracked {
    std::string stream;
    int64_t epoch = 0;
    int64_t sent_through = 0;
    int64_t head = 0;
  };
  struct Content {
    std::vector<Tracked> tracks;
    std::vector<OutgoingEvent> events;
    std::map<std::pair<std::string, int64_t>, int64_t> heads;
  };

  explicit PublisherInbox(size_t max_bytes) : max_bytes_(max_bytes) {}

  void Track(Tracked tracked) { content_.tracks.push_back(std::move(tracked)); }
  // `held`: bytes that the publisher has already.
  void Offer(std::vector<OutgoingEvent> events, size_t held);
  Content Take();

 private:
  const size_t max_bytes_;
  size_t bytes_ = 0;
  Content content_;
};

}  // namespace xiufu::messaging
