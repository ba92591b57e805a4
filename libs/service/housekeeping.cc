#include "libs/service/housekeeping.h"

#include <utility>

#include "libs/storage/outbox.h"

namespace xiufu::service {
namespace {

constexpr absl::Duration kKeepEvents = absl::Hours(24 * 30);
constexpr int kTicksBetweenPrunes = 600;
constexpr int64_t kPruneAtOnce = 1000;

}  // namespace

Housekeeping::Housekeeping(storage::Database* database, const Clock* clock,
                           std::function<void()> tick)
    : database_(database), clock_(clock), tick_(std::move(tick)) {}

Housekeeping::~Housekeeping() { Stop(); }

void Housekeeping::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void Housekeeping::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

void Housekeeping::Loop() {
  auto stopping = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return stopping_; };
  for (int ticks = 1;; ++ticks) {
    {
      absl::MutexLock lock(&mutex_);
      if (mutex_.AwaitWithTimeout(absl::Condition(&stopping), absl::Seconds(1))) return;
    }
    tick_();
    if (ticks % kTicksBetweenPrunes == 0) Prune();
  }
}

void Housekeeping::Prune() {
  const absl::Time keep_after = clock_->Now() - kKeepEvents;
  database_->Write(
      [keep_after](storage::Tx& tx) {
        tx.outbox().Prune(tx, keep_after, kPruneAtOnce);
        return absl::OkStatus();
      },
      [](const absl::Status&) {});
}

}  // namespace xiufu::service
