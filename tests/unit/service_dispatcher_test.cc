// The path of an event from delivery to its rows: claim, handler in a savepoint, retry, park, order
// per application.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "libs/service/dispatcher.h"
#include "libs/service/due_work.h"
#include "libs/storage/database.h"
#include "libs/storage/inbox.h"
#include "libs/storage/waiting.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/seeded_ids.h"

namespace xiufu::service {
namespace {

constexpr int64_t kEpoch = 1000;

class DispatcherTest : public ::testing::Test {
 protected:
  DispatcherTest() { Open(":memory:"); }

  void Open(const std::string& path) {
    storage::Database::Options options;
    options.path = path;
    options.service = "test";
    options.run_inline = true;
    database_ = *storage::Database::Open(options, {}, &clock_);
    subscription_ = {"test", {"up"}};
    wiring_.router.On(
        "add", [this](const messaging::Envelope& event, const messaging::Cause&, storage::Tx&) {
          if (!failure_.ok() && event.application == failing_) return failure_;
          handled_.push_back(event.data);
          return absl::OkStatus();
        });
    handling_ = std::make_unique<Handling>(&wiring_, RetryPolicy(), [] { return 0.0; });
    due_ = std::make_unique<DueWork>(database_.get(), &wiring_, handling_.get(), &clock_);
    dispatcher_ = std::make_unique<Dispatcher>(
        Dispatcher::Parts{&subscription_, database_.get(), handling_.get(), &stopped_,
                          [this](const std::string&) { ++gaps_; },
                          [this](const std::string&, const std::string&) { ++alarms_; }});
    database_->Start();
  }

  // The `seq`-th event of the stream, its predecessor being the one before.
  messaging::EncodedEvent Event(int64_t seq, Id application = Id(), Id case_id = Id()) {
    messaging::Envelope envelope;
    envelope.id = IdOf(seq);
    envelope.type = "add";
    envelope.stream = "up";
    envelope.epoch = kEpoch;
    envelope.seq = seq;
    envelope.previous_id = seq > 1 ? IdOf(seq - 1) : Id();
    envelope.data = std::to_string(seq);
    envelope.application = application;
    envelope.case_id = case_id;
    return {envelope, messaging::EncodeEnvelope(envelope)};
  }
  static Id IdOf(int64_t seq) { return DeriveId(Id(), "event", static_cast<uint64_t>(seq), {}); }
  static Id Application(uint64_t n) { return DeriveId(Id(), "application", n, {}); }

  absl::Status Offer(std::vector<messaging::EncodedEvent> events) {
    Batch batch;
    batch.events = std::move(events);
    batch.now = clock_.Now();
    absl::Status result = absl::UnknownError("not settled");
    dispatcher_->Offer(std::make_shared<Batch>(std::move(batch)),
                       [&](const absl::Status& status) { result = status; });
    while (database_->RunPending() > 0) {
    }
    return result;
  }
  void RunDue() {
    due_->Submit([](const absl::Status&) {});
    database_->RunPending();
  }
  storage::Waiting::Counts Counts() {
    storage::Waiting::Counts counts;
    EXPECT_TRUE(database_
                    ->Read([&](storage::Session& session) {
                      counts = database_->waiting().Count(session);
                      return absl::OkStatus();
                    })
                    .ok());
    return counts;
  }

