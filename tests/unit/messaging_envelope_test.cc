#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/messaging/envelope.h"
#include "xiufu/stream/v1/stream.pb.h"

namespace xiufu::messaging {
namespace {

Id TestId(uint8_t n) {
  std::array<uint8_t, Id::kSize> bytes{};
  bytes[15] = n;
  return Id(bytes);
}

Envelope FullEnvelope(int64_t seq = 7) {
  Envelope e;
  e.id = TestId(1);
  e.source = "/xiufu/intake";
  e.type = "xiufu.intake.submitted.v1";
  e.subject = "applications/x";
  e.time = absl::FromUnixMillis(1767225600123);
  e.dataschema = "xiufu.intake.v1.Submitted";
  e.data = std::string("\0\xff payload", 10);
  e.stream = "intake";
  e.epoch = 1767225600000;
  e.seq = seq;
  e.previous_id = TestId(2);
  e.application = TestId(3);
  e.case_id = TestId(4);
  e.cause = TestId(5);
  e.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  e.place = {1, 15};
  e.previous_epoch = 1767000000000;
  e.previous_last = 41;
  return e;
}

std::string RunOf(int64_t first, int count, size_t padding = 0) {
  std::vector<std::string> bytes;
  for (int i = 0; i < count; ++i) {
    Envelope e = FullEnvelope(first + i);
    e.data = std::string(padding, 'x');
    bytes.push_back(EncodeEnvelope(e));
  }
  return EncodeRun({bytes.begin(), bytes.end()});
}

TEST(EnvelopeTest, EveryFieldComesBack) {
  const Envelope in = FullEnvelope();
  absl::StatusOr<Envelope> out = DecodeEnvelope(EncodeEnvelope(in));
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(out->id, in.id);
  EXPECT_EQ(out->source, in.source);
  EXPECT_EQ(out->type, in.type);
  EXPECT_EQ(out->subject, in.subject);
  EXPECT_EQ(out->time, in.time);
  EXPECT_EQ(out->dataschema, in.dataschema);
  EXPECT_EQ(out->data, in.data);
  EXPECT_EQ(out->stream, in.stream);
  EXPECT_EQ(out->epoch, in.epoch);
  EXPECT_EQ(out->seq, in.seq);
  EXPECT_EQ(out->previous_id, in.previous_id);
  EXPECT_EQ(out->application, in.application);
  EXPECT_EQ(out->case_id, in.case_id);
  EXPECT_EQ(out->cause, in.cause);
  EXPECT_EQ(out->traceparent, in.traceparent);
  EXPECT_EQ(out->place, in.place);
  EXPECT_EQ(out->previous_epoch, in.previous_epoch);
  EXPECT_EQ(out->previous_last, in.previous_last);
}

TEST(EnvelopeTest, MissingOptionalIdsAreNone) {
  Envelope in = FullEnvelope();
  in.case_id = Id();
  in.previous_id = Id();
  absl::StatusOr<Envelope> out = DecodeEnvelope(EncodeEnvelope(in));
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_TRUE(out->case_id.IsNone());
  EXPECT_TRUE(out->previous_id.IsNone());
}

TEST(EnvelopeTest, WhatIsRequiredIsRequired) {
  const std::pair<const char*, void (*)(Envelope&)> breaks[] = {
      {"id", [](Envelope& e) { e.id = Id(); }},
      {"type", [](Envelope& e) { e.type.clear(); }},
      {"stream", [](Envelope& e) { e.stream.clear(); }},
      {"epoch", [](Envelope& e) { e.epoch = 0; }},
      {"seq", [](Envelope& e) { e.seq = -1; }}};
  for (const auto& [field, break_it] : breaks) {
    Envelope e = FullEnvelope();
    break_it(e);
    const absl::Status status = DecodeEnvelope(EncodeEnvelope(e)).status();
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << field;
    EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr(field));
  }
}

TEST(EnvelopeTest, RefusesIdsOfAnotherSizeAndPlacesOutOfRange) {
  stream::v1::Envelope proto;
  ASSERT_TRUE(proto.ParseFromString(EncodeEnvelope(FullEnvelope())));
  proto.set_cause("short");
  EXPECT_TRUE(absl::IsInvalidArgument(DecodeEnvelope(proto.SerializeAsString()).status()));
  proto.set_cause("");
  proto.set_bucket(16);
  EXPECT_TRUE(absl::IsInvalidArgument(DecodeEnvelope(proto.SerializeAsString()).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(DecodeEnvelope("\xff\xff").status()));
}

TEST(RunTest, IsTheProtoAndKeepsEachEventsBytes) {
  const std::string run = RunOf(5, 3);
  stream::v1::Run proto;
  ASSERT_TRUE(proto.ParseFromString(run));
  ASSERT_EQ(proto.events_size(), 3);
  EXPECT_EQ(proto.events(2).seq(), 7);
  absl::StatusOr<std::vector<EncodedEvent>> events = DecodeRun(run);
  ASSERT_TRUE(events.ok()) << events.status();
  ASSERT_EQ(events->size(), 3u);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ((*events)[i].envelope.seq, 5 + i);
    EXPECT_EQ((*events)[i].bytes, proto.events(i).SerializeAsString());
  }
}

TEST(RunTest, OverheadIsWhatARunAdds) {
  for (const size_t size : {0u, 1u, 127u, 128u, 16383u, 16384u, 200000u}) {
    const std::string bytes(size, 'e');
    EXPECT_EQ(EncodeRun({bytes}).size(), size + RunOverhead(size)) << size;
  }
}

TEST(RunTest, RefusesWhatIsNone) {
  EXPECT_FALSE(DecodeRun("").ok());
  EXPECT_FALSE(DecodeRun("not a run").ok());
  EXPECT_FALSE(DecodeRun(RunOf(1, 1).substr(0, 20)).ok());
  EXPECT_FALSE(DecodeRun(std::string("\x0a\xff\xff\xff\xff\x0f", 6)).ok());
  EXPECT_FALSE(DecodeRun(std::string("\x0a\x05gar", 5)).ok());
}

TEST(RunTest, LimitsAreExact) {
  EXPECT_TRUE(DecodeRun(RunOf(1, kMaxRunEvents)).ok());
  EXPECT_FALSE(DecodeRun(RunOf(1, kMaxRunEvents + 1)).ok());
  const size_t overhead = RunOf(1, 1, 250000).size() - 250000;
  EXPECT_TRUE(DecodeRun(RunOf(1, 1, kMaxRunBytes - overhead)).ok());
  EXPECT_FALSE(DecodeRun(RunOf(1, 1, kMaxRunBytes - overhead + 1)).ok());
}

TEST(RunTest, RefusesGapsAndMixtures) {
  Envelope first = FullEnvelope(1), gap = FullEnvelope(3), stream = FullEnvelope(2),
           epoch = FullEnvelope(2);
  stream.stream = "routing";
  epoch.epoch += 1;
  for (const Envelope& second : {gap, first, stream, epoch}) {
    const std::string a = EncodeEnvelope(first), b = EncodeEnvelope(second);
    EXPECT_TRUE(absl::IsInvalidArgument(DecodeRun(EncodeRun({a, b})).status()));
  }
}

TEST(StreamMatchesTest, WholeStreamsOnly) {
  EXPECT_TRUE(StreamMatches("routing", "routing"));
  EXPECT_FALSE(StreamMatches("routing", "routing2"));
  EXPECT_TRUE(StreamMatches("adapter.#", "adapter.tax"));
  EXPECT_FALSE(StreamMatches("adapter.#", "adapter."));
  EXPECT_FALSE(StreamMatches("adapter.#", "adapter"));
  EXPECT_FALSE(StreamMatches("adapter.#", "adapters.tax"));
}

}  // namespace
}  // namespace xiufu::messaging
