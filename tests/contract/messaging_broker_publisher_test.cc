// Publisher against a real RabbitMQ node, with a Consumer at the other end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/contract/messaging_broker_fixture.h"

namespace xiufu::messaging {
namespace {

using ::testing::IsEmpty;

constexpr char kTransport[] = "dept.transport";
constexpr char kEnvironment[] = "dept.environment";

class BrokerPublisherTest : public BrokerTest {
 protected:
  std::unique_ptr<Publisher> StartPublisher(Publisher::Options options) {
    auto publisher = std::make_unique<Publisher>(std::move(options), &clock_, &watchdog_, &outbox_,
                                                 confirmed_.Callback());
    EXPECT_TRUE(publisher->Start().ok());
    return publisher;
  }
  // Acknowledges what comes to `sink`.
  std::unique_ptr<Consumer> StartConsumer(const std::string& user, const std::string& queue,
                                          RunSink* sink) {
    auto consumer = std::make_unique<Consumer>(Consuming(user, queue), &clock_, &watchdog_, sink);
    sink->AckWith(consumer.get());
    EXPECT_TRUE(consumer->Start().ok());
    return consumer;
  }
};

TEST_F(BrokerPublisherTest, TenThousandEventsArriveInOrderAndPacked) {
  constexpr int64_t kEvents = 10000;
  RunSink sink;
  const auto consumer = StartConsumer("routing", "routing", &sink);
  const auto publisher = StartPublisher(Publishing("intake"));
  outbox_.SetHead("intake", kEvents);
  const absl::Duration begin = clock_.Monotonic();
  for (int64_t seq = 1; seq <= kEvents; seq += 20) {
    publisher->Offer(TestEvents("intake", seq, seq + 19));
  }
  ASSERT_TRUE(publisher->Drain(absl::Seconds(60)));
  ASSERT_TRUE(Eventually([&] { return sink.events() >= kEvents; }));
  const absl::Duration took = clock_.Monotonic() - begin;
  EXPECT_EQ(sink.SeqsOf("intake"), Counting(1, kEvents));
  EXPECT_EQ(confirmed_.Of("intake"), kEvents);
  const Publisher::Stats stats = publisher->GetStats();
  EXPECT_EQ(stats.confirmed_events, static_cast<uint64_t>(kEvents));
  EXPECT_EQ(stats.messages_in_flight, 0u);
  EXPECT_EQ(stats.buffered_bytes, 0u);
  EXPECT_LT(stats.messages, kEvents / 10u) << "packed";
  EXPECT_LT(stats.writes, kEvents / 10u) << "written in bulk";
  printf("%lld events in %s: %llu messages, %llu writes of the publisher, %llu of the consumer\n",
         static_cast<long long>(kEvents), absl::FormatDuration(took).c_str(),
         static_cast<unsigned long long>(stats.messages),
         static_cast<unsigned long long>(stats.writes),
         static_cast<unsigned long long>(consumer->GetStats().writes));
  EXPECT_TRUE(AwaitDepth("routing", {0, 0}));
}

TEST_F(BrokerPublisherTest, WhatTheStoreStillHoldsIsSentAtStart) {
  RunSink sink;
  const auto consumer = StartConsumer("routing", "routing", &sink);
  outbox_.SetHead("intake", 700);
  Publisher publisher(Publishing("intake"), &clock_, &watchdog_, &outbox_, confirmed_.Callback());
  publisher.Track("intake", kTestEpoch, 100, 700);
  ASSERT_TRUE(publisher.Start().ok());
  ASSERT_TRUE(publisher.Drain(absl::Seconds(30)));
  ASSERT_TRUE(Eventually([&] { return sink.events() >= 600; }));
  EXPECT_EQ(sink.SeqsOf("intake"), Counting(101, 700));
}

TEST_F(BrokerPublisherTest, AMissingBindingBacksOffItsStreamAloneAndHeals) {
  RunSink transport, environment;
  const auto takes_transport = StartConsumer("department_adapter", "adapter.transport", &transport);
  const auto takes_environment =
      StartConsumer("department_adapter", "adapter.environment", &environment);
  const auto publisher = StartPublisher(Publishing("routing"));
  outbox_.SetHead(kTransport, 300);
  outbox_.SetHead(kEnvironment, 300);
  Unbind("adapter.transport", "dept.transport.#");
  for (int64_t seq = 1; seq <= 300; ++seq) {
    publisher->Offer({TestEvent(kTransport, seq)});
    publisher->Offer({TestEvent(kEnvironment, seq)});
  }
  EXPECT_TRUE(Eventually([&] { return confirmed_.Of(kEnvironment) == 300; }));
  EXPECT_TRUE(Eventually([&] { return publisher->GetStats().returns >= 2; }));
  EXPECT_EQ(confirmed_.Of(kTransport), 0);
  EXPECT_FALSE(publisher->Drain(absl::ZeroDuration()));
  EXPECT_TRUE(Eventually([&] {
    const std::vector<std::string> backing_off = publisher->GetStats().backing_off;
    return backing_off == std::vector<std::string>{kTransport};
  }));
  Bind("adapter.transport", "dept.transport.#");
  EXPECT_TRUE(publisher->Drain(absl::Seconds(40)));
  EXPECT_TRUE(Eventually([&] { return transport.events() >= 300; }));
  EXPECT_EQ(transport.SeqsOf(kTransport), Counting(1, 300));
  EXPECT_EQ(environment.SeqsOf(kEnvironment), Counting(1, 300));
  EXPECT_THAT(publisher->GetStats().backing_off, IsEmpty());
  EXPECT_EQ(publisher->GetStats().connections, 1u);
}

TEST_F(BrokerPublisherTest, ConnectionsKilledByTheBrokerLoseNothing) {
  constexpr int64_t kEvents = 6000;
  RunSink sink;
  const auto consumer = StartConsumer("routing", "routing", &sink);
  const auto publisher = StartPublisher(Publishing("intake"));
  outbox_.SetHead("intake", kEvents);
  int64_t seq = 1;
  for (int kill = 0; kill < 3; ++kill) {
    const int64_t until = kEvents * (kill + 1) / 4;
    for (; seq <= until; seq += 5) publisher->Offer(TestEvents("intake", seq, seq + 4));
    ASSERT_TRUE(Eventually([&] { return publisher->GetStats().connected; }));
    Control("close_all_connections --vhost xiufu 'a test'");
  }
  for (; seq <= kEvents; seq += 5) publisher->Offer(TestEvents("intake", seq, seq + 4));
  ASSERT_TRUE(publisher->Drain(absl::Seconds(60)));
  EXPECT_GE(publisher->GetStats().connections, 2u);
  ASSERT_TRUE(
      Eventually([&] { return FirstSeen(sink.SeqsOf("intake")).size() >= size_t{kEvents}; }));
  EXPECT_EQ(FirstSeen(sink.SeqsOf("intake")), Counting(1, kEvents));
  EXPECT_EQ(confirmed_.Of("intake"), kEvents);
}

TEST_F(BrokerPublisherTest, PastTheMemoryLimitEventsAreReadBack) {
  constexpr int64_t kEvents = 3000;
  RunSink sink;
  const auto consumer = StartConsumer("routing", "routing", &sink);
  Publisher::Options options = Publishing("intake");
  options.max_buffered_bytes = 50 * 1000;
  outbox_.SetHead("intake", kEvents);
  Publisher publisher(options, &clock_, &watchdog_, &outbox_, confirmed_.Callback());
  publisher.Offer(TestEvents("intake", 1, kEvents));
  ASSERT_TRUE(publisher.Start().ok());
  ASSERT_TRUE(publisher.Drain(absl::Seconds(60)));
  EXPECT_GT(publisher.GetStats().read_backs, 0u);
  ASSERT_TRUE(Eventually([&] { return sink.events() >= kEvents; }));
  EXPECT_EQ(sink.SeqsOf("intake"), Counting(1, kEvents));
}

TEST_F(BrokerPublisherTest, ABlockedConnectionWaitsAndGoesOn) {
  RunSink sink;
  const auto consumer = StartConsumer("routing", "routing", &sink);
  const auto publisher = StartPublisher(Publishing("intake"));
  outbox_.SetHead("intake", 2000);
  publisher->Offer(TestEvents("intake", 1, 100));
  ASSERT_TRUE(publisher->Drain(absl::Seconds(30)));
  Control("set_vm_memory_high_watermark absolute 1MB");
  publisher->Offer(TestEvents("intake", 101, 200));
  EXPECT_TRUE(Eventually([&] { return publisher->GetStats().blocked; }));
  const uint64_t sent = publisher->GetStats().messages;
  publisher->Offer(TestEvents("intake", 201, 2000));
  EXPECT_FALSE(publisher->Drain(absl::Seconds(2)));
  EXPECT_EQ(publisher->GetStats().messages, sent) << "nothing is sent while blocked";
  EXPECT_EQ(confirmed_.Of("intake"), 100);
  Control("set_vm_memory_high_watermark absolute 1GB");
  EXPECT_TRUE(publisher->Drain(absl::Seconds(60)));
  EXPECT_FALSE(publisher->GetStats().blocked);
  EXPECT_EQ(publisher->GetStats().connections, 1u);
  ASSERT_TRUE(Eventually([&] { return sink.events() >= 2000; }));
  EXPECT_EQ(FirstSeen(sink.SeqsOf("intake")), Counting(1, 2000));
}

TEST_F(BrokerPublisherTest, AForeignStreamIsRefusedByTheBroker) {
  RunSink sink;
  const auto consumer = StartConsumer("intake", "intake", &sink);
  const auto publisher = StartPublisher(Publishing("intake"));
  publisher->Offer({TestEvent("routing", 1)});
  EXPECT_TRUE(Eventually([&] { return publisher->GetStats().connections >= 2; }));
  EXPECT_EQ(confirmed_.Of("routing"), 0);
  EXPECT_EQ(sink.events(), 0u);
}

TEST_F(BrokerPublisherTest, ALonelyEventIsNotHeldBack) {
  RunSink sink;
  const auto consumer = StartConsumer("routing", "routing", &sink);
  const auto publisher = StartPublisher(Publishing("intake"));
  outbox_.SetHead("intake", 50);
  std::vector<absl::Duration> took;
  for (int64_t seq = 1; seq <= 50; ++seq) {
    const absl::Duration begin = clock_.Monotonic();
    publisher->Offer({TestEvent("intake", seq)});
    ASSERT_TRUE(publisher->Drain(absl::Seconds(10)));
    took.push_back(clock_.Monotonic() - begin);
  }
  std::sort(took.begin(), took.end());
  EXPECT_EQ(publisher->GetStats().messages, 50u) << "each went alone";
  // A confirm costs the broker one fsync; a second of ours would be a timer where there must be
  // none.
  EXPECT_LT(took[25], absl::Milliseconds(500));
  printf("offer to confirm, one at a time: median %s\n", absl::FormatDuration(took[25]).c_str());
}

}  // namespace
}  // namespace xiufu::messaging