  ManualClock clock_{absl::FromUnixSeconds(1'780'000'000)};
  std::unique_ptr<storage::Database> database_;
  Subscription subscription_;
  Wiring wiring_;
  StoppedStreams stopped_;
  std::unique_ptr<Handling> handling_;
  std::unique_ptr<DueWork> due_;
  std::unique_ptr<Dispatcher> dispatcher_;
  std::vector<std::string> handled_;
  absl::Status failure_;
  Id failing_;
  int gaps_ = 0;
  int alarms_ = 0;
};

using Strings = std::vector<std::string>;

TEST_F(DispatcherTest, HandlesInOrderAndOnce) {
  EXPECT_TRUE(Offer({Event(1), Event(2)}).ok());
  EXPECT_TRUE(Offer({Event(2), Event(1), Event(3)}).ok());
  EXPECT_EQ(handled_, (Strings{"1", "2", "3"}));
}

TEST_F(DispatcherTest, HoldsWhatComesBeforeItsPredecessor) {
  EXPECT_TRUE(Offer({Event(1), Event(3), Event(4)}).ok());
  EXPECT_EQ(handled_, (Strings{"1"}));
  EXPECT_EQ(gaps_, 2);
  EXPECT_TRUE(Offer({Event(2)}).ok());
  EXPECT_EQ(handled_, (Strings{"1", "2", "3", "4"}));
}

TEST_F(DispatcherTest, AWrongPredecessorStopsThatStreamAlone) {
  EXPECT_TRUE(Offer({Event(1)}).ok());
  messaging::EncodedEvent other = Event(2);
  other.envelope.previous_id = IdOf(77);
  EXPECT_TRUE(Offer({other}).ok());
  EXPECT_TRUE(Offer({Event(2)}).ok());
  EXPECT_EQ(handled_, (Strings{"1"}));
  EXPECT_EQ(alarms_, 1);
}

TEST_F(DispatcherTest, AFailingEventWaitsAndItsApplicationBehindIt) {
  failing_ = Application(1);
  failure_ = absl::UnavailableError("not yet");
  EXPECT_TRUE(
      Offer({Event(1, Application(1)), Event(2, Application(1)), Event(3, Application(2))}).ok());
  EXPECT_EQ(handled_, (Strings{"3"}));
  EXPECT_EQ(Counts().retry, 1);
  EXPECT_EQ(Counts().behind, 1);

  failure_ = absl::OkStatus();
  clock_.Advance(absl::Minutes(1));
  RunDue();
  EXPECT_EQ(handled_, (Strings{"3", "1", "2"}));
  EXPECT_EQ(Counts().retry + Counts().behind, 0);
}

TEST_F(DispatcherTest, WhatSaysNothingToTheServiceLeavesTheMarkAlone) {
  wiring_.router.Ignore("noise");
  failing_ = Application(1);
  failure_ = absl::UnavailableError("not yet");
  messaging::EncodedEvent noise = Event(2, Application(1));
  noise.envelope.type = "noise";
  noise.bytes = messaging::EncodeEnvelope(noise.envelope);
  EXPECT_TRUE(Offer({Event(1, Application(1)), noise, Event(3, Application(2))}).ok());
  EXPECT_EQ(handled_, (Strings{"3"}));
  EXPECT_EQ(Counts().behind, 0);
  EXPECT_EQ(gaps_, 0);
  int64_t inputs = 0;
  ASSERT_TRUE(database_
                  ->Read([&](storage::Session& session) {
                    storage::Query count = session.Sql("SELECT count(*) FROM case_input");
                    if (count.Next()) inputs = count.Int(0);
                    return session.status();
                  })
                  .ok());
  EXPECT_EQ(inputs, 1);
}

TEST_F(DispatcherTest, CasesOfOneApplicationDoNotWaitForEachOther) {
  failing_ = Application(1);
  failure_ = absl::UnavailableError("not yet");
  const Id a = Application(8);
  const Id b = Application(9);
  EXPECT_TRUE(Offer({Event(1, Application(1), a)}).ok());
  failure_ = absl::OkStatus();
  EXPECT_TRUE(Offer({Event(2, Application(1), b), Event(3, Application(1), a)}).ok());
  EXPECT_EQ(handled_, (Strings{"2"}));
  clock_.Advance(absl::Minutes(1));
  RunDue();
  EXPECT_EQ(handled_, (Strings{"2", "1", "3"}));
}

TEST_F(DispatcherTest, WhatFailsForGoodIsParkedAndReplayed) {
  failing_ = Application(1);
  failure_ = absl::InternalError("cannot");
  EXPECT_TRUE(Offer({Event(1, Application(1)), Event(2, Application(1))}).ok());
  EXPECT_EQ(Counts().parked, 1);
  clock_.Advance(absl::Hours(24));
  RunDue();
  EXPECT_EQ(handled_, Strings{});

  failure_ = absl::OkStatus();
  absl::Status replayed = absl::UnknownError("not run");
  database_->Write(
      [&](storage::Tx& tx) {
        std::vector<storage::WaitingRow> rows =
            tx.waiting().List(tx, storage::WaitingState::kParked, 0, 10);
        return tx.waiting().Replay(tx, rows.at(0).id, clock_.Now());
      },
      [&](const absl::Status& status) { replayed = status; });
  database_->RunPending();
  EXPECT_TRUE(replayed.ok()) << replayed;
  RunDue();
  EXPECT_EQ(handled_, (Strings{"1", "2"}));
}

TEST_F(DispatcherTest, AnUnknownTypeIsParked) {
  messaging::EncodedEvent event = Event(1);
  event.envelope.type = "from.the.future";
  EXPECT_TRUE(Offer({event}).ok());
  EXPECT_EQ(Counts().parked, 1);
}

TEST_F(DispatcherTest, PoisonIsKeptOnceAndTheLineGoesOn) {
  for (int i = 0; i < 2; ++i) {
    Batch batch;
    batch.poison.push_back({"no run", "garbage", 7});
    batch.now = clock_.Now();
    dispatcher_->Offer(std::make_shared<Batch>(std::move(batch)),
                       [](const absl::Status& status) { ASSERT_TRUE(status.ok()); });
    database_->RunPending();
  }
  EXPECT_TRUE(Offer({Event(1)}).ok());
  EXPECT_EQ(Counts().poison, 1);
  EXPECT_EQ(handled_, (Strings{"1"}));
}

TEST_F(DispatcherTest, AStreamNotSubscribedToIsKeptAsPoison) {
  messaging::EncodedEvent event = Event(1);
  event.envelope.stream = "elsewhere";
  EXPECT_TRUE(Offer({event}).ok());
  EXPECT_EQ(Counts().poison, 1);
  EXPECT_EQ(handled_, Strings{});
}

}  // namespace
}  // namespace xiufu::service
