// Catching up with producers whose stores were put back.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "libs/service/catch_up.h"
#include "libs/storage/inbox.h"
#include "tests/unit/service_fixture.h"

namespace xiufu::service {
namespace {

// A producer that holds what the test says.
class FakeSource : public StreamSource {
 public:
  absl::StatusOr<std::vector<storage::StreamHead>> Heads(
      const std::string&, const std::vector<std::string>&,
      const std::vector<storage::Mark>&) override {
    return heads;
  }
  absl::Status Read(const std::string&, const std::string&, int64_t, int64_t,
                    absl::FunctionRef<bool(std::string)>) override {
    return absl::NotFoundError("nothing to read");
  }
  std::vector<storage::StreamHead> heads;
};

class CatchUpTest : public EventPathTest {
 protected:
  CatchUpTest() { wiring_.router.Ignore("event"); }

  // Takes events 1..count of an epoch, live.
  void Take(int64_t epoch, int64_t count) {
    std::vector<messaging::EncodedEvent> events;
    for (int64_t seq = 1; seq <= count; ++seq) {
      messaging::Envelope envelope = UpEvent(epoch, seq, "event");
      events.push_back({envelope, messaging::EncodeEnvelope(envelope)});
    }
    absl::Status taken = Offer(std::move(events));
    ASSERT_TRUE(taken.ok()) << taken;
  }

  CatchUp catch_up_{CatchUp::Parts{&subscription_, database_.get(), &dispatcher_, &stopped_,
                                   &clock_, [](const std::string&, const std::string&) {},
                                   [this] { database_->RunPending(); }}};
  FakeSource source_;
};

TEST_F(CatchUpTest, AMarkAboveTheHeadStopsTheStream) {
  Take(100, 5);
  source_.heads = {{.stream = "up", .epoch = 100, .head = 3, .last_id = UpId(100, 3)}};
  EXPECT_TRUE(catch_up_.Run(source_).ok());
  EXPECT_TRUE(stopped_.Contains("up"));
}

TEST_F(CatchUpTest, WhatARestoredProducerLacksOfItsOldEpochIsRecordedAndNoAlarm) {
  Take(100, 5);
  source_.heads = {
      {.stream = "up", .epoch = 100, .head = 3, .last_id = UpId(100, 3)},
      {.stream = "up", .epoch = 200, .head = 0, .previous_epoch = 100, .previous_last = 3}};
  EXPECT_TRUE(catch_up_.Run(source_).ok());
  EXPECT_FALSE(stopped_.Contains("up"));
  EXPECT_EQ(database_->inbox().Newest("up").epoch, 200);
  std::vector<storage::Divergence> found;
  MustRead([&](storage::Session& session) { found = database_->inbox().Divergences(session); });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].from_seq, 4);
  EXPECT_EQ(found[0].to_seq, 5);
}

}  // namespace
}  // namespace xiufu::service
