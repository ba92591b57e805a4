#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "libs/messaging/publish_window.h"
#include "tests/unit/messaging_publish_window_model.h"

namespace xiufu::messaging {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const WindowModel::Lane kIntake = {"intake", 1000};
const WindowModel::Lane kRouting = {"routing", 1000};

void CommitMany(WindowModel* model, const WindowModel::Lane& lane, int count, size_t size = 10) {
  for (int i = 0; i < count; ++i) model->Commit(lane, size);
}

TEST(PublishWindowTest, ALonelyEventGoesAloneAtOnce) {
  WindowModel model({});
  model.Commit(kIntake, 10);
  model.Pump();
  ASSERT_EQ(model.sent().size(), 1u);
  model.Commit(kIntake, 10);
  model.Pump();
  ASSERT_EQ(model.sent().size(), 2u);
  EXPECT_EQ(model.sent()[1].first, 2);
}

TEST(PublishWindowTest, WhatWaitsIsPackedWithinTheLimitsOfARun) {
  WindowModel model({});
  CommitMany(&model, kIntake, 130);
  model.Pump();
  ASSERT_EQ(model.sent().size(), 3u);
  EXPECT_EQ(model.sent()[0].last, 64);
  EXPECT_EQ(model.sent()[1].last, 128);
  EXPECT_EQ(model.sent()[2].last, 130);
}

TEST(PublishWindowTest, RunsEndAtTheirByteLimit) {
  WindowModel model({});
  CommitMany(&model, kIntake, 5, 100 * 1000);
  model.Pump();
  ASSERT_EQ(model.sent().size(), 3u);
  EXPECT_EQ(model.sent()[0].last, 2);
}

TEST(PublishWindowTest, TheWindowBoundsMessagesAndBytes) {
  WindowModel by_messages({.max_messages = 2});
  CommitMany(&by_messages, kIntake, 200);
  by_messages.Pump();
  EXPECT_EQ(by_messages.at_broker(), 2u);
  by_messages.Ack(0, false);
  by_messages.Pump();
  EXPECT_EQ(by_messages.at_broker(), 2u);

  WindowModel by_bytes({.max_bytes = 500 * 1000});
  CommitMany(&by_bytes, kIntake, 10, 200 * 1000);
  by_bytes.Pump();
  EXPECT_EQ(by_bytes.at_broker(), 2u);
}

TEST(PublishWindowTest, AReturnBacksOffItsStreamAlone) {
  WindowModel model({});
  model.Commit(kIntake, 10);
  model.Commit(kRouting, 10);
  model.Pump();
  model.Return(0);  // intake
  model.Ack(0, true);
  model.Ack(0, true);
  EXPECT_EQ(model.confirmed(kIntake), 0);
  EXPECT_EQ(model.confirmed(kRouting), 1);
  EXPECT_THAT(model.window().BackingOff(model.now()), ElementsAre("intake"));
  model.Commit(kIntake, 10);
  model.Commit(kRouting, 10);
  model.Pump();
  EXPECT_EQ(model.sent().size(), 3u) << "only routing goes on";
  EXPECT_EQ(model.sent().back().lane, kRouting);
  EXPECT_EQ(model.window().NextWake(model.now()), model.now() + absl::Milliseconds(500));
  model.Advance(absl::Milliseconds(500));
  model.Pump();
  ASSERT_EQ(model.sent().size(), 4u);
  EXPECT_EQ(model.sent().back().first, 1) << "from confirmed + 1";
  EXPECT_EQ(model.sent().back().last, 2);
  EXPECT_THAT(model.window().BackingOff(model.now()), IsEmpty());
}

TEST(PublishWindowTest, TheAckThatFollowsAReturnConfirmsNothing) {
  WindowModel model({});
  model.Commit(kIntake, 10);
  model.Pump();
  model.Return(0);
  model.Ack(0, false);
  EXPECT_EQ(model.confirmed(kIntake), 0);
  EXPECT_EQ(model.window().messages_in_flight(), 0u);
  EXPECT_FALSE(model.window().AllConfirmed());
}

TEST(PublishWindowTest, ConfirmsOutOfOrderAdvanceContiguously) {
  WindowModel model({});
  for (int i = 0; i < 3; ++i) {
    model.Commit(kIntake, 10);
    model.Pump();
  }
  model.Ack(2, false);
  EXPECT_EQ(model.confirmed(kIntake), 0);
  model.Ack(0, false);
  EXPECT_EQ(model.confirmed(kIntake), 1);
  model.Ack(0, false);
  EXPECT_EQ(model.confirmed(kIntake), 3);
  EXPECT_TRUE(model.window().AllConfirmed());
}

TEST(PublishWindowTest, ALateConfirmOfAnAttemptGivenUpIsNoConfirm) {
  WindowModel model({});
  model.Commit(kIntake, 10);
  model.Pump();
  model.Advance(absl::Seconds(30));
  EXPECT_EQ(model.window().counters().timeouts, 1u);
  EXPECT_EQ(model.window().messages_in_flight(), 0u);
  model.Advance(absl::Seconds(1));
  model.Pump();
  ASSERT_EQ(model.sent().size(), 2u);
  model.Ack(0, false);  // of the first attempt
  EXPECT_EQ(model.confirmed(kIntake), 0);
  model.Ack(0, false);
  EXPECT_EQ(model.confirmed(kIntake), 1);
}

TEST(PublishWindowTest, WhileBlockedConfirmsDoNotAge) {
  WindowModel model({});
  model.Commit(kIntake, 10);
  model.Pump();
  model.Advance(absl::Seconds(20));
  model.window().SetBlocked(true, model.now());
  model.Advance(absl::Hours(1));
  EXPECT_EQ(model.window().NextWake(model.now()), absl::InfiniteDuration());
  model.window().SetBlocked(false, model.now());
  model.Advance(absl::Seconds(9));
  EXPECT_EQ(model.window().counters().timeouts, 0u);
  EXPECT_EQ(model.window().NextWake(model.now()), model.now() + absl::Seconds(1));
  model.Advance(absl::Seconds(1));
  EXPECT_EQ(model.window().counters().timeouts, 1u);
}

TEST(PublishWindowTest, BackOffGrowsAndIsForgottenAfterAConfirm) {
  PublishWindow window({}, [] { return 1.0; });
  window.Offer(WindowModel::Event(kIntake, 1, 10));
  absl::Duration now;
  std::vector<absl::Duration> waits;
  for (uint64_t tag = 1; tag <= 9; ++tag) {
    ASSERT_TRUE(window.Next(now).has_value()) << tag;
    window.OnNack(tag, false, now);
    waits.push_back(window.NextWake(now) - now);
    now += waits.back();
  }
  EXPECT_EQ(waits[0], absl::Milliseconds(500));
  EXPECT_EQ(waits[1], absl::Seconds(1));
  EXPECT_EQ(waits[8], absl::Seconds(30));
  ASSERT_TRUE(window.Next(now).has_value());
  window.OnAck(10, false, now);
  window.Offer(WindowModel::Event(kIntake, 2, 10));
  ASSERT_TRUE(window.Next(now).has_value());
  window.OnNack(11, false, now);
  EXPECT_EQ(window.NextWake(now) - now, absl::Milliseconds(500));
}

TEST(PublishWindowTest, WhatTheStoreSaysAtStartIsReadAndSent) {
  PublishWindow window({}, [] { return 0.0; });
  window.Track("intake", 1000, 5, 7);
  EXPECT_FALSE(window.Next({}).has_value());
  std::optional<PublishWindow::ReadRequest> request = window.NextRead({});
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(request->from_seq, 6);
  EXPECT_FALSE(window.NextRead({}).has_value()) << "asked once";
  window.Fill(*request, {WindowModel::Event(kIntake, 6, 1), WindowModel::Event(kIntake, 7, 1)}, {});
  std::optional<PublishWindow::Message> message = window.Next({});
  ASSERT_TRUE(message.has_value());
  EXPECT_EQ(message->message_id, "intake/1000/6-7");
}

TEST(PublishWindowTest, AReadThatFailsBacksOffAndIsRepeated) {
  PublishWindow window({}, [] { return 0.0; });
  window.Track("intake", 1000, 0, 1);
  std::optional<PublishWindow::ReadRequest> request = window.NextRead({});
  ASSERT_TRUE(request.has_value());
  window.Fill(*request, {}, {});
  EXPECT_FALSE(window.NextRead({}).has_value());
  EXPECT_TRUE(window.NextRead(absl::Milliseconds(500)).has_value());
}

TEST(PublishWindowTest, WhatRetentionReleasedIsJumpedOver) {
  PublishWindow window({}, [] { return 0.0; });
  window.Track("intake", 1000, 2, 9);
  window.Fill(*window.NextRead({}), {WindowModel::Event(kIntake, 9, 1)}, {});
  std::optional<PublishWindow::Message> message = window.Next({});
  ASSERT_TRUE(message.has_value());
  EXPECT_EQ(message->message_id, "intake/1000/9-9");
  window.OnAck(1, false, {});
  EXPECT_TRUE(window.AllConfirmed());
}

TEST(PublishWindowTest, AnUntrackedStreamStartsAtOne) {
  PublishWindow window({}, [] { return 0.0; });
  window.Offer(WindowModel::Event(kIntake, 3, 1));
  EXPECT_FALSE(window.Next({}).has_value());
  EXPECT_EQ(window.NextRead({})->from_seq, 1);
}

TEST(PublishWindowTest, ALaterEpochWaitsForTheEarlierOne) {
  PublishWindow window({}, [] { return 0.0; });
  window.Offer(WindowModel::Event({"intake", 2000}, 1, 1));
  window.Offer(WindowModel::Event({"intake", 1000}, 1, 1));
  EXPECT_EQ(window.Next({})->message_id, "intake/1000/1-1");
  EXPECT_FALSE(window.Next({}).has_value());
  window.OnAck(1, false, {});
  EXPECT_EQ(window.Next({})->message_id, "intake/2000/1-1");
}

TEST(PublishWindowTest, AnEventTooLargeForARunStopsItsStreamAlone) {
  PublishWindow window({}, [] { return 0.0; });
  window.Offer(WindowModel::Event(kIntake, 1, kMaxRunBytes));
  window.Offer(WindowModel::Event(kRouting, 1, 1));
  EXPECT_EQ(window.Next({})->message_id, "routing/1000/1-1");
  EXPECT_FALSE(window.Next({}).has_value());
  EXPECT_FALSE(window.NextRead({}).has_value());
  EXPECT_EQ(window.counters().unsendable, 1u);
}

TEST(PublishWindowTest, MemoryIsBoundedAndTheRestIsReadBack) {
  WindowModel model({.max_messages = 1, .max_buffered_bytes = 5000});
  CommitMany(&model, kIntake, 1000, 100);
  EXPECT_LE(model.window().buffered_bytes(), 5000u + sizeof(OutgoingEvent));
  for (int i = 0; i < 1000 && !model.window().AllConfirmed(); ++i) {
    model.Pump();
    model.Ack(0, false);
  }
  EXPECT_EQ(model.confirmed(kIntake), 1000);
  EXPECT_EQ(model.window().buffered_bytes(), 0u);
}

TEST(PublishWindowTest, UnknownTagsAreIgnored) {
  PublishWindow window({}, [] { return 0.0; });
  window.OnAck(7, true, {});
  window.OnNack(1, false, {});
  window.OnReturn(1, {});
  window.OnReturn(0, {});
  window.OnAck(0, false, {});
  EXPECT_TRUE(window.AllConfirmed());
}

// Whatever the broker does, in whatever order: the model's checks hold at every step, and once the
// broker behaves everything arrives.
RC_GTEST_PROP(PublishWindowProperty, NeverSkipsNorReordersAndEndsConfirmed, ()) {
  const std::vector<WindowModel::Lane> lanes = {
      kIntake, kRouting, {"dept.tax", 1000}, {"dept.tax", 2000}};
  PublishWindow::Limits limits;
  limits.max_messages = *rc::gen::inRange<size_t>(1, 8);
  limits.max_bytes = *rc::gen::inRange<size_t>(100, 5000);
  limits.max_buffered_bytes = *rc::gen::inRange<size_t>(0, 4000);
  WindowModel model(limits);
  const auto steps = *rc::gen::container<std::vector<std::tuple<int, int, int>>>(
      rc::gen::tuple(rc::gen::inRange(0, 12), rc::gen::inRange(0, 8), rc::gen::inRange(1, 20)));
  for (const auto& [what, which, amount] : steps) {
    const auto index = static_cast<size_t>(which);
    switch (what) {
      case 0:
      case 1:
      case 2:
        CommitMany(&model, lanes[index % 4], amount, index * 20);
        break;
      case 3:
      case 4:
        model.Ack(index, false);
        break;
      case 5:
        model.Ack(index, true);
        break;
      case 6:
        model.Nack(index, (amount & 1) != 0);
        break;
      case 7:
        model.Return(index);
        break;
      case 8:
        model.Forget(index);
        break;
      case 9:
        model.Advance(absl::Milliseconds(100) * amount);
        break;
      case 10:
        model.Advance(absl::Seconds(3) * amount);
        break;
      default:
        if (amount > 16) model.Reconnect();
    }
    model.Pump();
    RC_ASSERT(model.failure() == "");
  }
  for (int i = 0; i < 10000 && !model.window().AllConfirmed(); ++i) {
    model.Advance(absl::Seconds(1));
    model.Pump();
    if (model.at_broker() > 0) model.AckAll();
    RC_ASSERT(model.failure() == "");
  }
  for (const WindowModel::Lane& lane : lanes) {
    RC_ASSERT(model.confirmed(lane) == model.committed(lane));
  }
  RC_ASSERT(model.window().messages_in_flight() == 0u);
  RC_ASSERT(model.window().bytes_in_flight() == 0u);
  RC_ASSERT(model.window().buffered_bytes() == 0u);
}

}  // namespace
}  // namespace xiufu::messaging
