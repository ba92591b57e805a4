// Watching: in order, nothing twice, nothing left out, at the receiver's pace.
#include <gtest/gtest.h>

#include <deque>
#include <thread>

#include "absl/synchronization/notification.h"
#include "tests/unit/intake_fixture.h"

namespace xiufu::intake {
namespace {

// A receiver that takes an entry when it is told to.
class FakeSink final : public TimelineSink {
 public:
  void Send(const TimelineEntry& entry) override {
    EXPECT_FALSE(busy) << "one at a time";
    busy = true;
    positions.push_back(entry.position);
  }
  void Finish(const absl::Status& status) override {
    EXPECT_FALSE(finished.has_value());
    finished = status;
  }
  std::vector<int64_t> positions;
  std::optional<absl::Status> finished;
  bool busy = false;
};

// A timeline that tests write by hand.
class WatchHubTest : public ::testing::Test {
 protected:
  void Add(int entries) {
    for (int i = 0; i < entries; ++i) {
      TimelineEntry entry;
      entry.position = static_cast<int64_t>(timeline_.size()) + 1;
      timeline_.push_back(entry);
    }
  }
  void Commit(const Id& application) {
    storage::Committed committed;
    hub_.OnAppending(application);
    hub_.OnCommitted(committed);
    hub_.RunPending();
  }
  std::shared_ptr<TimelineFeed> Watch(FakeSink* sink, int64_t after = 0) {
    auto feed = std::make_shared<TimelineFeed>(kId, after, sink);
    EXPECT_TRUE(hub_.Watch(feed).ok());
    hub_.RunPending();
    return feed;
  }
  void TakeAll(FakeSink& sink, const std::shared_ptr<TimelineFeed>& feed) {
    while (std::exchange(sink.busy, false)) {
      hub_.Sent(feed, true);
      hub_.RunPending();
    }
  }

  FakeSink& NewSink() { return sinks_.emplace_back(); }

