#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "libs/messaging/content.h"
#include "libs/messaging/frame.h"
#include "libs/messaging/method.h"
#include "libs/messaging/wire.h"

namespace xiufu::messaging {
namespace {

constexpr uint32_t kFrameMax = 4096;

void FeedFrames(absl::string_view bytes, FrameReader* reader) {
  const absl::Span<char> space = reader->Space(bytes.size());
  memcpy(space.data(), bytes.data(), bytes.size());
  reader->Commit(bytes.size());
}

struct OwnedFrame {
  FrameType type;
  uint16_t channel;
  std::string payload;
  bool operator==(const OwnedFrame&) const = default;
};

// All whole frames that are there; a test failure when the bytes are no frames.
void DrainFrames(FrameReader* reader, std::vector<OwnedFrame>* frames) {
  while (true) {
    absl::StatusOr<std::optional<Frame>> frame = reader->Next();
    ASSERT_TRUE(frame.ok()) << frame.status();
    if (!frame->has_value()) return;
    frames->push_back({(*frame)->type, (*frame)->channel, std::string((*frame)->payload)});
  }
}

// One of everything that a broker sends.
std::string BrokerSpeech() {
  std::string out;
  AppendHeartbeat(&out);
  AppendMethod(1, BasicConsumeOk{"tag"}, &out);
  AppendMethod(1, BasicDeliver{"tag", 7, true, "xiufu.events", "intake.submitted"}, &out);
  AppendContent(1, {"application/x-protobuf", 2, "7", "intake/1/1-1", "intake"},
                std::string(10000, 'b'), kFrameMax, &out);
  AppendMethod(1, BasicReturn{312, "NO_ROUTE", "xiufu.events", "intake.x"}, &out);
  AppendContent(1, {}, "", kFrameMax, &out);
  AppendMethod(1, BasicAck{9, true}, &out);
  AppendMethod(1, BasicNack{10, false, true}, &out);
  AppendMethod(0, ConnectionBlocked{"low on memory"}, &out);
  AppendMethod(0, ConnectionClose{320, "CONNECTION_FORCED", 0, 0}, &out);
  return out;
}

TEST(FrameReaderTest, SplitAtEveryByteGivesTheSameFrames) {
  const std::string speech = BrokerSpeech();
  FrameReader whole(kFrameMax);
  std::vector<OwnedFrame> expected;
  FeedFrames(speech, &whole);
  DrainFrames(&whole, &expected);
  ASSERT_EQ(expected.size(), 13u);
  for (size_t split = 0; split <= speech.size(); ++split) {
    FrameReader reader(kFrameMax);
    std::vector<OwnedFrame> frames;
    FeedFrames(absl::string_view(speech).substr(0, split), &reader);
    DrainFrames(&reader, &frames);
    FeedFrames(absl::string_view(speech).substr(split), &reader);
    DrainFrames(&reader, &frames);
    ASSERT_EQ(frames, expected) << "split at " << split;
  }
}

TEST(FrameReaderTest, ByteByByteGivesTheSameFrames) {
  const std::string speech = BrokerSpeech();
  FrameReader whole(kFrameMax), reader(kFrameMax);
  std::vector<OwnedFrame> expected, frames;
  FeedFrames(speech, &whole);
  DrainFrames(&whole, &expected);
  for (const char& byte : speech) {
    FeedFrames({&byte, 1}, &reader);
    DrainFrames(&reader, &frames);
  }
  EXPECT_EQ(frames, expected);
}

TEST(FrameReaderTest, RefusesWhatIsNoFrame) {
  std::string end, type, size;
  AppendHeartbeat(&end);
  type = end;
  end.back() = '\0';
  type[0] = 9;
  WireWriter writer(&size);
  writer.U8(3);
  writer.U16(1);
  writer.U32(kFrameMax - kFrameOverhead + 1);
  for (const std::string& bytes : {end, type, size}) {
    FrameReader reader(kFrameMax);
    FeedFrames(bytes, &reader);
    EXPECT_TRUE(absl::IsInvalidArgument(reader.Next().status()));
  }
}

TEST(FrameReaderTest, ALargestFramePasses) {
  std::string bytes;
  AppendFrame({FrameType::kBody, 1, std::string(kFrameMax - kFrameOverhead, 'x')}, &bytes);
  EXPECT_EQ(bytes.size(), kFrameMax);
  FrameReader reader(kFrameMax);
  FeedFrames(bytes, &reader);
  std::vector<OwnedFrame> frames;
  DrainFrames(&reader, &frames);
  EXPECT_EQ(frames.size(), 1u);
}

template <typename M>
M RoundTrip(const M& method) {
  std::string bytes;
  AppendMethod(1, method, &bytes);
  FrameReader reader(kFrameMax);
  FeedFrames(bytes, &reader);
  std::vector<OwnedFrame> frames;
  DrainFrames(&reader, &frames);
  absl::StatusOr<Method> parsed = ParseMethod(frames.at(0).payload);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return std::get<M>(*parsed);
}

TEST(MethodTest, RoundTrips) {
  EXPECT_EQ(RoundTrip(ConnectionClose{320, "forced", 60, 40}).code, 320);
  EXPECT_EQ(RoundTrip(ConnectionClose{320, "forced", 60, 40}).text, "forced");
  EXPECT_EQ(RoundTrip(ChannelClose{404, "no queue", 60, 20}).method_id, 20);
  EXPECT_EQ(RoundTrip(ConnectionBlocked{"low on disk"}).reason, "low on disk");
  RoundTrip(ConnectionUnblocked{});
  RoundTrip(ConnectionCloseOk{});
  RoundTrip(ChannelCloseOk{});
  EXPECT_EQ(RoundTrip(BasicConsume{"routing", "t-1"}).queue, "routing");
  EXPECT_EQ(RoundTrip(BasicConsume{"routing", "t-1"}).consumer_tag, "t-1");
  EXPECT_EQ(RoundTrip(BasicConsumeOk{"t-1"}).consumer_tag, "t-1");
  EXPECT_EQ(RoundTrip(BasicCancel{"t-1", true}).no_wait, true);
  const auto publish = RoundTrip(BasicPublish{"xiufu.events", "a.b", true});
  EXPECT_EQ(publish.exchange, "xiufu.events");
  EXPECT_EQ(publish.routing_key, "a.b");
  EXPECT_TRUE(publish.mandatory);
  const auto returned = RoundTrip(BasicReturn{312, "NO_ROUTE", "e", "k"});
  EXPECT_EQ(returned.code, 312);
  EXPECT_EQ(returned.routing_key, "k");
  const auto deliver = RoundTrip(BasicDeliver{"t", uint64_t{1} << 40, true, "e", "k"});
  EXPECT_EQ(deliver.delivery_tag, uint64_t{1} << 40);
  EXPECT_TRUE(deliver.redelivered);
  EXPECT_EQ(deliver.routing_key, "k");
  EXPECT_TRUE(RoundTrip(BasicAck{5, true}).multiple);
  const auto nack = RoundTrip(BasicNack{6, true, false});
  EXPECT_EQ(nack.delivery_tag, 6u);
  EXPECT_TRUE(nack.multiple);
  EXPECT_FALSE(nack.requeue);
  EXPECT_EQ(RoundTrip(UnknownMethod{90, 10}).class_id, 90);
}

TEST(MethodTest, EveryCutIsRefused) {
  std::string frame;
  AppendMethod(1, BasicDeliver{"tag", 7, true, "exchange", "key"}, &frame);
  const absl::string_view payload = absl::string_view(frame).substr(7, frame.size() - 8);
  ASSERT_TRUE(ParseMethod(payload).ok());
  for (size_t size = 0; size < payload.size(); ++size) {
    EXPECT_FALSE(ParseMethod(payload.substr(0, size)).ok()) << size;
  }
}

// Feeds the frames of one content.
absl::Status Assemble(absl::string_view bytes, ContentAssembler* assembler) {
  FrameReader reader(kFrameMax);
  FeedFrames(bytes, &reader);
  std::vector<OwnedFrame> frames;
  DrainFrames(&reader, &frames);
  for (const OwnedFrame& frame : frames) {
    absl::Status status = frame.type == FrameType::kHeader ? assembler->OnHeader(frame.payload)
                                                           : assembler->OnBody(frame.payload);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

TEST(ContentTest, RoundTripsAroundTheFrameSize) {
  const size_t piece = kFrameMax - kFrameOverhead;
  for (const size_t size : {size_t{0}, size_t{1}, piece - 1, piece, piece + 1, 3 * piece}) {
    std::string body(size, '\0');
    for (size_t i = 0; i < size; ++i) body[i] = static_cast<char>(i * 31);
    std::string bytes;
    AppendContent(1, {"type/x", 2, "12", "s/1/1-2", "intake"}, body, kFrameMax, &bytes);
    ContentAssembler assembler(1 << 20);
    ASSERT_TRUE(assembler.Begin().ok());
    ASSERT_TRUE(Assemble(bytes, &assembler).ok());
    ASSERT_TRUE(assembler.complete()) << size;
    const Content content = assembler.Take();
    EXPECT_EQ(content.body, body);
    EXPECT_EQ(content.body_size, size);
    EXPECT_FALSE(content.oversized);
    EXPECT_EQ(content.properties.content_type, "type/x");
    EXPECT_EQ(content.properties.delivery_mode, 2);
    EXPECT_EQ(content.properties.correlation_id, "12");
    EXPECT_EQ(content.properties.message_id, "s/1/1-2");
    EXPECT_EQ(content.properties.user_id, "intake");
    EXPECT_FALSE(assembler.active());
  }
}

TEST(ContentTest, OversizedIsCountedAndThrownAway) {
  for (const size_t size : {1000u, 1001u}) {
    std::string bytes;
    AppendContent(1, {}, std::string(size, 'x'), kFrameMax, &bytes);
    ContentAssembler assembler(1000);
    ASSERT_TRUE(assembler.Begin().ok());
    ASSERT_TRUE(Assemble(bytes, &assembler).ok());
    const Content content = assembler.Take();
    EXPECT_EQ(content.oversized, size > 1000);
    EXPECT_EQ(content.body.size(), size > 1000 ? 0 : size);
    EXPECT_EQ(content.body_size, size);
  }
}

TEST(ContentTest, AnAnnouncedSizeAllocatesNothing) {
  std::string header;
  WireWriter out(&header);
  out.U16(60);
  out.U16(0);
  out.U64(uint64_t{1} << 62);
  out.U16(0);
  ContentAssembler assembler(1000);
  ASSERT_TRUE(assembler.Begin().ok());
  EXPECT_TRUE(assembler.OnHeader(header).ok());
  EXPECT_TRUE(assembler.OnBody("abc").ok());
  EXPECT_FALSE(assembler.complete());
}

TEST(ContentTest, OutOfPlaceIsRefused) {
  ContentAssembler assembler(1000);
  EXPECT_FALSE(assembler.OnBody("x").ok());
  EXPECT_FALSE(assembler.OnHeader("x").ok());
  ASSERT_TRUE(assembler.Begin().ok());
  EXPECT_FALSE(assembler.Begin().ok());
  EXPECT_FALSE(assembler.OnBody("x").ok());
  std::string bytes;
  AppendContent(1, {}, "ab", kFrameMax, &bytes);
  ASSERT_TRUE(Assemble(bytes, &assembler).ok());
  EXPECT_FALSE(assembler.OnBody("more than announced").ok());
}

TEST(ContentTest, ForeignPropertiesAreSkipped) {
  std::string header;
  WireWriter out(&header);
  out.U16(60);
  out.U16(0);
  out.U64(0);
  out.U16(0xFFFC & ~1);  // every property there is
  out.ShortString("ct");
  out.ShortString("encoding");
  out.LongString("opaque table");
  out.U8(2);
  out.U8(9);
  out.ShortString("corr");
  out.ShortString("reply");
  out.ShortString("60000");
  out.ShortString("mid");
  out.U64(123);
  out.ShortString("type");
  out.ShortString("user");
  out.ShortString("app");
  out.ShortString("cluster");
  absl::StatusOr<ContentHeader> parsed = ParseContentHeader(header);
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->properties.content_type, "ct");
  EXPECT_EQ(parsed->properties.correlation_id, "corr");
  EXPECT_EQ(parsed->properties.message_id, "mid");
  EXPECT_EQ(parsed->properties.user_id, "user");
  EXPECT_FALSE(ParseContentHeader(header.substr(0, 30)).ok());
}

}  // namespace
}  // namespace xiufu::messaging
