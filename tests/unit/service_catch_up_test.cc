// Catching up with producers whose stores were put back.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "libs/service/catch_up.h"
#include "libs/storage/inbox.h"
#include "libs/testing/manual_clock.h"

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

class CatchUpTest : public ::testing::Test {
 protected:
  CatchUpTest() {
    storage::Database::Options options;
    options.path = ":memory:";
    options.service = "test";
    options.run_inline = true;
    database_ = *storage::Database::Open(options, {}, &clock_);
    database_->Start();
    wiring_.router.Ignore("event");
    subscription_ = {"test", {"up"}};
    handling_ = std::make_unique<Handling>(&wiring_, RetryPolicy(), [] { return 0.0; });
    auto on_stopped = [](const std::string&, const std::string&) {};
    dispatcher_ = std::make_unique<Dispatcher>(
        Dispatcher::Parts{&subscription_, database_.get(), handling_.get(), &stopped_,
                          [](const std::string&) {}, on_stopped});
    catch_up_ = std::make_unique<CatchUp>(
        CatchUp::Parts{&subscription_, database_.get(), dispatcher_.get(), &stopped_, &clock_,
                       on_stopped, [this] { database_->RunPending(); }});
  }

  // Takes events 1..count of an epoch, live.
  void Take(int64_t epoch, int64_t count) {
    Batch batch;
    batch.now = clock_.Now();
    for (int64_t seq = 1; seq <= count; ++seq) {
      messaging::Envelope envelope;
      envelope.id = IdOf(epoch, seq);
      envelope.type = "event";
      envelope.stream = "up";
      envelope.epoch = epoch;
      envelope.seq = seq;
      envelope.previous_id = seq > 1 ? IdOf(epoch, seq - 1) : Id();
      batch.events.push_back({envelope, messaging::EncodeEnvelope(envelope)});
    }
    dispatcher_->Offer(std::make_shared<Batch>(std::move(batch)),
                       [](const absl::Status& s) { ASSERT_TRUE(s.ok()) << s; });
    database_->RunPending();
  }
  static Id IdOf(int64_t epoch, int64_t seq) {
    return DeriveId(Id(), std::to_string(epoch), static_cast<uint64_t>(seq), {});
  }

  ManualClock clock_{absl::FromUnixSeconds(1'780'000'000)};
  std::unique_ptr<storage::Database> database_;
  Wiring wiring_;
  Subscription subscription_;
  StoppedStreams stopped_;
  std::unique_ptr<Handling> handling_;
  std::unique_ptr<Dispatcher> dispatcher_;
  std::unique_ptr<CatchUp> catch_up_;
  FakeSource source_;
};

TEST_F(CatchUpTest, AMarkAboveTheHeadStopsTheStream) {
  Take(100, 5);
  source_.heads = {{.stream = "up", .epoch = 100, .head = 3, .last_id = IdOf(100, 3)}};
  EXPECT_TRUE(catch_up_->Run(source_).ok());
  EXPECT_TRUE(stopped_.Contains("up"));
}

TEST_F(CatchUpTest, WhatARestoredProducerLacksOfItsOldEpochIsRecordedAndNoAlarm) {
  Take(100, 5);
  source_.heads = {
      {.stream = "up", .epoch = 100, .head = 3, .last_id = IdOf(100, 3)},
      {.stream = "up", .epoch = 200, .head = 0, .previous_epoch = 100, .previous_last = 3}};
  EXPECT_TRUE(catch_up_->Run(source_).ok());
  EXPECT_FALSE(stopped_.Contains("up"));
  EXPECT_EQ(database_->inbox().Newest("up").epoch, 200);
  std::vector<storage::Divergence> found;
  ASSERT_TRUE(database_
                  ->Read([&](storage::Session& session) {
                    found = database_->inbox().Divergences(session);
                    return absl::OkStatus();
                  })
                  .ok());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].from_seq, 4);
  EXPECT_EQ(found[0].to_seq, 5);
}

}  // namespace
}  // namespace xiufu::service
