// Jobs and timers: what is due, in which order, and that nothing is there twice.
#include "tests/unit/storage_fixture.h"

namespace xiufu::storage {
namespace {

class JobsTest : public StoreTest {
 protected:
  JobsTest() { Open(); }
  Job NewJob(uint64_t n, const std::string& destination, absl::Duration in) const {
    Job job;
    job.id = TestId("job", n);
    job.kind = "push";
    job.destination = destination;
    job.payload = std::string("\0payload", 8);
    job.application = TestId("application", n);
    job.created = clock_.Now();
    job.due = clock_.Now() + in;
    return job;
  }
  void Add(const Job& job) {
    MustWrite([&](Tx& tx) { tx.jobs().Add(tx, job); });
  }
  std::vector<Id> Due(size_t limit = 10, const std::vector<std::string>& without = {},
                      const std::vector<Id>& leased = {}) {
    std::vector<Id> ids;
    MustRead([&](Session& session) {
      for (const Job& job : database_->jobs().Due(session, clock_.Now(), limit, without, leased)) {
        ids.push_back(job.id);
      }
    });
    return ids;
  }
  absl::Time NextDue() {
    absl::Time next;
    MustRead([&](Session& session) { next = database_->jobs().NextDueTime(session); });
    return next;
  }
};

using IdList = std::vector<Id>;

TEST_F(JobsTest, DueJobsComeInOrderAcrossDestinations) {
  EXPECT_EQ(NextDue(), absl::InfiniteFuture());
  Add(NewJob(1, "tax", absl::Seconds(2)));
  Add(NewJob(2, "court", absl::Seconds(1)));
  Add(NewJob(3, "tax", absl::Seconds(1)));
  Add(NewJob(4, "tax", absl::Hours(1)));
  EXPECT_EQ(NextDue(), clock_.Now() + absl::Seconds(1));
  EXPECT_TRUE(Due().empty());
  clock_.Advance(absl::Seconds(5));
  const Id one = TestId("job", 1), two = TestId("job", 2), three = TestId("job", 3);
  const IdList pair = two < three ? IdList{two, three} : IdList{three, two};
  EXPECT_EQ(Due(), (IdList{pair[0], pair[1], one}));
  EXPECT_EQ(Due(2), pair);
  EXPECT_EQ(Due(10, {"tax"}), (IdList{two}));
  EXPECT_EQ(Due(10, {}, {two, one}), (IdList{three}));
  EXPECT_EQ(Due(1, {"court"}, {three}), (IdList{one})) << "leased ones do not use up the limit";
}

TEST_F(JobsTest, AddingAgainIsANoOpAndOtherContentAConflict) {
  Job job = NewJob(1, "tax", absl::ZeroDuration());
  Add(job);
  MustWrite([&](Tx& tx) {
    tx.jobs().Reschedule(tx, job.id, 3, clock_.Now() + absl::Minutes(1), "timeout");
  });
  Add(job);
  MustRead([&](Session& session) {
    std::optional<Job> found = database_->jobs().Find(session, job.id);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->attempts, 3) << "not set back";
    EXPECT_EQ(found->last_error, "timeout");
    EXPECT_EQ(found->payload, job.payload);
    EXPECT_EQ(found->application, job.application);
    EXPECT_EQ(found->created, job.created);
    EXPECT_EQ(database_->jobs().Count(session).due, 1);
  });
  job.payload = "other";
  EXPECT_EQ(Write([&](Tx& tx) {
              tx.jobs().Add(tx, job);
              return absl::OkStatus();
            }).code(),
            absl::StatusCode::kAlreadyExists);
}

TEST_F(JobsTest, AJobIsRemovedOnce) {
  Add(NewJob(1, "tax", absl::ZeroDuration()));
  MustWrite([&](Tx& tx) {
    EXPECT_TRUE(tx.jobs().Remove(tx, TestId("job", 1)));
    EXPECT_FALSE(tx.jobs().Remove(tx, TestId("job", 1)));
  });
  EXPECT_TRUE(Due().empty());
}

class ParkedJobsTest : public JobsTest {
 protected:
  ParkedJobsTest() {
    Add(NewJob(1, "tax", absl::ZeroDuration()));
    Add(NewJob(2, "tax", absl::ZeroDuration()));
    clock_.Advance(absl::Minutes(1));
    Park(job_);
  }
  void Park(const Id& id) {
    MustWrite([&](Tx& tx) { tx.jobs().Park(tx, id, 4, clock_.Now(), "HTTP 422"); });
  }
  absl::Status Replay(const Id& id) {
    return Write([&](Tx& tx) { return tx.jobs().Replay(tx, id, clock_.Now()); });
  }
  absl::Status Discard(const Id& id) {
    return Write([&](Tx& tx) { return tx.jobs().Discard(tx, id, "by letter", clock_.Now()); });
  }
  Job Find(const Id& id) {
    std::optional<Job> job;
    MustRead([&](Session& session) { job = database_->jobs().Find(session, id); });
    EXPECT_TRUE(job.has_value());
    return job.value_or(Job());
  }
  IdList List(JobState state, const Id& after = Id(), int limit = 10) {
    IdList ids;
    MustRead([&](Session& session) {
      for (const Job& job : database_->jobs().List(session, state, after, limit)) {
        ids.push_back(job.id);
      }
    });
    return ids;
  }
  Jobs::Counts Count() {
    Jobs::Counts counts;
    MustRead([&](Session& session) { counts = database_->jobs().Count(session); });
    return counts;
  }

