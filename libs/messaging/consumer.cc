#include "libs/messaging/consumer.h"

#include <pthread.h>

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/crash_point.h"
#include "libs/messaging/backoff.h"
#include "libs/messaging/broker_channel.h"
#include "libs/messaging/interrupt.h"
#include "libs/messaging/link.h"
#include "libs/messaging/reconnect.h"
#include "libs/messaging/wake.h"

namespace xiufu::messaging {
namespace {

constexpr absl::Duration kSubscribeLimit = absl::Seconds(10);
constexpr absl::Duration kConsumerGoodbye = absl::Seconds(1);

}  // namespace

class Consumer::Impl : public LinkHandler {
 public:
  Impl(Options options, const Clock* clock, Watchdog* watchdog, DeliverySink* sink)
      : options_(std::move(options)), clock_(clock), watchdog_(watchdog), sink_(sink) {}

  absl::Status Start();
  void Ack(uint64_t generation, uint64_t tag);
  void StopDelivery();
  void BeginClose();
  void Close();
  Stats GetStats() const;

  void OnSubscribed() override;
  void OnDeliver(const BasicDeliver& deliver, Content content) override;
  void OnReturn(const BasicReturn&, const Content&) override {}  // nothing is published here
  void OnConfirm(uint64_t, bool, bool) override {}
  void OnBlocked(bool) override {}  // an alarm stops publishers; consumers go on

 private:
  void Run();
  absl::Status RunConnection();
  absl::Status RunLink(Link* link);
  void BeginGeneration();
  void Subscribe(Link* link);
  void HandOver();
  absl::Status SendAcks(Link* link);
  uint64_t TakeAckTag();
  bool stopping() const;

  const Options options_;
  const Clock* const clock_;
  Watchdog* const watchdog_;
  DeliverySink* const sink_;
  Wake wake_;
  Interrupt interrupt_;
  std::thread thread_;

  // The consumer's thread alone.
  std::vector<Delivery> batch_;
  bool subscribed_ = false;
  uint64_t acked_ = 0;      // highest tag acknowledged on this connection
  uint64_t delivered_ = 0;  // highest tag that came on it
  uint64_t counted_writes_ = 0;

