#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "libs/messaging/consumer.h"

namespace xiufu::messaging {

// Keeps what a consumer brings. `on_batch` runs first, on the consumer's thread.
class RecordingSink : public DeliverySink {
 public:
  std::function<void(const std::vector<Delivery>&)> on_batch = [](const auto&) {};

  void OnDeliveries(std::vector<Delivery> batch) override {
    on_batch(batch);
    absl::MutexLock lock(&mutex_);
    ++batches_;
    for (Delivery& delivery : batch) deliveries_.push_back(std::move(delivery));
  }
  void OnConnected() override {
    absl::MutexLock lock(&mutex_);
    ++connected_;
  }
  void OnLost(const absl::Status& why) override {
    absl::MutexLock lock(&mutex_);
    lost_.push_back(why);
  }

  // Each waits until it holds, and says whether it came to hold in time.
  bool AwaitDeliveries(size_t count, absl::Duration limit = absl::Seconds(30)) {
    return Await([this, count] { return deliveries_.size() >= count; }, limit);
  }
  bool AwaitConnected(int count, absl::Duration limit = absl::Seconds(30)) {
    return Await([this, count] { return connected_ >= count; }, limit);
  }
  bool AwaitLost(size_t count, absl::Duration limit = absl::Seconds(30)) {
    return Await([this, count] { return lost_.size() >= count; }, limit);
  }

  std::vector<Delivery> deliveries() const {
    absl::MutexLock lock(&mutex_);
    return deliveries_;
  }
  std::vector<absl::Status> lost() const {
    absl::MutexLock lock(&mutex_);
    return lost_;
  }

 private:
  bool Await(const std::function<bool()>& holds, absl::Duration limit) {
    absl::MutexLock lock(&mutex_);
    return mutex_.AwaitWithTimeout(absl::Condition(&holds), limit);
  }

  mutable absl::Mutex mutex_;
  std::vector<Delivery> deliveries_;
  size_t batches_ = 0;
  int connected_ = 0;
  std::vector<absl::Status> lost_;
};

}  // namespace xiufu::messaging
