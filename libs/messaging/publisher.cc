#include "libs/messaging/publisher.h"

#include <pthread.h>

#include <map>
#include <optional>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/crash_point.h"
#include "libs/messaging/broker_channel.h"
#include "libs/messaging/interrupt.h"
#include "libs/messaging/link.h"
#include "libs/messaging/publish_window.h"
#include "libs/messaging/publisher_inbox.h"
#include "libs/messaging/reconnect.h"
#include "libs/messaging/wake.h"
#include "libs/observability/log.h"

namespace xiufu::messaging {

using observability::Code;
using observability::Level;
using observability::Log;

namespace {

constexpr size_t kReadBackEvents = 256;
// Nothing larger than a content header comes back to a publisher, except a returned run.
constexpr size_t kMaxReturnedBody = 1024 * 1024;
constexpr absl::Duration kPublisherGoodbye = absl::Milliseconds(200);

PublishWindow::Limits LimitsOf(const Publisher::Options& options) {
  PublishWindow::Limits limits;
  limits.max_messages = options.max_messages_in_flight;
  limits.max_bytes = options.max_bytes_in_flight;
  limits.max_buffered_bytes = options.max_buffered_bytes;
  limits.confirm_timeout = options.confirm_timeout;
  limits.min_backoff = options.min_backoff;
  limits.max_backoff = options.max_backoff;
  return limits;
}

}  // namespace

class Publisher::Impl : public LinkHandler {
 public:
  Impl(Options options, const Clock* clock, Watchdog* watchdog, OutboxSource* source,
       OnConfirmed on_confirmed)
      : options_(std::move(options)),
        clock_(clock),
        watchdog_(watchdog),
        source_(source),
        on_confirmed_(std::move(on_confirmed)),
        window_(LimitsOf(options_), options_.broker.jitter),
        inbox_(options_.max_buffered_bytes) {}

  void Track(const std::string& stream, int64_t epoch, int64_t sent_through, int64_t head);
  void Offer(std::vector<OutgoingEvent> committed);
  absl::Status Start();
  bool Drain(absl::Duration timeout);
  void Close();
  Stats GetStats() const;

  void OnSubscribed() override {}
  void OnDeliver(const BasicDeliver&, Content) override {}  // nothing is consumed here
  void OnReturn(const BasicReturn& returned, const Content& content) override;
  void OnConfirm(uint64_t tag, bool multiple, bool accepted) override;
  void OnBlocked(bool blocked) override;

 private:
  void Run();
  absl::Status RunConnection();
  absl::Status RunLink(Link* link);
  void TakeInbox();
  absl::Status Send(Link* link);
  void Append(const PublishWindow::Message& message, Link* link);
  void ReadBack();
  void ReportConfirmed();
  void ReportStats(const Link* link);
  bool stopping() const;

  const Options options_;
  const Clock* const clock_;
  Watchdog* const watchdog_;
  OutboxSource* const source_;
  OnConfirmed on_confirmed_;
  Wake wake_;
  Interrupt interrupt_;
  std::thread thread_;

  // The publisher's thread alone.
  PublishWindow window_;
  uint64_t known_unsendable_ = 0;
  uint64_t counted_writes_ = 0;
  uint64_t messages_ = 0;
  uint64_t events_ = 0;
  uint64_t read_backs_ = 0;
  uint64_t writes_ = 0;
  uint64_t connections_ = 0;

  PublisherInbox inbox_;

  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  // What came in, and what of it the window had confirmed when it was last looked at.
  uint64_t arrivals_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t arrivals_confirmed_ ABSL_GUARDED_BY(mutex_) = 0;
  Stats stats_ ABSL_GUARDED_BY(mutex_);
  uint64_t arrivals_taken_ = 0;  // the publisher's thread alone
};

void Publisher::Impl::Track(const std::string& stream, int64_t epoch, int64_t sent_through,
                            int64_t head) {
  {
    absl::MutexLock lock(&mutex_);
    ++arrivals_;
    inbox_.Track({stream, epoch, sent_through, head});
  }
  wake_.Signal();
}

void Publisher::Impl::Offer(std::vector<OutgoingEvent> committed) {
  {
    absl::MutexLock lock(&mutex_);
    ++arrivals_;
    inbox_.Offer(std::move(committed), stats_.buffered_bytes);
  }
  wake_.Signal();
}

absl::Status Publisher::Impl::Start() {
  if (thread_.joinable() || stopping()) return absl::FailedPreconditionError("started before");
  if (options_.exchange.empty() || options_.broker.heartbeat < absl::Seconds(1)) {
    return absl::InvalidArgumentError("a publisher needs an exchange and a heartbeat");
  }
  thread_ = std::thread([this] { Run(); });
  return absl::OkStatus();
}

bool Publisher::Impl::Drain(absl::Duration timeout) {
  absl::MutexLock lock(&mutex_);
  const auto drained = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return arrivals_confirmed_ == arrivals_;
  };
  return mutex_.AwaitWithTimeout(absl::Condition(&drained), timeout);
}