  const Id job_ = TestId("job", 1);
  const Id other_ = TestId("job", 2);
};

TEST_F(ParkedJobsTest, AParkedJobIsKeptAndNeverDue) {
  const absl::Time since = clock_.Now();
  clock_.Advance(absl::Hours(24 * 365));
  EXPECT_EQ(Due(), IdList{other_});
  EXPECT_EQ(List(JobState::kParked), IdList{job_});
  EXPECT_EQ(Find(job_).state, JobState::kParked);
  EXPECT_EQ(Find(job_).parked, since);
  EXPECT_EQ(Find(job_).attempts, 4);
  EXPECT_EQ(Find(job_).last_error, "HTTP 422");
  EXPECT_EQ(Count().due, 1);
  EXPECT_EQ(Count().parked, 1);
  MustWrite([&](Tx& tx) { EXPECT_TRUE(tx.jobs().Remove(tx, other_)); });
  EXPECT_EQ(NextDue(), absl::InfiniteFuture()) << "nothing to wake up for";
}

TEST_F(ParkedJobsTest, AskingForAParkedJobAgainChangesNothing) {
  Job same = NewJob(1, "tax", absl::ZeroDuration());
  Add(same);
  EXPECT_EQ(Find(job_).state, JobState::kParked);
}

TEST_F(ParkedJobsTest, ReplayedItIsDueAgainAndRemembersAnEarlierCall) {
  ASSERT_TRUE(Replay(job_).ok());
  EXPECT_EQ(Due(), (IdList{other_, job_}));
  EXPECT_EQ(Find(job_).due, clock_.Now());
  EXPECT_EQ(Find(job_).attempts, 1);
  EXPECT_TRUE(List(JobState::kParked).empty());
  EXPECT_EQ(Count().parked, 0);
  Park(job_);
  EXPECT_EQ(List(JobState::kParked), IdList{job_});
}

TEST_F(ParkedJobsTest, ReplayTellsWhoeverMakesTheCalls) {
  struct Watch : CommitListener {
    void OnCommitted(Committed& committed) override { jobs = committed.jobs; }
    bool jobs = false;
  } watch;
  database_->AddListener(&watch);
  ASSERT_TRUE(Replay(job_).ok());
  EXPECT_TRUE(watch.jobs);
}

TEST_F(ParkedJobsTest, DiscardedItIsKeptWithReasonAndTime) {
  const absl::Time parked = clock_.Now();
  clock_.Advance(absl::Hours(1));
  ASSERT_TRUE(Discard(job_).ok());
  EXPECT_EQ(Find(job_).state, JobState::kDiscarded);
  EXPECT_EQ(Find(job_).discarded, clock_.Now());
  EXPECT_EQ(Find(job_).discard_reason, "by letter");
  EXPECT_EQ(Find(job_).last_error, "HTTP 422");
  EXPECT_EQ(Find(job_).parked, parked);
  EXPECT_EQ(Due(), IdList{other_});
  EXPECT_TRUE(List(JobState::kParked).empty());
  EXPECT_EQ(List(JobState::kDiscarded), IdList{job_});
  EXPECT_EQ(Count().parked, 0);
}

TEST_F(ParkedJobsTest, OnlyWhatIsParkedCanBeFreed) {
  EXPECT_TRUE(absl::IsNotFound(Replay(TestId("job", 9))));
  EXPECT_TRUE(absl::IsNotFound(Discard(TestId("job", 9))));
  EXPECT_TRUE(absl::IsFailedPrecondition(Replay(other_)));
  EXPECT_TRUE(absl::IsFailedPrecondition(Discard(other_)));
  ASSERT_TRUE(Discard(job_).ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(Replay(job_)));
  EXPECT_TRUE(absl::IsFailedPrecondition(Discard(job_)));
}

TEST_F(ParkedJobsTest, PagesGoByIds) {
  Park(other_);
  const auto [first, second] = std::minmax(job_, other_);
  EXPECT_EQ(List(JobState::kParked), (IdList{first, second}));
  EXPECT_EQ(List(JobState::kParked, Id(), 1), IdList{first});
  EXPECT_EQ(List(JobState::kParked, first), IdList{second});
  EXPECT_TRUE(List(JobState::kParked, second).empty());
}

class TimersTest : public StoreTest {
 protected:
  TimersTest() { Open(); }
  void Set(const std::string& kind, const Id& subject, absl::Duration in) {
    MustWrite([&](Tx& tx) {
      tx.timers().Set(tx, Timer{kind, subject, clock_.Now() + in, "p", 0});
    });
  }
  std::string Due() {
    std::string text;
    MustRead([&](Session& session) {
      for (const Timer& timer : database_->timers().Due(session, clock_.Now(), 10)) {
        text += timer.kind + (timer.subject.IsNone() ? "(none) " : " ");
      }
    });
    return text;
  }
};

TEST_F(TimersTest, OnePerKindAndSubjectAndSettingAgainMovesIt) {
  const Id subject = TestId("case", 1);
  Set("deadline", subject, absl::Seconds(5));
  Set("reminder", subject, absl::Seconds(3));
  Set("deadline", subject, absl::Seconds(1));
  Set("sweep", Id(), absl::Seconds(2));
  Set("sweep", Id(), absl::Seconds(2));
  MustRead([&](Session& session) {
    EXPECT_EQ(database_->timers().NextDueTime(session), clock_.Now() + absl::Seconds(1));
  });
  EXPECT_EQ(Due(), "");
  clock_.Advance(absl::Seconds(10));
  EXPECT_EQ(Due(), "deadline sweep(none) reminder ");
  MustWrite([&](Tx& tx) {
    tx.timers().Cancel(tx, "sweep", Id());
    tx.timers().Cancel(tx, "deadline", subject);
    tx.timers().Cancel(tx, "unknown", subject);
  });
  EXPECT_EQ(Due(), "reminder ");
}

TEST_F(TimersTest, NoneIsInfinitelyFar) {
  MustRead([&](Session& session) {
    EXPECT_EQ(database_->timers().NextDueTime(session), absl::InfiniteFuture());
  });
}

}  // namespace
}  // namespace xiufu::storage
