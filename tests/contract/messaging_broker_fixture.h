#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "libs/base/system_clock.h"
#include "libs/messaging/consumer.h"
#include "libs/messaging/publisher.h"
#include "libs/messaging/watchdog.h"
#include "tests/contract/messaging_recording_sink.h"

namespace xiufu::messaging {

constexpr int64_t kTestEpoch = 1767225600000;

// An encoded event of a stream; its id is made from stream and seq, its data is `size` bytes.
OutgoingEvent TestEvent(const std::string& stream, int64_t seq, size_t size = 800);
std::vector<OutgoingEvent> TestEvents(const std::string& stream, int64_t first, int64_t last,
                                      size_t size = 800);

// The store behind a publisher: any event of any stream can be read again, up to the head of that
// stream.
class TestOutbox : public OutboxSource {
 public:
  absl::StatusOr<std::vector<OutgoingEvent>> ReadOutbox(const std::string& stream, int64_t epoch,
                                                        int64_t from_seq,
                                                        size_t max_events) override;
  void SetHead(const std::string& stream, int64_t head);

 private:
  absl::Mutex mutex_;
  std::map<std::string, int64_t> heads_;
};

// How far each stream was said to be confirmed; fails the test when that ever falls.
class ConfirmedMarks {
 public:
  Publisher::OnConfirmed Callback();
  int64_t Of(const std::string& stream) const;

 private:
  mutable absl::Mutex mutex_;
  std::map<std::string, int64_t> marks_;
};

// The private node that scripts/with-broker started, with the delivered topology in it.
class BrokerTest : public ::testing::Test {
 protected:
  void SetUp() override;     // every queue empty
  void TearDown() override;  // what the test changed for the node is as it was

  BrokerOptions As(const std::string& user, const std::string& connection_name);
  Consumer::Options Consuming(const std::string& user, const std::string& queue);
  Publisher::Options Publishing(const std::string& user);

  // Management API as administrator, e.g. Api("DELETE", "/queues/xiufu/x"). Fails the test on an
  // HTTP error.
  std::string Api(const std::string& method, const std::string& path, const std::string& body = "");
  // rabbitmqctl's output.
  std::string Control(const std::string& arguments);
  void PublishRaw(const std::string& queue, const std::string& body);
  void DeclareQueue(const std::string& queue);
  void Unbind(const std::string& queue, const std::string& key);
  void Bind(const std::string& queue, const std::string& key);
  // Ready and unacknowledged messages of a queue, as the queue itself says now.
  std::pair<int, int> Depth(const std::string& queue);
  bool AwaitDepth(const std::string& queue, std::pair<int, int> depth);
  template <typename Condition>
  bool Eventually(Condition holds, absl::Duration limit = absl::Seconds(30)) {
    const absl::Duration end = clock_.Monotonic() + limit;
    while (!holds()) {
      if (clock_.Monotonic() > end) return false;
      absl::SleepFor(absl::Milliseconds(5));
    }
    return true;
  }

  SystemClock clock_;
  Watchdog watchdog_{&clock_};
  TestOutbox outbox_;
  ConfirmedMarks confirmed_;
};

// Decodes every delivery as a Run and gathers its events' numbers by stream, in the order of
// arrival; acknowledges each batch when told to.
class RunSink : public RecordingSink {
 public:
  RunSink();
  void AckWith(Consumer* consumer);
  std::vector<int64_t> SeqsOf(const std::string& stream) const;
  size_t events() const;

 private:
  void Take(const std::vector<Delivery>& batch);

  mutable absl::Mutex runs_mutex_;
  Consumer* acker_ = nullptr;
  std::map<std::string, std::vector<int64_t>> seqs_;
  size_t events_ = 0;
};

// Each number once, in the order in which it came first.
std::vector<int64_t> FirstSeen(const std::vector<int64_t>& seqs);
std::vector<int64_t> Counting(int64_t first, int64_t last);

}  // namespace xiufu::messaging
