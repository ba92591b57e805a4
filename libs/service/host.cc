#include "libs/service/host.h"

#include <atomic>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/crash_point.h"
#include "libs/base/interruption.h"
#include "libs/messaging/consumer.h"
#include "libs/messaging/publisher.h"
#include "libs/messaging/topology.h"
#include "libs/messaging/watchdog.h"
#include "libs/observability/log.h"
#include "libs/observability/metrics.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/server.h"
#include "libs/service/catch_up.h"
#include "libs/service/catch_up_loop.h"
#include "libs/service/dispatcher.h"
#include "libs/service/due_pump.h"
#include "libs/service/due_work.h"
#include "libs/service/handling.h"
#include "libs/service/host_metrics.h"
#include "libs/service/housekeeping.h"
#include "libs/service/job_desk.h"
#include "libs/service/job_runner.h"
#include "libs/service/outbox_bridge.h"
#include "libs/service/receiver.h"
#include "libs/service/signals.h"
#include "libs/service/stopped_streams.h"
#include "libs/service/store_service.h"
#include "libs/service/stream_service.h"
#include "libs/service/waiting_service.h"

namespace xiufu::service {
namespace {

using observability::Code;
using observability::Level;
using observability::Log;

// Calls block. Twice the budget of a destination: one that hangs never has all of them.
constexpr int kJobWorkers = 16;

// Authorities' systems stay away for days: an outside call is repeated until it is answered, at
// most five minutes apart.
RetryPolicy JobPolicy() {
  RetryPolicy policy;
  policy.max_attempts = 1'000'000;
  policy.longest_delay = absl::Minutes(5);
  return policy;
}

}  // namespace

// One subscription with what serves it.
struct Line {
  const Subscription* subscription = nullptr;
  std::unique_ptr<Dispatcher> dispatcher;
  std::unique_ptr<CatchUp> catch_up;
  std::unique_ptr<Receiver> receiver;
  std::unique_ptr<messaging::Consumer> consumer;
};

class Host::Impl : public storage::CommitListener {
 public:
  explicit Impl(Parts parts)
      : parts_(std::move(parts)),
        jitter_(messaging::RandomJitter()),
        handling_(&parts_.wiring, RetryPolicy(), jitter_),
        due_work_(parts_.database, &parts_.wiring, &handling_, parts_.clock),
        pump_(&due_work_, parts_.clock),
        desk_({parts_.database, &parts_.wiring.jobs, parts_.clock, JobPolicy(),
               messaging::RandomJitter()}),
        jobs_(&desk_, parts_.clock, kJobWorkers),
        watchdog_(parts_.clock) {}

  absl::Status Run() {
    Signals signals;  // blocked before any thread exists, so that every thread inherits it
    absl::Status started = Start();
    if (!started.ok()) {
      Stop();
      return started;
    }
    Log(Level::kInfo, "serving",
        {{"service", Code(parts_.config.name)}, {"grpc", Code(parts_.config.grpc_listen)}});
    while (signals.Next() == Signals::Kind::kReload) {
      ReloadTargets().IgnoreError();
      parts_.on_reload();
    }
    Stop();
    return absl::OkStatus();
  }

  void OnCommitted(storage::Committed& committed) override {
    if (!committed.events.empty()) bridge_->Offer(committed.events);
    if (committed.jobs) jobs_.Wake();
    if (committed.timers || committed.waiting) pump_.Wake();
  }

 private:
  absl::Status Start() {
    absl::StatusOr<rpc::Tokens> tokens =
        rpc::Tokens::LoadOrCreate(parts_.config.credentials, parts_.config.principals);
    if (!tokens.ok()) return tokens.status();
    tokens_ = *std::move(tokens);
    absl::Status broker = StartMessaging();
    if (!broker.ok()) return broker;
    absl::Status surface = StartSurface();
    if (!surface.ok()) return surface;
    for (Line& line : lines_) {
      absl::Status consuming = line.consumer->Start();
      if (!consuming.ok()) return consuming;
    }
    catch_up_loop_->Start();
    jobs_.Start();
    pump_.Start();
    housekeeping_->Start();
    absl::Status own = parts_.on_start();
    if (!own.ok()) return own;
    server_->SetServing(true);
    return absl::OkStatus();
  }

