#include "libs/service/job_runner.h"

#include <algorithm>
#include <utility>

namespace xiufu::service {
namespace {

constexpr size_t kLeaseAtOnce = 64;

}  // namespace

JobRunner::JobRunner(JobDesk* desk, const Clock* clock, int workers)
    : desk_(desk), clock_(clock), worker_count_(workers) {}

JobRunner::~JobRunner() { Stop(); }

void JobRunner::Start() {
  leaser_ = std::thread([this] { LeaseLoop(); });
  for (int i = 0; i < worker_count_; ++i) {
    workers_.emplace_back([this] { WorkLoop(); });
  }
}

void JobRunner::Wake() {
  absl::MutexLock lock(&mutex_);
  woken_ = true;
}

void JobRunner::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (leaser_.joinable()) leaser_.join();
  for (std::thread& worker : workers_) worker.join();
  workers_.clear();
}

void JobRunner::LeaseLoop() {
  auto woken = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return woken_ || stopping_; };
  // Work that is ready is enough; leasing more would only hold it longer.
  auto hungry = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return ready_.size() < kLeaseAtOnce || stopping_;
  };
  while (true) {
    const absl::Time since = clock_->Now();
    std::vector<storage::Job> leased = desk_->Lease(kLeaseAtOnce);
    const absl::Duration wait = leased.empty() ? desk_->UntilNext(since) : absl::ZeroDuration();
    absl::MutexLock lock(&mutex_);
    for (storage::Job& job : leased) ready_.push_back(std::move(job));
    // Ten seconds at most, in case the clock was set.
    mutex_.AwaitWithTimeout(absl::Condition(&woken),
                            std::min(wait, absl::Duration(absl::Seconds(10))));
    if (stopping_) return;
    woken_ = false;
    mutex_.Await(absl::Condition(&hungry));
    if (stopping_) return;
  }
}

void JobRunner::WorkLoop() {
  auto ready = [this]()
                   ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !ready_.empty() || stopping_; };
  while (true) {
    storage::Job job;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(&ready));
      if (stopping_) return;
      job = std::move(ready_.front());
      ready_.pop_front();
    }
    desk_->Run(std::move(job), [this](const absl::Status&) { Wake(); });
  }
}

}  // namespace xiufu::service
