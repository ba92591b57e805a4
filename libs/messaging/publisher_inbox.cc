#include "libs/messaging/publisher_inbox.h"

#include <algorithm>

namespace xiufu::messaging {

void PublisherInbox::Offer(std::vector<OutgoingEvent> events, size_t held) {
  for (OutgoingEvent& event : events) {
    if (held + bytes_ + event.bytes.size() > max_bytes_) {
      int64_t& head = content_.heads[{event.stream, event.epoch}];
      head = std::max(head, event.seq);
      continue;
    }
    bytes_ += event.bytes.size() + sizeof(OutgoingEvent);
    content_.events.push_back(std::move(event));
  }
}

PublisherInbox::Content PublisherInbox::Take() {
  bytes_ = 0;
  return std::exchange(content_, Content());
}

}  // namespace xiufu::messaging