  absl::Status StartMessaging() {
    absl::StatusOr<messaging::BrokerOptions> broker = BrokerOptions();
    if (!broker.ok()) return broker.status();
    bridge_ = std::make_unique<OutboxBridge>(parts_.database, *broker, parts_.clock, &watchdog_);
    parts_.database->AddListener(this);
    parts_.database->Start();
    absl::Status publishing = bridge_->Start();
    if (!publishing.ok()) return publishing;
    for (const Subscription& subscription : parts_.wiring.subscriptions) {
      lines_.push_back(MakeLine(subscription, *broker));
    }
    MakeCatchUpLoop();
    absl::Status targets = ReloadTargets();
    if (!targets.ok()) return targets;
    housekeeping_ = std::make_unique<Housekeeping>(parts_.database, parts_.clock, [this] {
      for (Line& line : lines_) line.receiver->Tick();
    });
    return absl::OkStatus();
  }

  absl::StatusOr<messaging::BrokerOptions> BrokerOptions() const {
    const CommonConfig::Broker& config = parts_.config.broker;
    absl::StatusOr<std::string> password = ReadSecretFile(config.password_file);
    if (!password.ok()) return password.status();
    messaging::BrokerOptions options;
    options.host = config.host;
    options.port = config.port;
    options.vhost = config.vhost;
    options.user = config.user;
    options.password = *std::move(password);
    options.connection_name = parts_.config.name;
    return options;
  }

  Line MakeLine(const Subscription& subscription, messaging::BrokerOptions broker) {
    auto stopped = [](const std::string& stream, const std::string& reason) {
      OnStopped(stream, reason);
    };
    Line line;
    line.subscription = &subscription;
    line.dispatcher = std::make_unique<Dispatcher>(
        Dispatcher::Parts{&subscription, parts_.database, &handling_, &stopped_,
                          [this](const std::string&) { catch_up_loop_->Poke(); }, stopped});
    line.catch_up = std::make_unique<CatchUp>(
        CatchUp::Parts{&subscription, parts_.database, line.dispatcher.get(), &stopped_,
                       parts_.clock, stopped, [] {}, [this] { return stopping_.load(); }});
    line.receiver = std::make_unique<Receiver>(Receiver::Parts{subscription.queue,
                                                               line.dispatcher.get(), parts_.clock,
                                                               [this] { catch_up_loop_->Poke(); }});
    broker.connection_name = absl::StrCat(parts_.config.name, " ", subscription.queue);
    line.consumer = std::make_unique<messaging::Consumer>(
        messaging::Consumer::Options{std::move(broker), subscription.queue}, parts_.clock,
        &watchdog_, line.receiver.get());
    line.receiver->AckWith([consumer = line.consumer.get()](uint64_t generation, uint64_t tag) {
      consumer->Ack(generation, tag);
    });
    return line;
  }

  void MakeCatchUpLoop() {
    CatchUpLoop::Parts parts;
    for (Line& line : lines_) {
      parts.catch_ups.push_back(line.catch_up.get());
      parts.subscriptions.push_back(line.subscription);
    }
    parts.open = [this](const std::string& target) {
      const std::string token = tokens_.TokenOf(parts_.config.name).value_or("");
      return NewGrpcStreamSource(rpc::NewChannel(target, token), absl::Seconds(2), absl::Seconds(3),
                                 &interruption_);
    };
    catch_up_loop_ = std::make_unique<CatchUpLoop>(std::move(parts));
  }

  absl::Status ReloadTargets() {
    absl::StatusOr<std::map<std::string, std::string>> targets =
        LoadStreamTargets(parts_.config.streams);
    if (targets.ok()) {
      catch_up_loop_->SetTargets(*targets);
    } else {
      Log(Level::kError, "streams_file_not_read", {{"error", targets.status()}});
    }
    return targets.status();
  }

