#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"
#include "libs/messaging/consumer.h"
#include "libs/messaging/publisher.h"
#include "tests/bench/floor/hop.h"
#include "tests/bench/floor/store.h"

namespace xiufu::bench {

// One of the five processes: consumes its queue, takes what has come in one transaction, publishes
// the next hop, acknowledges. No domain, no validation. The same AMQP driver as the suite's, so
// that the ratio speaks of what stands above it.
class Station : public messaging::DeliverySink, public messaging::OutboxSource {
 public:
  Station(Role role, const std::string& queue, const messaging::BrokerOptions& broker,
          const std::string& store_path, Clock* clock);
  ~Station() override;

  // A submit from gRPC: `done` is called after the commit.
  void Submit(std::array<char, 16> id, absl::AnyInvocable<void()> done);

  void OnDeliveries(std::vector<messaging::Delivery> batch) override;
  void OnConnected() override {}
  void OnLost(const absl::Status& why) override;
  absl::StatusOr<std::vector<messaging::OutgoingEvent>> ReadOutbox(const std::string&, int64_t,
                                                                   int64_t, size_t) override {
    return absl::UnimplementedError("the floor keeps what it sends in memory");
  }

 private:
  struct Work {
    std::vector<Event> events;
    uint64_t generation = 0;
    uint64_t tag = 0;
    absl::AnyInvocable<void()> done;
  };
  void Loop();
  void TakeGroup(std::vector<Work>& group);
  void Take(const Event& event, std::vector<messaging::OutgoingEvent>& out);

  const Role role_;
  Store store_;
  const std::string ballast_ = std::string(kEventBytes - 25, 'x');
  std::map<std::string, int64_t> next_seq_;
  absl::Mutex mutex_;
  std::deque<Work> waiting_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, int64_t> confirmed_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  messaging::Watchdog watchdog_;
  messaging::Publisher publisher_;
  messaging::Consumer consumer_;
  std::thread thread_;
};

}  // namespace xiufu::bench
