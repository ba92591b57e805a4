#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "libs/service/dispatcher.h"
#include "libs/service/handling.h"
#include "libs/service/stopped_streams.h"
#include "libs/service/wiring.h"
#include "libs/storage/database.h"
#include "libs/testing/manual_clock.h"

namespace xiufu::service {

// A store in memory that runs inline, a clock that the test moves, and what a service is wired
// from.
class ServiceTest : public ::testing::Test {
 protected:
  ServiceTest() {
    storage::Database::Options options;
    options.path = ":memory:";
    options.service = "test";
    options.run_inline = true;
    database_ = *storage::Database::Open(options, {}, &clock_);
    database_->Start();
  }

  void MustWrite(absl::FunctionRef<void(storage::Tx&)> fn) {
    absl::Status written = database_->WriteAndWait([&](storage::Tx& tx) {
      fn(tx);
      return absl::OkStatus();
    });
    EXPECT_TRUE(written.ok()) << written;
  }
  void MustRead(absl::FunctionRef<void(storage::Session&)> fn) {
    absl::Status read = database_->Read([&](storage::Session& session) {
      fn(session);
      return absl::OkStatus();
    });
    EXPECT_TRUE(read.ok()) << read;
  }

  ManualClock clock_{absl::FromUnixSeconds(1'780'000'000)};
  std::unique_ptr<storage::Database> database_;
};

// And the path of events of the stream "up": one dispatcher, whose retries are not spread.
class EventPathTest : public ServiceTest {
 protected:
  // The `seq`-th event of the epoch, its predecessor being the one before.
  static messaging::Envelope UpEvent(int64_t epoch, int64_t seq, const std::string& type) {
    messaging::Envelope envelope;
    envelope.id = UpId(epoch, seq);
    envelope.type = type;
    envelope.stream = "up";
    envelope.epoch = epoch;
    envelope.seq = seq;
    envelope.previous_id = seq > 1 ? UpId(epoch, seq - 1) : Id();
    return envelope;
  }
  static Id UpId(int64_t epoch, int64_t seq) {
    return DeriveId(Id(), std::to_string(epoch), static_cast<uint64_t>(seq), {});
  }

  absl::Status Offer(std::vector<messaging::EncodedEvent> events) {
    Batch batch;
    batch.events = std::move(events);
    return Offer(std::move(batch));
  }
  absl::Status Offer(Batch batch) {
    batch.now = clock_.Now();
    absl::Status result = absl::UnknownError("not settled");
    dispatcher_.Offer(std::make_shared<Batch>(std::move(batch)),
                      [&](const absl::Status& status) { result = status; });
    while (database_->RunPending() > 0) {
    }
    return result;
  }

  Wiring wiring_;
  Subscription subscription_{"test", {"up"}};
  StoppedStreams stopped_;
  int gaps_ = 0;
  int alarms_ = 0;
  Handling handling_{&wiring_, RetryPolicy(), [] { return 0.0; }};
  Dispatcher dispatcher_{
      Dispatcher::Parts{&subscription_, database_.get(), &handling_, &stopped_,
                        [this](const std::string&) { ++gaps_; },
                        [this](const std::string&, const std::string&) { ++alarms_; }}};
};

}  // namespace xiufu::service
