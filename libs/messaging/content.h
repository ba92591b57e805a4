#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace xiufu::messaging {

// The properties that this library writes and reads; of what others set, the rest is skipped. They
// carry no meaning for consumers: everything that matters is in the body.
struct Properties {
  std::string content_type;
  uint8_t delivery_mode = 0;
  std::string correlation_id;  // the publisher's own delivery tag, so that a return names exactly
                               // one attempt
  std::string message_id;
  std::string user_id;  // the broker checks it against who is logged in
};

struct ContentHeader {
  uint64_t body_size = 0;
  Properties properties;
};

// INVALID_ARGUMENT when the payload of a header frame is no header of class basic.
absl::StatusOr<ContentHeader> ParseContentHeader(absl::string_view payload);
// The header frame and as many body frames as frame_max asks for.
void AppendContent(uint16_t channel, const Properties& properties, absl::string_view body,
                   uint32_t frame_max, std::string* out);

// What follows a deliver or return method.
struct Content {
  Properties properties;
  std::string body;  // empty when oversized
  bool oversized = false;
  uint64_t body_size = 0;
};

// Puts one content together from its header and body frames. A body above the cap is counted, not
// kept: no announced size makes us allocate.
class ContentAssembler {
 public:
  explicit ContentAssembler(size_t max_body) : max_body_(max_body) {}

  // A method that has content came. INVALID_ARGUMENT in the middle of another content.
  absl::Status Begin();
  absl::Status OnHeader(absl::string_view payload);
  absl::Status OnBody(absl::string_view payload);
  bool active() const { return state_ != State::kIdle; }
  bool complete() const { return state_ == State::kBody && received_ == content_.body_size; }
  // When complete; the next content can then begin.
  Content Take();

 private:
  enum class State { kIdle, kHeader, kBody };

  const size_t max_body_;
  State state_ = State::kIdle;
  uint64_t received_ = 0;
  Content content_;
};

}  // namespace xiufu::messaging
