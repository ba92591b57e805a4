// Consumer against a real RabbitMQ node.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/contract/messaging_broker_fixture.h"

namespace xiufu::messaging {
namespace {

class BrokerConsumerTest : public BrokerTest {
 protected:
  void PublishMany(const std::string& queue, int count) {
    for (int i = 0; i < count; ++i) PublishRaw(queue, absl::StrCat("message ", i));
  }
};

TEST_F(BrokerConsumerTest, PrefetchIsRespected) {
  PublishMany("routing", 12);
  Consumer::Options options = Consuming("routing", "routing");
  options.prefetch = 5;
  RecordingSink sink;
  Consumer consumer(options, &clock_, &watchdog_, &sink);
  ASSERT_TRUE(consumer.Start().ok());
  ASSERT_TRUE(sink.AwaitDeliveries(5));
  EXPECT_TRUE(AwaitDepth("routing", {7, 5}));
  ASSERT_EQ(sink.deliveries().size(), 5u);
  consumer.Ack(sink.deliveries()[2].generation, sink.deliveries()[2].tag);
  ASSERT_TRUE(sink.AwaitDeliveries(8));
  EXPECT_TRUE(AwaitDepth("routing", {4, 5}));
  EXPECT_EQ(sink.deliveries().size(), 8u);
  for (int i = 0; i < 8; ++i) EXPECT_EQ(sink.deliveries()[i].body, absl::StrCat("message ", i));
}

TEST_F(BrokerConsumerTest, AStaleGenerationsAckIsIgnored) {
  PublishMany("routing", 3);
  RecordingSink sink;
  Consumer consumer(Consuming("routing", "routing"), &clock_, &watchdog_, &sink);
  ASSERT_TRUE(consumer.Start().ok());
  ASSERT_TRUE(sink.AwaitDeliveries(3));
  const Delivery stale = sink.deliveries()[2];
  Control("close_all_connections --vhost xiufu 'a test'");
  ASSERT_TRUE(sink.AwaitLost(1));
  ASSERT_TRUE(sink.AwaitDeliveries(6));
  const std::vector<Delivery> deliveries = sink.deliveries();
  EXPECT_TRUE(deliveries[3].redelivered);
  EXPECT_GT(deliveries[3].generation, stale.generation);
  consumer.Ack(stale.generation, stale.tag);
  consumer.Ack(deliveries[3].generation, deliveries[3].tag);
  EXPECT_TRUE(AwaitDepth("routing", {0, 2})) << "the first alone is acknowledged";
  EXPECT_EQ(consumer.GetStats().acks, 1u);
}

TEST_F(BrokerConsumerTest, TagsThatNeverCameOrCameTwiceDoNotHarmTheChannel) {
  PublishMany("routing", 2);
  RecordingSink sink;
  Consumer consumer(Consuming("routing", "routing"), &clock_, &watchdog_, &sink);
  ASSERT_TRUE(consumer.Start().ok());
  ASSERT_TRUE(sink.AwaitDeliveries(2));
  const uint64_t generation = sink.deliveries()[0].generation;
  consumer.Ack(generation, 1000);
  ASSERT_TRUE(AwaitDepth("routing", {0, 0}));
  consumer.Ack(generation, 2);
  PublishRaw("routing", "one more");
  ASSERT_TRUE(sink.AwaitDeliveries(3));
  EXPECT_TRUE(sink.lost().empty());
}

TEST_F(BrokerConsumerTest, ADeletedQueueIsToldAndTriedAgainUntilItIsBack) {
  DeclareQueue("test.deleted");
  RecordingSink sink;
  Consumer consumer(Consuming("admin", "test.deleted"), &clock_, &watchdog_, &sink);
  ASSERT_TRUE(consumer.Start().ok());
  ASSERT_TRUE(sink.AwaitConnected(1));
  Api("DELETE", "/queues/xiufu/test.deleted");
  ASSERT_TRUE(sink.AwaitLost(3));  // the cancel, then attempts
  for (const absl::Status& why : sink.lost()) EXPECT_TRUE(absl::IsNotFound(why)) << why;
  DeclareQueue("test.deleted");
  EXPECT_TRUE(sink.AwaitConnected(2));
  PublishRaw("test.deleted", "hello");
  EXPECT_TRUE(sink.AwaitDeliveries(1));
  consumer.Close();
  Api("DELETE", "/queues/xiufu/test.deleted");
}

TEST_F(BrokerConsumerTest, AnOversizedBodyIsReportedAndTheLineGoesOn) {
  PublishRaw("routing", std::string(300 * 1000, 'x'));
  PublishRaw("routing", "small");
  Consumer::Options options = Consuming("routing", "routing");
  options.max_body = 1000;
  RecordingSink sink;
  Consumer consumer(options, &clock_, &watchdog_, &sink);
  ASSERT_TRUE(consumer.Start().ok());
  ASSERT_TRUE(sink.AwaitDeliveries(2));
  const std::vector<Delivery> deliveries = sink.deliveries();
  EXPECT_TRUE(deliveries[0].oversized);
  EXPECT_EQ(deliveries[0].body_size, 300u * 1000);
  EXPECT_EQ(deliveries[0].body, "");
  EXPECT_EQ(deliveries[0].routing_key, "routing");
  EXPECT_FALSE(deliveries[1].oversized);
  EXPECT_EQ(deliveries[1].body, "small");
  consumer.Ack(deliveries[1].generation, deliveries[1].tag);
  EXPECT_TRUE(AwaitDepth("routing", {0, 0}));
}

TEST_F(BrokerConsumerTest, AfterStopDeliveryAcksStillGoOutAndCloseFlushesThem) {
  PublishMany("routing", 4);
  RecordingSink sink;
  Consumer consumer(Consuming("routing", "routing"), &clock_, &watchdog_, &sink);
  ASSERT_TRUE(consumer.Start().ok());
  ASSERT_TRUE(sink.AwaitDeliveries(4));
  consumer.StopDelivery();
  const std::vector<Delivery> deliveries = sink.deliveries();
  consumer.Ack(deliveries[1].generation, deliveries[1].tag);
  EXPECT_TRUE(AwaitDepth("routing", {0, 2}));
  PublishRaw("routing", "not taken any more");
  consumer.Ack(deliveries[3].generation, deliveries[3].tag);
  consumer.Close();
  EXPECT_TRUE(AwaitDepth("routing", {1, 0})) << "what came after StopDelivery goes back";
  EXPECT_EQ(sink.deliveries().size(), 4u);
}

TEST_F(BrokerConsumerTest, WrongPasswordsAndForeignQueuesAreTold) {
  Consumer::Options wrong = Consuming("routing", "routing");
  wrong.broker.password = "wrong";
  RecordingSink wrong_sink, foreign_sink;
  Consumer refused(wrong, &clock_, &watchdog_, &wrong_sink);
  Consumer foreign(Consuming("routing", "intake"), &clock_, &watchdog_, &foreign_sink);
  ASSERT_TRUE(refused.Start().ok());
  ASSERT_TRUE(foreign.Start().ok());
  ASSERT_TRUE(wrong_sink.AwaitLost(1));
  ASSERT_TRUE(foreign_sink.AwaitLost(1));
  EXPECT_TRUE(absl::IsUnauthenticated(wrong_sink.lost()[0])) << wrong_sink.lost()[0];
  EXPECT_TRUE(absl::IsPermissionDenied(foreign_sink.lost()[0])) << foreign_sink.lost()[0];
}

}  // namespace
}  // namespace xiufu::messaging
