// Consumer and Publisher against a scripted peer that misbehaves as no real broker can be made to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "libs/base/system_clock.h"
#include "libs/messaging/consumer.h"
#include "libs/messaging/content.h"
#include "libs/messaging/method.h"
#include "libs/messaging/publisher.h"
#include "libs/messaging/watchdog.h"
#include "tests/contract/messaging_fake_peer.h"
#include "tests/contract/messaging_recording_sink.h"

namespace xiufu::messaging {
namespace {

using ::testing::HasSubstr;

constexpr uint16_t kHeartbeat = 2;

class PeerTest : public ::testing::Test {
 protected:
  BrokerOptions BrokerAt(const FakePeer& peer) {
    BrokerOptions options;
    options.port = peer.port();
    options.user = "routing";
    options.password = "secret";
    options.connection_name = "peer test";
    options.heartbeat = absl::Seconds(kHeartbeat);
    return options;
  }
  Consumer::Options ConsumerAt(const FakePeer& peer) {
    Consumer::Options options;
    options.broker = BrokerAt(peer);
    options.queue = "routing";
    return options;
  }

  SystemClock clock_;
  Watchdog watchdog_{&clock_};
  RecordingSink sink_;
};

// A deliver of `body`, split into the whole of its frames.
std::string DeliverFrames(const std::string& body) {
  std::string out;
  AppendMethod(1, BasicDeliver{"tag", 1, false, "xiufu.events", "intake.x"}, &out);
  AppendContent(1, {}, body, 4096, &out);
  return out;
}

TEST_F(PeerTest, NamesItselfAndItsCapabilities) {
  std::string start_ok;
  absl::Notification told;
  FakePeer peer([&](PeerConnection& connection, int number) {
    if (number > 1 || !connection.Handshake(kHeartbeat)) return;
    start_ok = connection.start_ok();
    told.Notify();
  });
  Consumer consumer(ConsumerAt(peer), &clock_, &watchdog_, &sink_);
  ASSERT_TRUE(consumer.Start().ok());
  ASSERT_TRUE(told.WaitForNotificationWithTimeout(absl::Seconds(10)));
  for (const char* word : {"publisher_confirms", "consumer_cancel_notify", "connection.blocked",
                           "basic.nack", "authentication_failure_close", "peer test"}) {
    EXPECT_THAT(start_ok, HasSubstr(word));
  }
}

TEST_F(PeerTest, HalfAMessageThenSilenceIsDroppedAfterTwoHeartbeats) {
  FakePeer peer([](PeerConnection& connection, int number) {
    if (!connection.Handshake(kHeartbeat) || !connection.AcceptConsume() || number > 1) return;
    const std::string frames = DeliverFrames(std::string(10000, 'x'));
    connection.Send(absl::string_view(frames).substr(0, frames.size() / 2));
    connection.AwaitEnd(20);
  });
  Consumer consumer(ConsumerAt(peer), &clock_, &watchdog_, &sink_);
  ASSERT_TRUE(consumer.Start().ok());
  ASSERT_TRUE(sink_.AwaitConnected(1));
  const absl::Duration begin = clock_.Monotonic();
  ASSERT_TRUE(sink_.AwaitLost(1));
  const absl::Duration silent = clock_.Monotonic() - begin;
  EXPECT_GE(silent, absl::Seconds(2 * kHeartbeat) - absl::Milliseconds(100));
  EXPECT_LE(silent, absl::Seconds(2 * kHeartbeat) + absl::Seconds(2));
  EXPECT_THAT(std::string(sink_.lost()[0].message()), HasSubstr("silent"));
  EXPECT_TRUE(sink_.deliveries().empty());
}

TEST_F(PeerTest, AnIdleConnectionLivesOnHeartbeats) {
  absl::Notification enough;
  FakePeer peer([&](PeerConnection& connection, int number) {
    if (!connection.Handshake(kHeartbeat) || !connection.AcceptConsume() || number > 1) return;
    std::string heartbeat;
    AppendHeartbeat(&heartbeat);
    // One comes at every half interval, so this takes longer than the silence that would be fatal.
    for (int i = 0; i < 6; ++i) {
      if (!connection.AwaitHeartbeat() || !connection.Send(heartbeat)) return;
    }
    enough.Notify();
    connection.Send(DeliverFrames("still here"));
    connection.AwaitEnd(20);
  });
  Consumer consumer(ConsumerAt(peer), &clock_, &watchdog_, &sink_);
  ASSERT_TRUE(consumer.Start().ok());
  ASSERT_TRUE(enough.WaitForNotificationWithTimeout(absl::Seconds(20)));
  ASSERT_TRUE(sink_.AwaitDeliveries(1));
  EXPECT_TRUE(sink_.lost().empty());
}

TEST_F(PeerTest, APeerThatStopsReadingIsShutDownByTheWatchdog) {
  absl::Notification go_on;
  FakePeer peer([&](PeerConnection& connection, int number) {
    if (!connection.Handshake(kHeartbeat) || number > 1) return;
    // Heartbeats go on, so that only the watchdog can find out.
    std::string heartbeat;
    AppendHeartbeat(&heartbeat);
    while (!go_on.WaitForNotificationWithTimeout(absl::Milliseconds(500))) {
      connection.Send(heartbeat);
    }
  });
  class NoSource : public OutboxSource {
    absl::StatusOr<std::vector<OutgoingEvent>> ReadOutbox(const std::string&, int64_t, int64_t,
                                                          size_t) override {
      return absl::UnavailableError("not asked");
    }
  } source;
  Publisher::Options options;
  options.broker = BrokerAt(peer);
  options.max_messages_in_flight = 10000;
  options.max_bytes_in_flight = 100 * 1024 * 1024;
  options.max_buffered_bytes = 100 * 1024 * 1024;
  Publisher publisher(std::move(options), &clock_, &watchdog_, &source,
                      [](const std::string&, int64_t, int64_t) {});
  std::vector<OutgoingEvent> events;
  for (int64_t seq = 1; seq <= 200; ++seq) {
    events.push_back({"routing", 1000, seq, "t", std::string(200 * 1000, 'x')});
  }
  publisher.Offer(std::move(events));
  const absl::Duration begin = clock_.Monotonic();
  ASSERT_TRUE(publisher.Start().ok());
  while (peer.connections() < 1) absl::SleepFor(absl::Milliseconds(5));
  while (publisher.GetStats().connections < 1) absl::SleepFor(absl::Milliseconds(5));
  // Its first connection is over when it tells that it has none.
  while (publisher.GetStats().connected && clock_.Monotonic() - begin < absl::Seconds(20)) {
    absl::SleepFor(absl::Milliseconds(5));
  }
  const absl::Duration stuck = clock_.Monotonic() - begin;
  go_on.Notify();
  EXPECT_GE(stuck, absl::Seconds(2 * kHeartbeat) - absl::Milliseconds(100));
  EXPECT_LE(stuck, absl::Seconds(2 * kHeartbeat) + absl::Seconds(3));
}

TEST_F(PeerTest, AChannelCloseIsAnsweredAndEndsTheConnection) {
  absl::Notification answered;
  FakePeer peer([&](PeerConnection& connection, int number) {
    if (!connection.Handshake(kHeartbeat) || !connection.AcceptConsume() || number > 1) return;
    std::string close;
    AppendMethod(1, ChannelClose{404, "NOT_FOUND - no queue", 60, 20}, &close);
    connection.Send(close);
    if (connection.AwaitMethod(20, 41) && connection.AwaitEnd(5)) answered.Notify();
  });
  Consumer consumer(ConsumerAt(peer), &clock_, &watchdog_, &sink_);
  ASSERT_TRUE(consumer.Start().ok());
  ASSERT_TRUE(sink_.AwaitLost(1));
  EXPECT_TRUE(absl::IsNotFound(sink_.lost()[0])) << sink_.lost()[0];
  EXPECT_TRUE(answered.WaitForNotificationWithTimeout(absl::Seconds(5)));
}

TEST_F(PeerTest, AConnectionCloseIsAnswered) {
  absl::Notification answered;
  FakePeer peer([&](PeerConnection& connection, int number) {
    if (!connection.Handshake(kHeartbeat) || !connection.AcceptConsume() || number > 1) return;
    std::string close;
    AppendMethod(0, ConnectionClose{320, "CONNECTION_FORCED", 0, 0}, &close);
    connection.Send(close);
    if (connection.AwaitMethod(10, 51) && connection.AwaitEnd(5)) answered.Notify();
  });
  Consumer consumer(ConsumerAt(peer), &clock_, &watchdog_, &sink_);
  ASSERT_TRUE(consumer.Start().ok());
  ASSERT_TRUE(sink_.AwaitLost(1));
  EXPECT_TRUE(absl::IsUnavailable(sink_.lost()[0])) << sink_.lost()[0];
  EXPECT_TRUE(answered.WaitForNotificationWithTimeout(absl::Seconds(5)));
}

TEST_F(PeerTest, WhatIsNotDueEndsTheConnection) {
  const std::string junk[] = {[] {
                                std::string flow;  // channel.flow
                                AppendMethod(1, UnknownMethod{20, 20}, &flow);
                                return flow;
                              }(),
                              [] {
                                std::string twice;  // a method in the middle of a content
                                AppendMethod(1, BasicDeliver{}, &twice);
                                AppendMethod(1, BasicDeliver{}, &twice);
                                return twice;
                              }(),
                              std::string("this is no frame at all")};
  FakePeer peer([&](PeerConnection& connection, int number) {
    if (!connection.Handshake(kHeartbeat) || !connection.AcceptConsume() || number > 3) return;
    connection.Send(junk[number - 1]);
    connection.AwaitEnd(10);
  });
  Consumer consumer(ConsumerAt(peer), &clock_, &watchdog_, &sink_);
  ASSERT_TRUE(consumer.Start().ok());
  ASSERT_TRUE(sink_.AwaitLost(3));
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(absl::IsInvalidArgument(sink_.lost()[i])) << sink_.lost()[i];
  }
  EXPECT_TRUE(sink_.deliveries().empty());
}

TEST_F(PeerTest, CloseEndsASetUpThatHangs) {
  absl::Notification connected, go_on;
  FakePeer peer([&](PeerConnection&, int number) {
    if (number == 1) connected.Notify();
    go_on.WaitForNotification();  // and says nothing
  });
  Consumer consumer(ConsumerAt(peer), &clock_, &watchdog_, &sink_);
  ASSERT_TRUE(consumer.Start().ok());
  ASSERT_TRUE(connected.WaitForNotificationWithTimeout(absl::Seconds(10)));
  const absl::Duration begin = clock_.Monotonic();
  consumer.Close();
  EXPECT_LT(clock_.Monotonic() - begin, absl::Seconds(2));
  go_on.Notify();
}

TEST_F(PeerTest, NobodyThereIsToldAndTriedAgain) {
  uint16_t port = 0;
  {
    FakePeer gone([](PeerConnection&, int) {});
    port = gone.port();
  }
  Consumer::Options options;
  options.broker.port = port;
  options.queue = "routing";
  Consumer consumer(options, &clock_, &watchdog_, &sink_);
  ASSERT_TRUE(consumer.Start().ok());
  ASSERT_TRUE(sink_.AwaitLost(3));
  EXPECT_TRUE(absl::IsUnavailable(sink_.lost()[0]));
}

TEST_F(PeerTest, StartsOnceAndWithUsableOptionsOnly) {
  Consumer without_queue({}, &clock_, &watchdog_, &sink_);
  EXPECT_TRUE(absl::IsInvalidArgument(without_queue.Start()));
  FakePeer peer([](PeerConnection& connection, int) { connection.Handshake(kHeartbeat); });
  Consumer consumer(ConsumerAt(peer), &clock_, &watchdog_, &sink_);
  EXPECT_TRUE(consumer.Start().ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(consumer.Start()));
}

}  // namespace
}  // namespace xiufu::messaging
