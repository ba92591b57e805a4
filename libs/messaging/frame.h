#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace xiufu::messaging {

// AMQP 0-9-1 frames: type, channel, size, payload, end octet.
enum class FrameType : uint8_t { kMethod = 1, kHeader = 2, kBody = 3, kHeartbeat = 8 };

constexpr size_t kFrameOverhead = 8;  // 7 bytes before the payload, 1 after it

struct Frame {
  FrameType type = FrameType::kHeartbeat;
  uint16_t channel = 0;
  absl::string_view payload;
};

void AppendFrame(const Frame& frame, std::string* out);
void AppendHeartbeat(std::string* out);

// Cuts the bytes of a connection into frames. Memory is bounded by the space asked for plus one
// frame.
class FrameReader {
 public:
  // frame_max: the negotiated size of a whole frame.
  explicit FrameReader(uint32_t frame_max) : frame_max_(frame_max) {}

  // Where to read `size` more bytes into; then Commit what was read. Ends the life of returned
  // payloads.
  absl::Span<char> Space(size_t size);
  void Commit(size_t size) { end_ += size; }

  // The next whole frame; nullopt when more bytes are needed. INVALID_ARGUMENT when this is no
  // AMQP: the connection must be dropped. The payload lives until Space().
  absl::StatusOr<std::optional<Frame>> Next();

 private:
  const uint32_t frame_max_;
  std::string buffer_;
  size_t begin_ = 0;  // of the bytes not yet returned
  size_t end_ = 0;
};

}  // namespace xiufu::messaging
