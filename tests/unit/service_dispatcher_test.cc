// The path of an event from delivery to its rows: claim, handler in a savepoint, retry, park, order
// per application.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "libs/service/due_work.h"
#include "libs/storage/waiting.h"
#include "tests/unit/service_fixture.h"

namespace xiufu::service {
namespace {

constexpr int64_t kEpoch = 1000;

class DispatcherTest : public EventPathTest {
 protected:
  DispatcherTest() {
    wiring_.router.On(
        "add", [this](const messaging::Envelope& event, const messaging::Cause&, storage::Tx&) {
          if (!failure_.ok() && event.application == failing_) return failure_;
          handled_.push_back(event.data);
          return absl::OkStatus();
        });
  }

  static messaging::EncodedEvent Event(int64_t seq, Id application = Id(), Id case_id = Id()) {
    messaging::Envelope envelope = UpEvent(kEpoch, seq, "add");
    envelope.data = std::to_string(seq);
    envelope.application = application;
    envelope.case_id = case_id;
    return {envelope, messaging::EncodeEnvelope(envelope)};
  }
  static Id Application(uint64_t n) { return DeriveId(Id(), "application", n, {}); }

  void RunDue() {
    due_.Submit([](const absl::Status&) {});
    database_->RunPending();
  }
  // The first of them.
  void ReplayParked() {
    MustWrite([&](storage::Tx& tx) {
      std::vector<storage::WaitingRow> rows =
          tx.waiting().List(tx, storage::WaitingState::kParked, 0, 10);
      absl::Status replayed = tx.waiting().Replay(tx, rows.at(0).id, clock_.Now());
      EXPECT_TRUE(replayed.ok()) << replayed;
    });
  }
  storage::Waiting::Counts Counts() {
    storage::Waiting::Counts counts;
    MustRead([&](storage::Session& session) { counts = database_->waiting().Count(session); });
    return counts;
  }

  DueWork due_{database_.get(), &wiring_, &handling_, &clock_};
  std::vector<std::string> handled_;
  absl::Status failure_;
  Id failing_;
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
  other.envelope.previous_id = UpId(kEpoch, 77);
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
  MustRead([&](storage::Session& session) {
    storage::Query count = session.Sql("SELECT count(*) FROM case_input");
    ASSERT_TRUE(count.Next());
    EXPECT_EQ(count.Int(0), 1);
  });
}

// A newer producer's type waits for a person; after an upgrade this service may know that it says
// nothing to it.
TEST_F(DispatcherTest, AParkedTypeThatIsIgnoredByNowIsReleasedByAReplay) {
  messaging::EncodedEvent unknown = Event(1, Application(1));
  unknown.envelope.type = "noise";
  unknown.bytes = messaging::EncodeEnvelope(unknown.envelope);
  EXPECT_TRUE(Offer({unknown, Event(2, Application(1))}).ok());
  EXPECT_EQ(Counts().parked, 1);
  EXPECT_EQ(Counts().behind, 1);

  wiring_.router.Ignore("noise");
  ReplayParked();
  RunDue();
  EXPECT_EQ(Counts().parked, 0);
  EXPECT_EQ(handled_, Strings{"2"});
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
  ReplayParked();
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
    EXPECT_TRUE(Offer(std::move(batch)).ok());
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