  absl::Mutex delivery_mutex_;  // held while the sink has a batch
  bool delivering_ ABSL_GUARDED_BY(delivery_mutex_) = true;

  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  uint64_t ack_through_ ABSL_GUARDED_BY(mutex_) = 0;  // wanted by Ack, on stats_.generation
  Stats stats_ ABSL_GUARDED_BY(mutex_);
};

absl::Status Consumer::Impl::Start() {
  if (thread_.joinable() || stopping()) return absl::FailedPreconditionError("started before");
  if (options_.queue.empty() || options_.prefetch == 0 ||
      options_.broker.heartbeat < absl::Seconds(1)) {
    return absl::InvalidArgumentError("a consumer needs a queue, a prefetch and a heartbeat");
  }
  thread_ = std::thread([this] { Run(); });
  return absl::OkStatus();
}

bool Consumer::Impl::stopping() const {
  absl::MutexLock lock(&mutex_);
  return stopping_;
}

void Consumer::Impl::Run() {
  pthread_setname_np(pthread_self(), "mq-consumer");
  Reconnect reconnect(clock_, options_.broker.jitter);
  while (!stopping()) {
    reconnect.Begin();
    const absl::Status why = RunConnection();
    if (stopping()) return;
    sink_->OnLost(why);
    WaitFor(reconnect.Failed(), clock_, &wake_, [this] { return stopping(); });
  }
}

absl::Status Consumer::Impl::RunConnection() {
  absl::StatusOr<BrokerChannel> channel =
      OpenBrokerChannel(options_.broker, {.prefetch = options_.prefetch}, watchdog_, &interrupt_);
  if (!channel.ok()) return channel.status();
  Link link(*std::move(channel), options_.max_body, clock_, watchdog_, this);
  BeginGeneration();
  absl::Status why = RunLink(&link);
  absl::MutexLock lock(&mutex_);
  stats_.connected = false;
  return why;
}

// Acks for the connection before are stale from here on.
void Consumer::Impl::BeginGeneration() {
  batch_.clear();
  subscribed_ = false;
  acked_ = 0;
  delivered_ = 0;
  counted_writes_ = 0;
  absl::MutexLock lock(&mutex_);
  ++stats_.generation;
  ack_through_ = 0;
}

// A tag that was never used before: 3.x brokers lose track of consumers whose tag comes back.
void Consumer::Impl::Subscribe(Link* link) {
  const auto chance = static_cast<uint64_t>(options_.broker.jitter() * 1e15);
  BasicConsume consume;
  consume.queue = options_.queue;
  consume.consumer_tag =
      absl::StrCat(options_.queue, "-", absl::ToUnixMicros(clock_->Now()), "-", absl::Hex(chance));
  AppendMethod(kChannel, consume, link->output());
}

absl::Status Consumer::Impl::RunLink(Link* link) {
  Subscribe(link);
  const absl::Duration subscribe_by = clock_->Monotonic() + kSubscribeLimit;
  while (true) {
    absl::Status status =
        link->Round(subscribed_ ? absl::InfiniteDuration() : subscribe_by, &wake_);
    if (status.ok() && !subscribed_ && clock_->Monotonic() >= subscribe_by) {
      status = absl::UnavailableError("the broker does not answer basic.consume");
    }
    if (!status.ok()) return status;
    HandOver();
    status = SendAcks(link);
    if (!status.ok()) return status;
    if (stopping()) {
      link->CloseOrderly(kConsumerGoodbye);
      return absl::CancelledError("closed");
    }
  }
}

void Consumer::Impl::OnSubscribed() {
  subscribed_ = true;
  {
    absl::MutexLock lock(&mutex_);
    stats_.connected = true;
  }
  sink_->OnConnected();
}

void Consumer::Impl::OnDeliver(const BasicDeliver& deliver, Content content) {
  Delivery delivery;
  delivery.tag = deliver.delivery_tag;
  delivery.redelivered = deliver.redelivered;
  delivery.routing_key = deliver.routing_key;
  delivery.body = std::move(content.body);
  delivery.oversized = content.oversized;
  delivery.body_size = content.body_size;
  delivered_ = deliver.delivery_tag;
  batch_.push_back(std::move(delivery));
}

void Consumer::Impl::HandOver() {
  if (batch_.empty()) return;
  std::vector<Delivery> batch = std::exchange(batch_, {});
  {
    absl::MutexLock lock(&mutex_);
    stats_.deliveries += batch.size();
    ++stats_.batches;
    for (Delivery& delivery : batch) delivery.generation = stats_.generation;
  }
  CrashPoint("consumer.after_deliver");
  absl::MutexLock lock(&delivery_mutex_);
  if (delivering_) sink_->OnDeliveries(std::move(batch));
}

// What is to be acknowledged now; 0 for nothing. A tag twice, or one that never came, would close
// the channel.
uint64_t Consumer::Impl::TakeAckTag() {
  absl::MutexLock lock(&mutex_);
  const uint64_t tag = std::min(ack_through_, delivered_);
  if (tag <= acked_) return 0;
  acked_ = tag;
  ++stats_.acks;
  return tag;
}

absl::Status Consumer::Impl::SendAcks(Link* link) {
  const uint64_t tag = TakeAckTag();
  if (tag != 0) {
    CrashPoint("consumer.before_ack");
    AppendMethod(kChannel, BasicAck{tag, true}, link->output());
  }
  absl::Status status = link->Flush();
  if (tag != 0 && status.ok()) CrashPoint("consumer.after_ack");
  absl::MutexLock lock(&mutex_);
  stats_.writes += link->writes() - std::exchange(counted_writes_, link->writes());
  return status;
}

void Consumer::Impl::Ack(uint64_t generation, uint64_t tag) {
  {
    absl::MutexLock lock(&mutex_);
    if (generation != stats_.generation || tag <= ack_through_) return;
    ack_through_ = tag;
  }
  wake_.Signal();
}

void Consumer::Impl::StopDelivery() {
  absl::MutexLock lock(&delivery_mutex_);
  delivering_ = false;
}

void Consumer::Impl::BeginClose() {
  StopDelivery();
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  interrupt_.Fire();
  wake_.Signal();
}

void Consumer::Impl::Close() {
  BeginClose();
  if (thread_.joinable()) thread_.join();
}

Consumer::Stats Consumer::Impl::GetStats() const {
  absl::MutexLock lock(&mutex_);
  return stats_;
}

Consumer::Consumer(Options options, const Clock* clock, Watchdog* watchdog, DeliverySink* sink)
    : impl_(std::make_unique<Impl>(std::move(options), clock, watchdog, sink)) {}

Consumer::~Consumer() { Close(); }

absl::Status Consumer::Start() { return impl_->Start(); }
void Consumer::Ack(uint64_t generation, uint64_t tag) { impl_->Ack(generation, tag); }
void Consumer::StopDelivery() { impl_->StopDelivery(); }
void Consumer::BeginClose() { impl_->BeginClose(); }
void Consumer::Close() { impl_->Close(); }
Consumer::Stats Consumer::GetStats() const { return impl_->GetStats(); }

}  // namespace xiufu::messaging
