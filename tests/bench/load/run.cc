#include "tests/bench/load/run.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/bench/load/final_watch.h"

namespace xiufu::bench {
namespace {

constexpr absl::Duration kGiveUpAfter = absl::Minutes(3);

// What is under way, oldest first, and how the submits were answered.
class UnderWay {
 public:
  void Answered(const absl::Status& status) {
    absl::MutexLock lock(&mutex_);
    failure_.Update(status);
  }
  absl::Status failure() const {
    absl::MutexLock lock(&mutex_);
    return failure_;
  }

 private:
  mutable absl::Mutex mutex_;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
};

struct Sent {
  size_t index;
  std::string id;
  absl::Time at;
};

double Quantile(std::vector<double>& values, double q) {
  const auto at = static_cast<size_t>(q * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + static_cast<int64_t>(at), values.end());
  return values[at];
}

// Applications end roughly in the order they were sent: looking stops after some that have not
// ended.
size_t CollectFinal(FinalWatch& watch, std::deque<Sent>& sent, std::vector<double>& latencies) {
  constexpr int kMisses = 16;
  size_t ended = 0;
  int misses = 0;
  for (auto it = sent.begin(); it != sent.end() && misses < kMisses;) {
    if (!watch.IsFinal(it->id)) {
      ++misses;
      ++it;
      continue;
    }
    latencies.push_back(absl::ToDoubleMilliseconds(absl::Now() - it->at));
    it = sent.erase(it);
    ++ended;
  }
  return ended;
}

}  // namespace

absl::StatusOr<Throughput> RunWindow(Target& target, const std::string& store, size_t first,
                                     size_t count, size_t window) {
  FinalWatch watch(store, target.FinalQuery());
  auto answers = std::make_shared<UnderWay>();
  std::deque<Sent> sent;
  std::vector<double> latencies;
  const absl::Time start = absl::Now();
  size_t next = first;
  absl::Time last_end = start;
  while (latencies.size() < count) {
    while (next < first + count && sent.size() < window) {
      sent.push_back({next, target.IdOf(next), absl::Now()});
      target.Submit(next, [answers](const absl::Status& status) { answers->Answered(status); });
      ++next;
    }
    if (CollectFinal(watch, sent, latencies) > 0) last_end = absl::Now();
    if (!answers->failure().ok()) return answers->failure();
    if (absl::Now() - last_end > kGiveUpAfter) {
      return absl::DeadlineExceededError("applications do not reach their end");
    }
    absl::SleepFor(absl::Milliseconds(2));
  }
  Throughput result;
  result.seconds = absl::ToDoubleSeconds(last_end - start);
  result.per_second = static_cast<double>(count) / result.seconds;
  result.p50_ms = Quantile(latencies, 0.5);
  result.p99_ms = Quantile(latencies, 0.99);
  return result;
}

absl::StatusOr<double> RunLonely(Target& target, const std::string& store, size_t first,
                                 size_t count) {
  FinalWatch watch(store, target.FinalQuery());
  auto answers = std::make_shared<UnderWay>();
  std::vector<double> latencies;
  for (size_t i = first; i < first + count; ++i) {
    const std::string id = target.IdOf(i);
    const absl::Time start = absl::Now();
    target.Submit(i, [answers](const absl::Status& status) { answers->Answered(status); });
    while (!watch.IsFinal(id)) {
      if (!answers->failure().ok()) return answers->failure();
      if (absl::Now() - start > kGiveUpAfter) {
        return absl::DeadlineExceededError("a lonely application does not reach its end");
      }
      absl::SleepFor(absl::Microseconds(200));
    }
    latencies.push_back(absl::ToDoubleMilliseconds(absl::Now() - start));
  }
  return Quantile(latencies, 0.5);
}

}  // namespace xiufu::bench
