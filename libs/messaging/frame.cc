#include "libs/messaging/frame.h"

#include <cstring>

#include "absl/strings/str_cat.h"
#include "libs/messaging/wire.h"

namespace xiufu::messaging {
namespace {

constexpr size_t kPrefix = 7;
constexpr char kFrameEnd = '\xCE';

bool IsFrameType(uint8_t type) {
  switch (static_cast<FrameType>(type)) {
    case FrameType::kMethod:
    case FrameType::kHeader:
    case FrameType::kBody:
    case FrameType::kHeartbeat:
      return true;
  }
  return false;
}

}  // namespace

void AppendFrame(const Frame& frame, std::string* out) {
  WireWriter writer(out);
  writer.U8(static_cast<uint8_t>(frame.type));
  writer.U16(frame.channel);
  writer.LongString(frame.payload);
  out->push_back(kFrameEnd);
}

void AppendHeartbeat(std::string* out) { AppendFrame({FrameType::kHeartbeat, 0, ""}, out); }

absl::Span<char> FrameReader::Space(size_t size) {
  if (begin_ > 0) {
    memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (buffer_.size() < end_ + size) buffer_.resize(end_ + size);
  return absl::MakeSpan(buffer_.data() + end_, size);
}

absl::StatusOr<std::optional<Frame>> FrameReader::Next() {
  const absl::string_view bytes(buffer_.data() + begin_, end_ - begin_);
  if (bytes.size() < kPrefix) return std::nullopt;
  WireReader reader(bytes);
  const uint8_t type = reader.U8();
  const uint16_t channel = reader.U16();
  const uint32_t size = reader.U32();
  if (!IsFrameType(type)) return absl::InvalidArgumentError(absl::StrCat("frame type ", type));
  if (size > frame_max_ - kFrameOverhead) {
    return absl::InvalidArgumentError(absl::StrCat("a frame of ", size, " bytes"));
  }
  if (bytes.size() < size + kFrameOverhead) return std::nullopt;
  if (bytes[kPrefix + size] != kFrameEnd) return absl::InvalidArgumentError("no frame end");
  begin_ += size + kFrameOverhead;
  return Frame{static_cast<FrameType>(type), channel, bytes.substr(kPrefix, size)};
}

}  // namespace xiufu::messaging
