#include "libs/messaging/content.h"

#include <utility>

#include "libs/messaging/frame.h"
#include "libs/messaging/wire.h"

namespace xiufu::messaging {
namespace {

constexpr uint16_t kBasicClass = 60;

// Property flags, in the order in which the values follow.
constexpr uint16_t kContentType = 1 << 15;
constexpr uint16_t kContentEncoding = 1 << 14;
constexpr uint16_t kHeaders = 1 << 13;
constexpr uint16_t kDeliveryMode = 1 << 12;
constexpr uint16_t kPriority = 1 << 11;
constexpr uint16_t kCorrelationId = 1 << 10;
constexpr uint16_t kReplyTo = 1 << 9;
constexpr uint16_t kExpiration = 1 << 8;
constexpr uint16_t kMessageId = 1 << 7;
constexpr uint16_t kTimestamp = 1 << 6;
constexpr uint16_t kType = 1 << 5;
constexpr uint16_t kUserId = 1 << 4;
constexpr uint16_t kMoreFlags = 1 << 0;

Properties ReadProperties(uint16_t flags, WireReader& in) {
  Properties properties;
  if (flags & kContentType) properties.content_type = std::string(in.ShortString());
  if (flags & kContentEncoding) in.ShortString();
  if (flags & kHeaders) in.LongString();  // a table, skipped by its length and never decoded
  if (flags & kDeliveryMode) properties.delivery_mode = in.U8();
  if (flags & kPriority) in.U8();
  if (flags & kCorrelationId) properties.correlation_id = std::string(in.ShortString());
  if (flags & kReplyTo) in.ShortString();
  if (flags & kExpiration) in.ShortString();
  if (flags & kMessageId) properties.message_id = std::string(in.ShortString());
  if (flags & kTimestamp) in.U64();
  if (flags & kType) in.ShortString();
  if (flags & kUserId) properties.user_id = std::string(in.ShortString());
  return properties;  // app-id and cluster-id come last and are not needed
}

uint16_t FlagsOf(const Properties& properties) {
  uint16_t flags = 0;
  if (!properties.content_type.empty()) flags |= kContentType;
  if (properties.delivery_mode != 0) flags |= kDeliveryMode;
  if (!properties.correlation_id.empty()) flags |= kCorrelationId;
  if (!properties.message_id.empty()) flags |= kMessageId;
  if (!properties.user_id.empty()) flags |= kUserId;
  return flags;
}

std::string EncodeHeader(const Properties& properties, uint64_t body_size) {
  std::string payload;
  WireWriter out(&payload);
  out.U16(kBasicClass);
  out.U16(0);  // weight
  out.U64(body_size);
  const uint16_t flags = FlagsOf(properties);
  out.U16(flags);
  if (flags & kContentType) out.ShortString(properties.content_type);
  if (flags & kDeliveryMode) out.U8(properties.delivery_mode);
  if (flags & kCorrelationId) out.ShortString(properties.correlation_id);
  if (flags & kMessageId) out.ShortString(properties.message_id);
  if (flags & kUserId) out.ShortString(properties.user_id);
  return payload;
}

}  // namespace

absl::StatusOr<ContentHeader> ParseContentHeader(absl::string_view payload) {
  WireReader in(payload);
  const uint16_t class_id = in.U16();
  in.U16();  // weight
  ContentHeader header;
  header.body_size = in.U64();
  const uint16_t flags = in.U16();
  if (class_id != kBasicClass || (flags & kMoreFlags) != 0) {
    return absl::InvalidArgumentError("not a content header of class basic");
  }
  header.properties = ReadProperties(flags, in);
  if (!in.ok()) return absl::InvalidArgumentError("a content header is cut short");
  return header;
}

void AppendContent(uint16_t channel, const Properties& properties, absl::string_view body,
                   uint32_t frame_max, std::string* out) {
  AppendFrame({FrameType::kHeader, channel, EncodeHeader(properties, body.size())}, out);
  const size_t step = frame_max - kFrameOverhead;
  for (size_t at = 0; at < body.size(); at += step) {
    AppendFrame({FrameType::kBody, channel, body.substr(at, step)}, out);
  }
}

absl::Status ContentAssembler::Begin() {
  if (active()) return absl::InvalidArgumentError("a method in the middle of a content");
  state_ = State::kHeader;
  received_ = 0;
  content_ = Content();
  return absl::OkStatus();
}

absl::Status ContentAssembler::OnHeader(absl::string_view payload) {
  if (state_ != State::kHeader) return absl::InvalidArgumentError("a content header out of place");
  absl::StatusOr<ContentHeader> header = ParseContentHeader(payload);
  if (!header.ok()) return header.status();
  state_ = State::kBody;
  content_.properties = std::move(header->properties);
  content_.body_size = header->body_size;
  content_.oversized = header->body_size > max_body_;
  if (!content_.oversized) content_.body.reserve(header->body_size);
  return absl::OkStatus();
}

absl::Status ContentAssembler::OnBody(absl::string_view payload) {
  if (state_ != State::kBody || payload.size() > content_.body_size - received_) {
    return absl::InvalidArgumentError("a content body out of place");
  }
  received_ += payload.size();
  if (!content_.oversized) content_.body.append(payload.data(), payload.size());
  return absl::OkStatus();
}

Content ContentAssembler::Take() {
  state_ = State::kIdle;
  return std::exchange(content_, Content());
}

}  // namespace xiufu::messaging
