#include "libs/messaging/method.h"

#include "absl/strings/str_cat.h"
#include "libs/messaging/frame.h"
#include "libs/messaging/wire.h"

namespace xiufu::messaging {
namespace {

constexpr uint32_t MethodId(uint16_t class_id, uint16_t method_id) {
  return static_cast<uint32_t>(class_id) << 16 | method_id;
}

constexpr uint32_t kConnectionClose = MethodId(10, 50);
constexpr uint32_t kConnectionCloseOk = MethodId(10, 51);
constexpr uint32_t kConnectionBlocked = MethodId(10, 60);
constexpr uint32_t kConnectionUnblocked = MethodId(10, 61);
constexpr uint32_t kChannelClose = MethodId(20, 40);
constexpr uint32_t kChannelCloseOk = MethodId(20, 41);
constexpr uint32_t kBasicConsume = MethodId(60, 20);
constexpr uint32_t kBasicConsumeOk = MethodId(60, 21);
constexpr uint32_t kBasicCancel = MethodId(60, 30);
constexpr uint32_t kBasicPublish = MethodId(60, 40);
constexpr uint32_t kBasicReturn = MethodId(60, 50);
constexpr uint32_t kBasicDeliver = MethodId(60, 60);
constexpr uint32_t kBasicAck = MethodId(60, 80);
constexpr uint32_t kBasicNack = MethodId(60, 120);

constexpr uint8_t kMandatory = 1 << 0;

template <typename Close>
Close ReadClose(WireReader& in) {
  Close close;
  close.code = in.U16();
  close.text = std::string(in.ShortString());
  close.class_id = in.U16();
  close.method_id = in.U16();
  return close;
}

BasicConsume ReadConsume(WireReader& in) {
  in.U16();  // reserved
  BasicConsume consume;
  consume.queue = std::string(in.ShortString());
  consume.consumer_tag = std::string(in.ShortString());
  return consume;
}

BasicCancel ReadCancel(WireReader& in) {
  BasicCancel cancel;
  cancel.consumer_tag = std::string(in.ShortString());
  cancel.no_wait = (in.U8() & 1) != 0;
  return cancel;
}

BasicPublish ReadPublish(WireReader& in) {
  in.U16();  // reserved
  BasicPublish publish;
  publish.exchange = std::string(in.ShortString());
  publish.routing_key = std::string(in.ShortString());
  publish.mandatory = (in.U8() & kMandatory) != 0;
  return publish;
}

BasicReturn ReadReturn(WireReader& in) {
  BasicReturn returned;
  returned.code = in.U16();
  returned.text = std::string(in.ShortString());
  returned.exchange = std::string(in.ShortString());
  returned.routing_key = std::string(in.ShortString());
  return returned;
}

BasicDeliver ReadDeliver(WireReader& in) {
  BasicDeliver deliver;
  deliver.consumer_tag = std::string(in.ShortString());
  deliver.delivery_tag = in.U64();
  deliver.redelivered = (in.U8() & 1) != 0;
  deliver.exchange = std::string(in.ShortString());
  deliver.routing_key = std::string(in.ShortString());
  return deliver;
}

BasicAck ReadAck(WireReader& in) {
  BasicAck ack;
  ack.delivery_tag = in.U64();
  ack.multiple = (in.U8() & 1) != 0;
  return ack;
}

BasicNack ReadNack(WireReader& in) {
  BasicNack nack;
  nack.delivery_tag = in.U64();
  const uint8_t bits = in.U8();
  nack.multiple = (bits & 1) != 0;
  nack.requeue = (bits & 2) != 0;
  return nack;
}

Method ReadMethod(uint32_t id, WireReader& in) {
  switch (id) {
    case kConnectionClose:
      return ReadClose<ConnectionClose>(in);
    case kConnectionCloseOk:
      return ConnectionCloseOk{};
    case kConnectionBlocked:
      return ConnectionBlocked{std::string(in.ShortString())};
    case kConnectionUnblocked:
      return ConnectionUnblocked{};
    case kChannelClose:
      return ReadClose<ChannelClose>(in);
    case kChannelCloseOk:
      return ChannelCloseOk{};
    case kBasicConsume:
      return ReadConsume(in);
    case kBasicConsumeOk:
      return BasicConsumeOk{std::string(in.ShortString())};
    case kBasicCancel:
      return ReadCancel(in);
    case kBasicPublish:
      return ReadPublish(in);
    case kBasicReturn:
      return ReadReturn(in);
    case kBasicDeliver:
      return ReadDeliver(in);
    case kBasicAck:
      return ReadAck(in);
    case kBasicNack:
      return ReadNack(in);
    default:
      return UnknownMethod{static_cast<uint16_t>(id >> 16), static_cast<uint16_t>(id)};
  }
}

// Writes a method's id and arguments.
class ArgumentWriter {
 public:
  explicit ArgumentWriter(std::string* out) : out_(out) {}