void Publisher::Impl::Close() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  interrupt_.Fire();
  wake_.Signal();
  if (thread_.joinable()) thread_.join();
}

Publisher::Stats Publisher::Impl::GetStats() const {
  absl::MutexLock lock(&mutex_);
  return stats_;
}

bool Publisher::Impl::stopping() const {
  absl::MutexLock lock(&mutex_);
  return stopping_;
}

void Publisher::Impl::Run() {
  pthread_setname_np(pthread_self(), "mq-publisher");
  Reconnect reconnect(clock_, options_.broker.jitter);
  while (!stopping()) {
    reconnect.Begin();
    const absl::Status why = RunConnection();
    window_.OnReconnect();
    TakeInbox();
    ReportStats(nullptr);
    if (stopping()) return;
    Log(Level::kWarning, "publisher_lost",
        {{"connection", Code(options_.broker.connection_name)}, {"error", why}});
    WaitFor(reconnect.Failed(), clock_, &wake_, [this] { return stopping(); });
  }
}

absl::Status Publisher::Impl::RunConnection() {
  absl::StatusOr<BrokerChannel> channel =
      OpenBrokerChannel(options_.broker, {.confirms = true}, watchdog_, &interrupt_);
  if (!channel.ok()) return channel.status();
  ++connections_;
  counted_writes_ = 0;
  Link link(*std::move(channel), kMaxReturnedBody, clock_, watchdog_, this);
  return RunLink(&link);
}

absl::Status Publisher::Impl::RunLink(Link* link) {
  while (true) {
    TakeInbox();
    window_.ExpireConfirms(clock_->Monotonic());
    if (!link->blocked()) {
      ReadBack();
      if (absl::Status status = Send(link); !status.ok()) return status;
    }
    ReportStats(link);
    if (stopping()) {
      link->CloseOrderly(kPublisherGoodbye);
      return absl::CancelledError("closed");
    }
    absl::Status status = link->Round(window_.NextWake(clock_->Monotonic()), &wake_);
    ReportConfirmed();  // what was confirmed before a connection ended counts
    if (!status.ok()) return status;
  }
}

void Publisher::Impl::TakeInbox() {
  PublisherInbox::Content content;
  {
    absl::MutexLock lock(&mutex_);
    content = inbox_.Take();
    arrivals_taken_ = arrivals_;
  }
  for (const auto& track : content.tracks) {
    window_.Track(track.stream, track.epoch, track.sent_through, track.head);
  }
  for (OutgoingEvent& event : content.events) window_.Offer(std::move(event));
  for (const auto& [lane, head] : content.heads) window_.RaiseHead(lane.first, lane.second, head);
}

// Everything that may go, in one write.
absl::Status Publisher::Impl::Send(Link* link) {
  const absl::Duration now = clock_->Monotonic();
  bool any = false;
  while (std::optional<PublishWindow::Message> message = window_.Next(now)) {
    Append(*message, link);
    any = true;
  }
  if (!any) return absl::OkStatus();
  CrashPoint("publisher.before_send");
  absl::Status status = link->Flush();
  CrashPoint("publisher.after_send");
  return status;
}

void Publisher::Impl::Append(const PublishWindow::Message& message, Link* link) {
  ++messages_;
  events_ += message.events;
  BasicPublish publish;
  publish.exchange = options_.exchange;
  publish.routing_key = message.routing_key;
  publish.mandatory = true;
  AppendMethod(kChannel, publish, link->output());
  Properties properties;
  properties.content_type = "application/x-protobuf";
  properties.delivery_mode = 2;
  properties.correlation_id = absl::StrCat(message.tag);
  properties.message_id = message.message_id;
  properties.user_id = options_.broker.user;
  AppendContent(kChannel, properties, message.body, link->frame_max(), link->output());
}

