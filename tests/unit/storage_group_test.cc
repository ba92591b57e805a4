// Group commit: who shares a transaction, what a failing neighbour undoes, what a commit hands on.
#include <atomic>
#include <thread>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "tests/unit/storage_fixture.h"

namespace xiufu::storage {
namespace {

// Does what it is told, outside savepoints, and remembers its answer.
class TestUnit : public WriteUnit {
 public:
  TestUnit(std::vector<absl::Status>* answers, std::function<void(Tx&)> apply, size_t weight = 1)
      : answers_(answers), apply_(std::move(apply)), weight_(weight) {}
  void Apply(Tx& tx) override { apply_(tx); }
  void Settled(const absl::Status& status) override { answers_->push_back(status); }
  size_t Weight() const override { return weight_; }

 private:
  std::vector<absl::Status>* const answers_;
  const std::function<void(Tx&)> apply_;
  const size_t weight_;
};

class GroupTest : public StoreTest {
 protected:
  GroupTest() { Open(); }

  void Submit(std::function<void(Tx&)> apply, size_t weight = 1) {
    database_->Submit(std::make_unique<TestUnit>(&answers_, std::move(apply), weight));
  }
  void PutLater(const std::string& name, int n = 1, const absl::Status& result = absl::OkStatus()) {
    database_->Write(
        [name, n, result](Tx& tx) {
          tx.Run("INSERT INTO thing VALUES (?, ?)", name, n);
          tx.outbox().Append(tx, NewEvent("s", static_cast<uint64_t>(n)));
          return result;
        },
        [this](absl::Status status) { answers_.push_back(std::move(status)); });
  }

