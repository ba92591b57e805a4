// Outside calls as leased jobs: one at a time per job, budget and breaker per destination, outcome
// entered once.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libs/service/breaker.h"
#include "libs/service/job_desk.h"
#include "tests/unit/service_fixture.h"

namespace xiufu::service {
namespace {

class JobDeskTest : public ServiceTest {
 protected:
  JobDeskTest() {
    table_.by_kind["call"] = [this](const storage::Job& job, absl::Time, absl::Time) {
      ++calls_;
      if (!failure_.ok()) {
        JobOutcome outcome = JobOutcome::Retry(failure_);
        outcome.record = [this](storage::Tx&, absl::Time) {
          ++recorded_;
          return absl::OkStatus();
        };
        return outcome;
      }
      return JobOutcome::Done([this, id = job.id](storage::Tx&, absl::Time) {
        if (!entering_.ok()) return entering_;
        entered_.push_back(id);
        return absl::OkStatus();
      });
    };
  }

  static Id JobId(uint64_t n) { return DeriveId(Id(), "job", n, {}); }
  void Add(uint64_t n, const std::string& destination) {
    MustWrite([&](storage::Tx& tx) {
      storage::Job job;
      job.id = JobId(n);
      job.kind = "call";
      job.destination = destination;
      job.created = job.due = clock_.Now();
      tx.jobs().Add(tx, job);
    });
  }
  void RunAll(std::vector<storage::Job> jobs) {
    for (storage::Job& job : jobs) desk_.Run(std::move(job), [](const absl::Status&) {});
    while (database_->RunPending() > 0) {
    }
  }

  JobTable table_;
  JobDesk desk_{JobDesk::Parts{database_.get(), &table_, &clock_, RetryPolicy{.max_attempts = 1000},
                               [] { return 0.0; },
                               /*per_destination=*/2}};
  absl::Status failure_;   // of the call
  absl::Status entering_;  // of what its answer asks for
  int calls_ = 0;
  int recorded_ = 0;
  std::vector<Id> entered_;
};

TEST_F(JobDeskTest, ALeasedJobIsNotLeasedAgain) {
  Add(1, "tax");
  std::vector<storage::Job> first = desk_.Lease(10);
  ASSERT_EQ(first.size(), 1u);
  EXPECT_TRUE(desk_.Lease(10).empty());
  RunAll(std::move(first));
  EXPECT_EQ(entered_, std::vector<Id>{JobId(1)});
  EXPECT_TRUE(desk_.Lease(10).empty());
  EXPECT_EQ(desk_.leased(), 0u);
}

TEST_F(JobDeskTest, EachDestinationHasItsBudget) {
  for (uint64_t n = 1; n <= 5; ++n) Add(n, "tax");
  Add(6, "court");
  std::vector<storage::Job> leased = desk_.Lease(10);
  EXPECT_EQ(leased.size(), 3u);  // two of tax, one of court
}

TEST_F(JobDeskTest, ADestinationThatFailsHasOneCallAtATimeUntilOneSucceeds) {
  Add(1, "tax");
  failure_ = absl::UnavailableError("away");
  RunAll(desk_.Lease(1));
  clock_.Advance(absl::Minutes(10));
  for (uint64_t n = 2; n <= 5; ++n) Add(n, "tax");
  failure_ = absl::OkStatus();
  std::vector<storage::Job> probe = desk_.Lease(10);
  EXPECT_EQ(probe.size(), 1u);
  RunAll(std::move(probe));
  EXPECT_EQ(desk_.Lease(10).size(), 2u) << "its budget again";
}

TEST_F(JobDeskTest, AFailedCallIsRepeatedWithTheSameId) {
  Add(1, "tax");
  failure_ = absl::UnavailableError("away");
  RunAll(desk_.Lease(10));
  EXPECT_TRUE(desk_.Lease(10).empty());
  clock_.Advance(absl::Minutes(10));
  EXPECT_EQ(recorded_, 1) << "what is kept of it";
  failure_ = absl::OkStatus();
  std::vector<storage::Job> again = desk_.Lease(10);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].id, JobId(1));
  EXPECT_EQ(again[0].attempts, 1);
  RunAll(std::move(again));
  EXPECT_EQ(entered_.size(), 1u);
}