void Publisher::Impl::ReadBack() {
  while (std::optional<PublishWindow::ReadRequest> request =
             window_.NextRead(clock_->Monotonic())) {
    ++read_backs_;
    absl::StatusOr<std::vector<OutgoingEvent>> events =
        source_->ReadOutbox(request->stream, request->epoch, request->from_seq, kReadBackEvents);
    if (events.ok()) {
      window_.Fill(*request, *std::move(events), clock_->Monotonic());
      continue;
    }
    Log(Level::kError, "outbox_not_readable",
        {{"stream", Code(request->stream)},
         {"from_seq", request->from_seq},
         {"error", events.status()}});
    window_.ReadFailed(*request, clock_->Monotonic());
  }
}

void Publisher::Impl::ReportConfirmed() {
  const std::vector<PublishWindow::Confirmed> confirmed = window_.TakeConfirmed();
  if (!confirmed.empty()) CrashPoint("publisher.after_confirm");
  for (const auto& lane : confirmed) on_confirmed_(lane.stream, lane.epoch, lane.through);
}

void Publisher::Impl::ReportStats(const Link* link) {
  if (link != nullptr) {
    writes_ += link->writes() - std::exchange(counted_writes_, link->writes());
  }
  const PublishWindow::Counters& counters = window_.counters();
  if (counters.unsendable > known_unsendable_) {
    known_unsendable_ = counters.unsendable;
    // Its stream stands still until a person acts.
    Log(Level::kError, "event_too_large", {{"connection", Code(options_.broker.connection_name)}});
  }
  absl::MutexLock lock(&mutex_);
  stats_.connected = link != nullptr;
  stats_.blocked = link != nullptr && link->blocked();
  stats_.messages_in_flight = window_.messages_in_flight();
  stats_.bytes_in_flight = window_.bytes_in_flight();
  stats_.buffered_bytes = window_.buffered_bytes();
  stats_.backing_off = window_.BackingOff(clock_->Monotonic());
  stats_.connections = connections_;
  stats_.messages = messages_;
  stats_.events = events_;
  stats_.confirmed_events = counters.confirmed_events;
  stats_.returns = counters.returns;
  stats_.nacks = counters.nacks;
  stats_.timeouts = counters.timeouts;
  stats_.read_backs = read_backs_;
  stats_.unsendable = counters.unsendable;
  stats_.writes = writes_;
  if (window_.AllConfirmed()) arrivals_confirmed_ = arrivals_taken_;
}

void Publisher::Impl::OnReturn(const BasicReturn& returned, const Content& content) {
  uint64_t tag = 0;
  if (!absl::SimpleAtoi(content.properties.correlation_id, &tag)) return;
  Log(Level::kWarning, "run_returned",
      {{"message", Code(content.properties.message_id)},
       {"code", returned.code},
       {"text", Code(returned.text)}});
  window_.OnReturn(tag, clock_->Monotonic());
}

void Publisher::Impl::OnConfirm(uint64_t tag, bool multiple, bool accepted) {
  const absl::Duration now = clock_->Monotonic();
  if (accepted) {
    window_.OnAck(tag, multiple, now);
  } else {
    window_.OnNack(tag, multiple, now);
  }
}

void Publisher::Impl::OnBlocked(bool blocked) {
  Log(Level::kWarning, "publisher_blocked",
      {{"connection", Code(options_.broker.connection_name)}, {"blocked", blocked ? 1 : 0}});
  window_.SetBlocked(blocked, clock_->Monotonic());
}

Publisher::Publisher(Options options, const Clock* clock, Watchdog* watchdog, OutboxSource* source,
                     OnConfirmed on_confirmed)
    : impl_(std::make_unique<Impl>(std::move(options), clock, watchdog, source,
                                   std::move(on_confirmed))) {}

Publisher::~Publisher() { Close(); }

void Publisher::Track(const std::string& stream, int64_t epoch, int64_t sent_through,
                      int64_t head) {
  impl_->Track(stream, epoch, sent_through, head);
}
void Publisher::Offer(std::vector<OutgoingEvent> committed) { impl_->Offer(std::move(committed)); }
absl::Status Publisher::Start() { return impl_->Start(); }
bool Publisher::Drain(absl::Duration timeout) { return impl_->Drain(timeout); }
void Publisher::Close() { impl_->Close(); }
Publisher::Stats Publisher::GetStats() const { return impl_->GetStats(); }

}  // namespace xiufu::messaging