  absl::Status StartSurface() {
    stream_service_ = std::make_unique<StreamService>(parts_.database, parts_.clock);
    waiting_service_ = std::make_unique<WaitingService>(
        parts_.database, parts_.clock,
        rpc::PageTokens(rpc::PageTokenKey(tokens_.TokenOf(parts_.config.name).value_or(""))),
        &parts_.wiring.jobs);
    store_service_ = std::make_unique<StoreService>(parts_.database, parts_.clock,
                                                    parts_.config.name, parts_.config.copies);
    std::vector<grpc::Service*> services = parts_.services;
    services.push_back(stream_service_.get());
    services.push_back(waiting_service_.get());
    services.push_back(store_service_.get());
    absl::StatusOr<std::unique_ptr<rpc::Server>> server =
        rpc::Server::Start({parts_.config.grpc_listen, &tokens_}, services);
    if (!server.ok()) return server.status();
    server_ = *std::move(server);
    if (parts_.config.metrics_listen.empty()) return absl::OkStatus();
    absl::StatusOr<std::unique_ptr<observability::MetricsServer>> metrics =
        observability::ServeMetrics(parts_.config.metrics_listen);
    if (!metrics.ok()) return metrics.status();
    metrics_ = *std::move(metrics);
    readings_ = std::make_unique<HostMetrics>(parts_.database, bridge_.get());
    for (Line& line : lines_) {
      readings_->Watch(line.subscription->queue, line.consumer.get());
    }
    return absl::OkStatus();
  }

  static void OnStopped(const std::string& stream, const std::string& reason) {
    Log(Level::kError, "stream_stopped", {{"stream", Code(stream)}, {"reason", Code(reason)}});
    observability::CounterOf("xiufu_streams_stopped_total",
                             "Streams stopped because they contradict what was taken",
                             {{"stream", stream}})
        .Add();
  }

  // In the order that leaves nothing half done; see host.h.
  void Stop() {
    stopping_ = true;
    interruption_.Stop();
    if (server_ != nullptr) server_->SetServing(false);
    parts_.on_stop();
    if (store_service_ != nullptr) store_service_->Stop();
    readings_.reset();
    if (server_ != nullptr) server_->Shutdown(absl::Seconds(1));
    if (housekeeping_ != nullptr) housekeeping_->Stop();
    for (Line& line : lines_) line.consumer->StopDelivery();
    if (catch_up_loop_ != nullptr) catch_up_loop_->Stop();
    pump_.Stop();
    jobs_.Stop();
    // Everything submitted is settled behind this; acks and offers went out with it.
    parts_.database->WriteAndWait([](storage::Tx&) { return absl::OkStatus(); }).IgnoreError();
    if (bridge_ != nullptr) bridge_->Stop(absl::Seconds(1));
    // All at once: a broker that hangs is waited for once.
    for (Line& line : lines_) line.consumer->BeginClose();
    for (Line& line : lines_) line.consumer->Close();
    parts_.database->Stop();
    Log(Level::kInfo, "stopped", {{"service", Code(parts_.config.name)}});
  }

  Parts parts_;
  std::function<double()> jitter_;
  std::atomic<bool> stopping_{false};
  Interruption interruption_;
  rpc::Tokens tokens_;
  StoppedStreams stopped_;
  Handling handling_;
  DueWork due_work_;
  DuePump pump_;
  JobDesk desk_;
  JobRunner jobs_;
  messaging::Watchdog watchdog_;
  std::unique_ptr<OutboxBridge> bridge_;
  std::vector<Line> lines_;
  std::unique_ptr<CatchUpLoop> catch_up_loop_;
  std::unique_ptr<Housekeeping> housekeeping_;
  std::unique_ptr<StreamService> stream_service_;
  std::unique_ptr<WaitingService> waiting_service_;
  std::unique_ptr<StoreService> store_service_;
  std::unique_ptr<observability::MetricsServer> metrics_;
  std::unique_ptr<HostMetrics> readings_;
  std::unique_ptr<rpc::Server> server_;
};

Host::Host(Parts parts) : impl_(std::make_unique<Impl>(std::move(parts))) {}
Host::~Host() = default;
absl::Status Host::Run() { return impl_->Run(); }

}  // namespace xiufu::service
