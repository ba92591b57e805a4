#include "tests/bench/floor/station.h"

#include <cstdio>
#include <utility>

#include "google/protobuf/io/coded_stream.h"

namespace xiufu::bench {
namespace {

constexpr size_t kGroupEvents = 512;

// A run is its events as field 1 of a message.
std::vector<Event> SplitRun(const std::string& body) {
  google::protobuf::io::CodedInputStream input(reinterpret_cast<const uint8_t*>(body.data()),
                                               static_cast<int>(body.size()));
  std::vector<Event> events;
  std::string bytes;
  while (input.ReadTag() != 0) {
    uint32_t size = 0;
    if (!input.ReadVarint32(&size) || !input.ReadString(&bytes, static_cast<int>(size))) break;
    events.push_back(Event::Decode(bytes));
  }
  return events;
}

messaging::Publisher::Options PublisherOptions(messaging::BrokerOptions broker) {
  messaging::Publisher::Options options;
  options.broker = std::move(broker);
  options.exchange = "floor.events";
  options.max_buffered_bytes = size_t{1} << 30;
  return options;
}

int64_t StreamNumber(const std::string& stream) {
  for (size_t i = 0; i < kHops.size(); ++i) {
    if (stream == kHops[i].stream) return static_cast<int64_t>(i);
  }
  return -1;
}

}  // namespace

Station::Station(Role role, const std::string& queue, const messaging::BrokerOptions& broker,
                 const std::string& store_path, Clock* clock)
    : role_(role),
      store_(store_path),
      watchdog_(clock),
      publisher_(PublisherOptions(broker), clock, &watchdog_, this,
                 [this](const std::string& stream, int64_t, int64_t through) {
                   absl::MutexLock lock(&mutex_);
                   confirmed_[stream] = through;
                 }),
      consumer_({broker, queue}, clock, &watchdog_, this) {
  for (const Hop& hop : kHops) publisher_.Track(hop.stream, 1, 0, 0);
  if (!publisher_.Start().ok() || !consumer_.Start().ok()) std::_Exit(1);
  thread_ = std::thread([this] { Loop(); });
}

Station::~Station() {
  consumer_.StopDelivery();
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
  publisher_.Drain(absl::Seconds(2));
  publisher_.Close();
  consumer_.Close();
}

void Station::Submit(std::array<char, 16> id, absl::AnyInvocable<void()> done) {
  Work work;
  work.events.push_back(Event{0xFF, id, 0});
  work.done = std::move(done);
  absl::MutexLock lock(&mutex_);
  waiting_.push_back(std::move(work));
}

void Station::OnDeliveries(std::vector<messaging::Delivery> batch) {
  Work work;
  for (const messaging::Delivery& delivery : batch) {
    for (Event& event : SplitRun(delivery.body)) work.events.push_back(event);
  }
  work.generation = batch.back().generation;
  work.tag = batch.back().tag;
  absl::MutexLock lock(&mutex_);
  waiting_.push_back(std::move(work));
}

void Station::OnLost(const absl::Status& why) {
  fprintf(stderr, "floor: connection lost: %s\n", why.ToString().c_str());
}

void Station::Loop() {
  auto ready = [this]()
                   ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !waiting_.empty() || stopping_; };
  while (true) {
    std::vector<Work> group;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(&ready));
      if (waiting_.empty()) return;
      size_t events = 0;
      while (!waiting_.empty() && events < kGroupEvents) {
        events += waiting_.front().events.size();
        group.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
      }
    }
    TakeGroup(group);
  }
}

void Station::TakeGroup(std::vector<Work>& group) {
  std::map<std::string, int64_t> confirmed;
  {
    absl::MutexLock lock(&mutex_);
    confirmed.swap(confirmed_);
  }
  std::vector<messaging::OutgoingEvent> out;
  store_.Begin();
  for (const auto& [stream, through] : confirmed) store_.SaveCursor(StreamNumber(stream), through);
  for (const Work& work : group) {
    for (const Event& event : work.events) Take(event, out);
  }
  store_.Commit();
  if (!out.empty()) publisher_.Offer(std::move(out));
  for (Work& work : group) {
    if (work.done) work.done();
    if (work.tag != 0) consumer_.Ack(work.generation, work.tag);
  }
}

void Station::Take(const Event& event, std::vector<messaging::OutgoingEvent>& out) {
  const bool submitted = event.hop == 0xFF;
  const size_t hop = submitted ? 0 : event.hop + size_t{1};
  if (!submitted && !store_.Dedupe(event.hop, event.seq)) return;
  const absl::string_view id(event.id.data(), event.id.size());
  store_.SetState(id, static_cast<int64_t>(hop), ballast_);
  if (hop == kHops.size()) return;
  const std::string stream = kHops[hop].stream;
  Event next{static_cast<uint8_t>(hop), event.id, ++next_seq_[stream]};
  std::string bytes = next.Encode(ballast_);
  store_.AppendOutbox(static_cast<int64_t>(hop), next.seq, bytes);
  out.push_back({stream, 1, next.seq, "event", std::move(bytes)});
}

}  // namespace xiufu::bench