TEST_F(JobDeskTest, WhatIsRefusedForGoodIsParkedUntilAPersonFreesIt) {
  Add(1, "tax");
  failure_ = absl::InvalidArgumentError("HTTP 422");
  RunAll(desk_.Lease(10));
  EXPECT_EQ(desk_.leased(), 0u);
  clock_.Advance(absl::Hours(24));
  EXPECT_TRUE(desk_.Lease(10).empty());
  EXPECT_EQ(desk_.UntilNext(clock_.Now()), absl::InfiniteDuration());
  MustRead([&](storage::Session& session) {
    const std::optional<storage::Job> job = database_->jobs().Find(session, JobId(1));
    ASSERT_TRUE(job.has_value());
    EXPECT_EQ(job->state, storage::JobState::kParked);
    EXPECT_EQ(job->parked, clock_.Now() - absl::Hours(24));
    EXPECT_EQ(job->attempts, 1);
    EXPECT_EQ(job->last_error, "INVALID_ARGUMENT: HTTP 422");
  });
  failure_ = absl::OkStatus();
  MustWrite(
      [&](storage::Tx& tx) { EXPECT_TRUE(tx.jobs().Replay(tx, JobId(1), clock_.Now()).ok()); });
  RunAll(desk_.Lease(10));
  EXPECT_EQ(entered_, std::vector<Id>{JobId(1)});
}

TEST_F(JobDeskTest, AnAnswerThatCannotBeEnteredIsAFailedAttempt) {
  Add(1, "tax");
  entering_ = absl::FailedPreconditionError("its case is not known yet");
  RunAll(desk_.Lease(10));
  EXPECT_EQ(desk_.leased(), 0u);
  EXPECT_TRUE(desk_.Lease(10).empty()) << "not asked again at once";
  clock_.Advance(absl::Minutes(10));
  std::vector<storage::Job> again = desk_.Lease(10);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].attempts, 1);
  EXPECT_EQ(again[0].last_error, "FAILED_PRECONDITION: its case is not known yet");
  entering_ = absl::InvalidArgumentError("it contradicts the case");
  RunAll(std::move(again));
  MustRead([&](storage::Session& session) {
    const std::optional<storage::Job> job = database_->jobs().Find(session, JobId(1));
    ASSERT_TRUE(job.has_value());
    EXPECT_EQ(job->state, storage::JobState::kParked);
    EXPECT_EQ(job->attempts, 2);
  });
  EXPECT_TRUE(entered_.empty());
  EXPECT_EQ(calls_, 2);
}

TEST_F(JobDeskTest, ADestinationThatRefusesForGoodIsThereAndDoesNotRest) {
  failure_ = absl::InvalidArgumentError("HTTP 422");
  for (uint64_t n = 1; n <= 10; ++n) {
    Add(n, "tax");
    RunAll(desk_.Lease(1));
  }
  EXPECT_EQ(calls_, 10);
}

TEST_F(JobDeskTest, ADestinationThatKeepsFailingRestsWhileOthersGoOn) {
  failure_ = absl::UnavailableError("away");
  for (uint64_t n = 1; n <= 6; ++n) {
    Add(n, "tax");
    RunAll(desk_.Lease(1));
  }
  const int calls = calls_;
  Add(7, "tax");
  Add(8, "court");
  failure_ = absl::OkStatus();
  std::vector<storage::Job> leased = desk_.Lease(10);
  ASSERT_EQ(leased.size(), 1u);
  EXPECT_EQ(leased[0].destination, "court");
  EXPECT_LE(calls, 5);
}

TEST(BreakerTest, OpensAfterFiveFailuresAndClosesWithASuccess) {
  Breaker breaker;
  absl::Duration now = absl::Seconds(100);
  for (int i = 0; i < 4; ++i) breaker.Failed(now);
  EXPECT_FALSE(breaker.Open(now));
  breaker.Failed(now);
  EXPECT_TRUE(breaker.Open(now));
  EXPECT_FALSE(breaker.Open(now + absl::Seconds(1)));
  breaker.Failed(now + absl::Seconds(1));
  EXPECT_TRUE(breaker.Open(now + absl::Seconds(2)));
  breaker.Succeeded();
  EXPECT_FALSE(breaker.Open(now + absl::Seconds(1)));
}

}  // namespace
}  // namespace xiufu::service