  void operator()(const UnknownMethod& m) { out_.U32(MethodId(m.class_id, m.method_id)); }
  void operator()(const ConnectionClose& m) { Close(kConnectionClose, m); }
  void operator()(const ConnectionCloseOk&) { out_.U32(kConnectionCloseOk); }
  void operator()(const ConnectionBlocked& m) {
    out_.U32(kConnectionBlocked);
    out_.ShortString(m.reason);
  }
  void operator()(const ConnectionUnblocked&) { out_.U32(kConnectionUnblocked); }
  void operator()(const ChannelClose& m) { Close(kChannelClose, m); }
  void operator()(const ChannelCloseOk&) { out_.U32(kChannelCloseOk); }
  void operator()(const BasicConsume& m) {
    out_.U32(kBasicConsume);
    out_.U16(0);
    out_.ShortString(m.queue);
    out_.ShortString(m.consumer_tag);
    out_.U8(0);   // no-local, no-ack, exclusive, no-wait: none
    out_.U32(0);  // no arguments
  }
  void operator()(const BasicConsumeOk& m) {
    out_.U32(kBasicConsumeOk);
    out_.ShortString(m.consumer_tag);
  }
  void operator()(const BasicCancel& m) {
    out_.U32(kBasicCancel);
    out_.ShortString(m.consumer_tag);
    out_.U8(m.no_wait ? 1 : 0);
  }
  void operator()(const BasicPublish& m) {
    out_.U32(kBasicPublish);
    out_.U16(0);
    out_.ShortString(m.exchange);
    out_.ShortString(m.routing_key);
    out_.U8(m.mandatory ? kMandatory : 0);
  }
  void operator()(const BasicReturn& m) {
    out_.U32(kBasicReturn);
    out_.U16(m.code);
    out_.ShortString(m.text);
    out_.ShortString(m.exchange);
    out_.ShortString(m.routing_key);
  }
  void operator()(const BasicDeliver& m) {
    out_.U32(kBasicDeliver);
    out_.ShortString(m.consumer_tag);
    out_.U64(m.delivery_tag);
    out_.U8(m.redelivered ? 1 : 0);
    out_.ShortString(m.exchange);
    out_.ShortString(m.routing_key);
  }
  void operator()(const BasicAck& m) {
    out_.U32(kBasicAck);
    out_.U64(m.delivery_tag);
    out_.U8(m.multiple ? 1 : 0);
  }
  void operator()(const BasicNack& m) {
    out_.U32(kBasicNack);
    out_.U64(m.delivery_tag);
    out_.U8(static_cast<uint8_t>((m.multiple ? 1 : 0) | (m.requeue ? 2 : 0)));
  }

 private:
  template <typename M>
  void Close(uint32_t id, const M& m) {
    out_.U32(id);
    out_.U16(m.code);
    out_.ShortString(m.text);
    out_.U16(m.class_id);
    out_.U16(m.method_id);
  }

  WireWriter out_;
};

}  // namespace

absl::StatusOr<Method> ParseMethod(absl::string_view payload) {
  WireReader in(payload);
  const uint32_t id = in.U32();
  Method method = ReadMethod(id, in);
  if (!in.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("method ", id >> 16, ".", id & 0xFFFF, " is cut short"));
  }
  return method;
}

void AppendMethod(uint16_t channel, const Method& method, std::string* out) {
  std::string payload;
  std::visit(ArgumentWriter(&payload), method);
  AppendFrame({FrameType::kMethod, channel, payload}, out);
}

}  // namespace xiufu::messaging
