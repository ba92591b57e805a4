#include "libs/base/interruption.h"

#include <utility>

namespace xiufu {

Interruption::Call::Call(Interruption* interruption, std::function<void()> cancel)
    : interruption_(interruption) {
  if (interruption_ == nullptr) return;
  absl::MutexLock lock(&interruption_->mutex_);
  if (interruption_->stopped_) {
    cancel();
  } else {
    interruption_->calls_.emplace(this, std::move(cancel));
  }
}

Interruption::Call::~Call() {
  if (interruption_ == nullptr) return;
  absl::MutexLock lock(&interruption_->mutex_);
  interruption_->calls_.erase(this);
}

void Interruption::Stop() {
  // Held while they run: a Call that ends meanwhile must not leave its `cancel` with nothing to
  // cancel.
  absl::MutexLock lock(&mutex_);
  if (stopped_) return;
  stopped_ = true;
  for (const auto& [call, cancel] : calls_) cancel();
  calls_.clear();
}

bool Interruption::stopped() const {
  absl::MutexLock lock(&mutex_);
  return stopped_;
}

}  // namespace xiufu