  std::vector<absl::Status> answers_;
};

TEST_F(GroupTest, WhatWaitsIsOneTransactionAndEachGetsItsOwnAnswer) {
  const int64_t before = database_->commits();
  PutLater("a", 1);
  PutLater("b", 2, absl::InvalidArgumentError("no"));
  PutLater("c", 3);
  PutLater("a", 4);  // violates the key
  EXPECT_EQ(database_->RunPending(), 4u);
  EXPECT_EQ(database_->commits(), before + 1);
  ASSERT_EQ(answers_.size(), 4u);
  EXPECT_TRUE(answers_[0].ok()) << answers_[0];
  EXPECT_EQ(answers_[1], absl::InvalidArgumentError("no"));
  EXPECT_TRUE(answers_[2].ok());
  EXPECT_EQ(answers_[3].code(), absl::StatusCode::kAlreadyExists) << answers_[3];
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 2);
}

TEST_F(GroupTest, AFailedWriteTakesBackItsEventsAndTheNumbersGoOn) {
  Recorder recorder;
  database_->AddListener(&recorder);
  PutLater("a", 1);
  PutLater("b", 2, absl::AbortedError("no"));
  PutLater("c", 3);
  database_->RunPending();
  PutLater("d", 4);
  database_->RunPending();
  std::vector<OutboxRow> rows = Events("s", database_->epoch());
  ASSERT_EQ(rows.size(), 3u);
  Id previous;
  const uint64_t expected[] = {1, 3, 4};
  for (size_t i = 0; i < rows.size(); ++i) {
    messaging::Envelope event = *messaging::DecodeEnvelope(rows[i].bytes);
    EXPECT_EQ(rows[i].seq, static_cast<int64_t>(i) + 1);
    EXPECT_EQ(event.seq, rows[i].seq);
    EXPECT_EQ(event.epoch, database_->epoch());
    EXPECT_EQ(event.id, TestId("s", expected[i]));
    EXPECT_EQ(event.previous_id, previous);
    previous = event.id;
  }
  ASSERT_EQ(recorder.all.size(), 2u);
  ASSERT_EQ(recorder.all[0].events.size(), 2u);
  EXPECT_EQ(recorder.all[0].events[1].seq, 2);
  EXPECT_EQ(recorder.all[0].events[1].bytes, rows[1].bytes) << "handed on without reading again";
  EXPECT_EQ(recorder.all[1].events[0].bytes, rows[2].bytes);
}

TEST_F(GroupTest, SavepointsNestAndAThrownExceptionIsAnAnswer) {
  MustWrite([](Tx& tx) {
    tx.outbox().Append(tx, NewEvent("s", 1));
    EXPECT_EQ(tx.InSavepoint([](Tx& inside) -> absl::Status {
                  inside.outbox().Append(inside, NewEvent("s", 2));
                  EXPECT_TRUE(inside
                                  .InSavepoint([](Tx& deeper) {
                                    deeper.outbox().Append(deeper, NewEvent("s", 3));
                                    return absl::OkStatus();
                                  })
                                  .ok());
                  throw std::out_of_range("lost");
                }).code(),
              absl::StatusCode::kInternal);
    EXPECT_TRUE(tx.status().ok());
    tx.outbox().Append(tx, NewEvent("s", 4));
  });
  std::vector<OutboxRow> rows = Events("s", database_->epoch());
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(messaging::DecodeEnvelope(rows[1].bytes)->id, TestId("s", 4));
}

TEST_F(GroupTest, AnErrorOutsideSavepointsLosesTheGroupButNotTheStore) {
  AppendEvents("s", 1, 1);
  PutLater("a", 2);
  Submit([](Tx& tx) { tx.Run("INSERT INTO thing VALUES ('x', NULL)"); });
  PutLater("b", 3);
  database_->RunPending();
  ASSERT_EQ(answers_.size(), 3u);
  EXPECT_EQ(answers_[0].code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(answers_[1].code(), absl::StatusCode::kFailedPrecondition) << "the culprit's own";
  EXPECT_EQ(answers_[2].code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 0);
  AppendEvents("s", 4, 4);
  std::vector<OutboxRow> rows = Events("s", database_->epoch());
  ASSERT_EQ(rows.size(), 2u) << "heads were read back";
  EXPECT_EQ(rows[1].seq, 2);
  EXPECT_EQ(messaging::DecodeEnvelope(rows[1].bytes)->previous_id, TestId("s", 1));
}

TEST_F(GroupTest, AUnitPastTheWeightBeginsTheNextGroup) {
  const int64_t before = database_->commits();
  Submit([](Tx&) {}, 300);
  Submit([](Tx&) {}, 200);
  Submit([](Tx&) {}, 13);
  Submit([](Tx&) {}, 100'000);
  Submit([](Tx&) {}, 1);
  EXPECT_EQ(database_->RunPending(), 5u);
  EXPECT_EQ(database_->commits(), before + 4) << "500 | 13 | 100000 | 1";
}

TEST_F(GroupTest, WhatIsAskedInsideAnAnswerWaitsForTheNextRound) {
  int rounds = 0;
  std::function<void(absl::Status)> again = [&](const absl::Status&) {
    if (++rounds < 5) {
      database_->Write([](Tx&) { return absl::OkStatus(); }, again);
      EXPECT_EQ(database_->RunPending(), 0u) << "not from inside";
      EXPECT_EQ(Write([](Tx&) { return absl::OkStatus(); }).code(),
                absl::StatusCode::kFailedPrecondition);
    }
  };
  database_->Write([](Tx&) { return absl::OkStatus(); }, again);
  EXPECT_EQ(database_->RunPending(), 1u);
  EXPECT_EQ(rounds, 1);
  while (database_->RunPending() > 0) {
  }
  EXPECT_EQ(rounds, 5);
}

TEST_F(GroupTest, TooManyWaitingWritesAreRefusedDeliveriesAreNot) {
  Database::Options options = OptionsFor(Path("small.db"));
  options.max_waiting = 2;
  Open(options);
  PutLater("a", 1);
  PutLater("b", 2);
  PutLater("c", 3);
  Submit([](Tx&) {});
  EXPECT_EQ(database_->RunPending(), 4u);
  ASSERT_EQ(answers_.size(), 4u);
  EXPECT_EQ(answers_[0].code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 2);
  PutLater("d", 4);
  database_->RunPending();
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 3) << "answered ones no longer count";
}

TEST_F(GroupTest, ListenersHearOfEveryCommitBeforeTheAnswers) {
  struct Listener : CommitListener {
    void OnCommitted(Committed& committed) override {
      ++calls;
      EXPECT_EQ(answered, 0);
      jobs |= committed.jobs;
      timers |= committed.timers;
      waiting |= committed.waiting;
    }
    int calls = 0, answered = 0;
    bool jobs = false, timers = false, waiting = false;
  } listener;
  database_->AddListener(&listener);
  MustWrite([](Tx& tx) { tx.Run("INSERT INTO thing VALUES ('a', 1)"); });
  EXPECT_EQ(listener.calls, 1) << "domain rows alone may matter to somebody";
  EXPECT_FALSE(listener.jobs || listener.timers || listener.waiting);
  database_->Write(
      [](Tx& tx) {
        tx.jobs().Add(tx, Job{TestId("job", 1), "k", "d", "", Id(), 0, {}, {}, ""});
        tx.timers().Set(tx, Timer{"k", TestId("subject", 1), absl::UnixEpoch(), "", 0});
        messaging::Envelope event = NewEvent("up", 1);
        event.epoch = 1;
        event.seq = 1;
        tx.waiting().Add(tx, {event, ""}, WaitingState::kRetry, 1, absl::UnixEpoch(),
                         absl::UnixEpoch(), "");
        return absl::OkStatus();
      },
      [&](const absl::Status&) { ++listener.answered; });
  database_->RunPending();
  EXPECT_EQ(listener.calls, 2);
  EXPECT_TRUE(listener.jobs && listener.timers && listener.waiting);
}

TEST_F(GroupTest, AFullDiskAnswersTheWholeGroupAndRefusesUntilThereIsRoom) {
  AppendEvents("s", 1, 1);
  auto limit_pages = [&](bool limit) {
    MustRead([&](Session& session) {
      session.Sql("PRAGMA wal_checkpoint").Next();
      if (limit) {
        Query count = session.Sql("PRAGMA page_count");
        ASSERT_TRUE(count.Next());
        Query set = session.Sql("PRAGMA max_page_count = 60");
        ASSERT_TRUE(set.Next());
        ASSERT_LT(count.Int(0), 60);
      } else {
        session.Sql("PRAGMA max_page_count = 1000000").Next();
      }
    });
  };
  limit_pages(true);
  PutLater("before", 2);
  Submit([](Tx& tx) {
    tx.Run("CREATE TABLE big (b BLOB)");
    tx.Run("INSERT INTO big VALUES (zeroblob(1000000))");
  });
  PutLater("after", 3);
  EXPECT_EQ(database_->RunPending(), 3u);
  ASSERT_EQ(answers_.size(), 3u);
  for (const absl::Status& answer : answers_) {
    EXPECT_EQ(answer.code(), absl::StatusCode::kUnavailable) << answer;
  }

  answers_.clear();
  PutLater("refused", 4);
  Submit([](Tx&) {});
  database_->RunPending();
  EXPECT_EQ(answers_[0].code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(answers_[1].code(), absl::StatusCode::kUnavailable) << "a delivery is held";

  // The probe needs 64 KiB: with the limit still there it goes on refusing.
  MustRead([](Session& session) { session.Sql("PRAGMA max_page_count = 42").Next(); });
  clock_.Advance(absl::Seconds(2));
  answers_.clear();
  PutLater("refused", 5);
  database_->RunPending();
  EXPECT_EQ(answers_[0].code(), absl::StatusCode::kResourceExhausted) << answers_[0];

  limit_pages(false);
  answers_.clear();
  PutLater("too early", 6);
  database_->RunPending();
  EXPECT_EQ(answers_[0].code(), absl::StatusCode::kResourceExhausted) << "probed once a second";
  clock_.Advance(absl::Seconds(2));
  PutLater("taken", 7);
  database_->RunPending();
  EXPECT_TRUE(answers_[1].ok()) << answers_[1];
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 1);
  std::vector<OutboxRow> rows = Events("s", database_->epoch());
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(messaging::DecodeEnvelope(rows[1].bytes)->id, TestId("s", 7));
}

TEST_F(GroupTest, SentThroughGoesWithTheNextTransactionAndAtStop) {
  AppendEvents("s", 1, 3);
  const int64_t epoch = database_->epoch();
  const int64_t before = database_->commits();
  database_->NoteSentThrough("s", epoch, 2);
  EXPECT_EQ(database_->RunPending(), 0u);
  EXPECT_EQ(database_->commits(), before) << "never by itself";
  EXPECT_EQ(Heads()[0].sent_through, 0);
  MustWrite([](Tx&) {});
  EXPECT_EQ(Heads()[0].sent_through, 2);
  database_->NoteSentThrough("s", epoch, 1);
  MustWrite([](Tx&) {});
  EXPECT_EQ(Heads()[0].sent_through, 2) << "only rises";
  database_->NoteSentThrough("s", epoch, 3);
  Submit([](Tx& tx) { tx.Run("INSERT INTO thing VALUES ('x', NULL)"); });
  database_->RunPending();  // lost, with the note in it
  Reopen();
  EXPECT_EQ(Heads()[0].sent_through, 3);
}

TEST_F(GroupTest, ManyThreadsAreAnsweredAfterTheirCommit) {
  Database::Options options = OptionsFor(Path("threaded.db"));
  options.run_inline = false;
  Open(options);
  constexpr int kThreads = 4;
  constexpr int kEach = 500;
  absl::BlockingCounter answered(kThreads * kEach);
  std::atomic<int> failed{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        const int n = t * kEach + i;
        database_->Write(
            [n](Tx& tx) {
              tx.Run("INSERT INTO thing VALUES (?, ?)", std::to_string(n), n);
              tx.outbox().Append(tx, NewEvent("s", static_cast<uint64_t>(n)));
              return n % 10 == 0 ? absl::AbortedError("no") : absl::OkStatus();
            },
            [&](const absl::Status& status) {
              if (!status.ok()) ++failed;
              answered.DecrementCount();
            });
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  answered.Wait();
  EXPECT_EQ(failed, kThreads * kEach / 10);
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), kThreads * kEach * 9 / 10);
  EXPECT_EQ(Events("s", database_->epoch()).size(), kThreads * kEach * 9u / 10);
  EXPECT_LT(database_->commits(), kThreads * kEach / 2) << "grouped";
}

TEST_F(GroupTest, StopFinishesWhatWaitsAndRefusesWhatComes) {
  Database::Options options = OptionsFor(Path("threaded.db"));
  options.run_inline = false;
  Open(options);
  absl::Notification blocked, go;
  database_->Write(
      [&](Tx&) {
        blocked.Notify();
        go.WaitForNotification();
        return absl::OkStatus();
      },
      [](const absl::Status&) {});
  blocked.WaitForNotification();
  for (int i = 0; i < 100; ++i) PutLater(std::to_string(i), i);
  std::thread stopper([&] { database_->Stop(); });
  go.Notify();
  stopper.join();
  ASSERT_EQ(answers_.size(), 100u);
  for (const absl::Status& answer : answers_) EXPECT_TRUE(answer.ok()) << answer;
  EXPECT_EQ(Write([](Tx&) { return absl::OkStatus(); }).code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(database_->Read([](Session&) { return absl::OkStatus(); }).code(),
            absl::StatusCode::kUnavailable);
  Open(options);
  EXPECT_FALSE(database_->unclean_start());
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 100);
}

TEST_F(GroupTest, ReadersSeeOneSnapshotWhileWritesGoOn) {
  Database::Options options = OptionsFor(Path("threaded.db"));
  options.run_inline = false;
  Open(options);
  MustRead([&](Session& session) {
    auto count = [&] {
      Query query = session.Sql("SELECT COUNT(*) FROM thing");
      return query.Next() ? query.Int(0) : -1;
    };
    EXPECT_EQ(count(), 0);
    MustWrite([](Tx& tx) { tx.Run("INSERT INTO thing VALUES ('a', 1)"); });
    EXPECT_EQ(count(), 0);
  });
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 1);
}

}  // namespace
}  // namespace xiufu::storage