  const Id kId = TestId(1);
  std::deque<FakeSink> sinks_;  // outlive the hub, which ends what is still watched
  std::vector<TimelineEntry> timeline_;
  bool final_ = false;
  int reads_ = 0;
  WatchHub hub_{[this](const Id&, int64_t position, int limit) -> absl::StatusOr<TimelineBatch> {
    ++reads_;
    TimelineBatch batch;
    for (const TimelineEntry& entry : timeline_) {
      if (entry.position <= position) continue;
      if (static_cast<int>(batch.entries.size()) == limit) break;
      batch.entries.push_back(entry);
    }
    batch.more = static_cast<int>(batch.entries.size()) == limit;
    batch.ended = final_ && !batch.more;
    return batch;
  }};
};

TEST_F(WatchHubTest, SendsWhatIsThereThenWhatComes) {
  Add(3);
  FakeSink& sink = NewSink();
  auto feed = Watch(&sink, 1);
  TakeAll(sink, feed);
  EXPECT_EQ(sink.positions, (std::vector<int64_t>{2, 3}));
  Add(1);
  Commit(kId);
  TakeAll(sink, feed);
  EXPECT_EQ(sink.positions, (std::vector<int64_t>{2, 3, 4}));
  EXPECT_FALSE(sink.finished.has_value());
  final_ = true;
  Add(1);
  Commit(kId);
  TakeAll(sink, feed);
  EXPECT_EQ(sink.positions.back(), 5);
  ASSERT_TRUE(sink.finished.has_value());
  EXPECT_TRUE(sink.finished->ok());
}

TEST_F(WatchHubTest, ASlowReceiverHoldsNobodyUpAndMissesNothing) {
  FakeSink& slow = NewSink();
  FakeSink& quick = NewSink();
  auto slow_feed = Watch(&slow);
  auto quick_feed = Watch(&quick);
  for (int i = 0; i < 250; ++i) {
    Add(1);
    Commit(kId);
    TakeAll(quick, quick_feed);
  }
  EXPECT_EQ(quick.positions.size(), 250u);
  EXPECT_EQ(slow.positions.size(), 1u);
  TakeAll(slow, slow_feed);
  EXPECT_EQ(slow.positions, quick.positions);
}

TEST_F(WatchHubTest, CommitsOfOthersWakeNobody) {
  FakeSink& sink = NewSink();
  Watch(&sink);
  const int before = reads_;
  Commit(TestId(9));
  EXPECT_EQ(reads_, before);
}

TEST_F(WatchHubTest, AFinalApplicationEndsAtOnce) {
  Add(2);
  final_ = true;
  FakeSink& sink = NewSink();
  Watch(&sink, 2);
  ASSERT_TRUE(sink.finished.has_value());
  EXPECT_TRUE(sink.finished->ok());
}

TEST_F(WatchHubTest, ACancelledWatchEndsWhenNothingIsOnItsWay) {
  Add(3);
  FakeSink& sink = NewSink();
  auto feed = Watch(&sink);
  feed->End(absl::CancelledError("gone"));
  EXPECT_FALSE(sink.finished.has_value()) << "an entry is on its way";
  hub_.Sent(feed, false);
  ASSERT_TRUE(sink.finished.has_value());
  EXPECT_EQ(sink.finished->code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(sink.positions.size(), 1u);
  hub_.Forget(feed);
  hub_.Forget(feed);
  EXPECT_EQ(hub_.watchers(), 0u);
  Commit(kId);
}

TEST_F(WatchHubTest, StoppingEndsEveryWatch) {
  FakeSink& sink = NewSink();
  auto feed = Watch(&sink);
  hub_.Stop();
  ASSERT_TRUE(sink.finished.has_value());
  EXPECT_EQ(sink.finished->code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(hub_.Watch(std::make_shared<TimelineFeed>(kId, 0, &sink)).code(),
            absl::StatusCode::kUnavailable);
}

TEST_F(WatchHubTest, AFailedReadEndsTheWatch) {
  WatchHub hub([](const Id&, int64_t, int) -> absl::StatusOr<TimelineBatch> {
    return absl::UnavailableError("store");
  });
  FakeSink& sink = NewSink();
  ASSERT_TRUE(hub.Watch(std::make_shared<TimelineFeed>(kId, 0, &sink)).ok());
  hub.RunPending();
  EXPECT_EQ(sink.finished->code(), absl::StatusCode::kUnavailable);
}

// Takes what it gets on a thread of its own.
class EagerSink final : public TimelineSink {
 public:
  explicit EagerSink(WatchHub* hub) : hub_(hub), thread_([this] { Loop(); }) {}
  ~EagerSink() override { thread_.join(); }
  void Watch(const Id& application) {
    feed_ = std::make_shared<TimelineFeed>(application, 0, this);
    ASSERT_TRUE(hub_->Watch(feed_).ok());
  }
  void Send(const TimelineEntry& entry) override {
    absl::MutexLock lock(&mutex_);
    positions_.push_back(entry.position);
    sent_ = true;
  }
  void Finish(const absl::Status& status) override {
    absl::MutexLock lock(&mutex_);
    status_ = status;
    finished_ = true;
  }
  std::vector<int64_t> Wait() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(&finished_));
    EXPECT_TRUE(status_.ok()) << status_;
    return positions_;
  }

 private:
  void Loop() {
    while (true) {
      {
        absl::MutexLock lock(&mutex_);
        auto ready = [this] { return sent_ || finished_; };
        mutex_.Await(absl::Condition(&ready));
        if (finished_) return;
        sent_ = false;
      }
      hub_->Sent(feed_, true);
    }
  }

  WatchHub* const hub_;
  std::shared_ptr<TimelineFeed> feed_;
  absl::Mutex mutex_;
  std::vector<int64_t> positions_;
  absl::Status status_;
  bool sent_ = false;
  bool finished_ = false;
  std::thread thread_;
};

// With real threads and a real store: watchers join at any moment of a growing timeline.
TEST(WatchHubOnAStore, NothingFallsBetweenTheFirstLookAndTheFirstWake) {
  constexpr int kEntries = 200;
  TempFolder folder;
  ManualClock clock(TestNow());
  storage::Database::Options options;
  options.path = folder.FilePath("store.db");
  options.service = "intake";
  auto database = *storage::Database::Open(options, Migrations(), &clock);
  const Id application = TestId(1);
  SqlTimelineTable* table = nullptr;
  WatchHub hub([&](const Id& id, int64_t position, int limit) -> absl::StatusOr<TimelineBatch> {
    TimelineBatch batch;
    absl::Status status = database->Read([&](storage::Session& session) {
      batch.entries = table->After(session, id, position, limit);
      return session.status();
    });
    if (!status.ok()) return status;
    batch.more = static_cast<int>(batch.entries.size()) == limit;
    const int64_t last = batch.entries.empty() ? position : batch.entries.back().position;
    batch.ended = last == kEntries;
    return batch;
  });
  SqlTimelineTable timeline(&hub);
  table = &timeline;
  database->AddListener(&hub);
  database->Start();
  hub.Start();
  std::vector<std::unique_ptr<EagerSink>> sinks;
  for (int i = 0; i < kEntries; ++i) {
    if (i % 10 == 0) {
      sinks.push_back(std::make_unique<EagerSink>(&hub));
      sinks.back()->Watch(application);
    }
    ASSERT_TRUE(database
                    ->WriteAndWait([&](storage::Tx& tx) {
                      timeline.Append(tx, application, {TimelineEntry()});
                      return absl::OkStatus();
                    })
                    .ok());
  }
  std::vector<int64_t> all;
  for (int64_t i = 1; i <= kEntries; ++i) all.push_back(i);
  for (auto& sink : sinks) EXPECT_EQ(sink->Wait(), all);
  hub.Stop();
  database->Stop();
}

}  // namespace
}  // namespace xiufu::intake
