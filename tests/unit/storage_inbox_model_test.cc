// A producer that is backed up and restored at will, a broker that loses, repeats and delays, a
// consumer that is killed: whatever the order of things, every event is taken once and everything
// comes home.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "tests/unit/storage_fixture.h"

namespace xiufu::storage {
namespace {

using Place2 = std::pair<int64_t, int64_t>;  // epoch, seq

// What a producer's store holds of one stream.
struct History {
  struct Epoch {
    int64_t epoch;
    int64_t previous_epoch;
    int64_t previous_last;
    std::vector<Id> ids;
  };
  std::vector<Epoch> epochs;  // those with events
};

class Producer {
 public:
  const History& history() const { return history_; }
  int64_t epoch() const { return epoch_; }

  messaging::Envelope Append() {
    if (history_.epochs.empty() || history_.epochs.back().epoch != epoch_) {
      StreamHead present = PresentHead();
      history_.epochs.push_back({epoch_, present.previous_epoch, present.previous_last, {}});
    }
    history_.epochs.back().ids.push_back(TestId("produced", ++made_));
    return EventAt(history_.epochs.size() - 1, history_.epochs.back().ids.size());
  }
  void BackUp() { backups_.push_back(history_); }
  void Restore(size_t which) {
    history_ = backups_[which % backups_.size()];
    ++epoch_;
  }
  std::vector<StreamHead> Heads() const {
    std::vector<StreamHead> heads;
    for (const History::Epoch& epoch : history_.epochs) {
      heads.push_back({"s", epoch.epoch, 1, static_cast<int64_t>(epoch.ids.size()), 0,
                       epoch.previous_epoch, epoch.previous_last, epoch.ids.back()});
    }
    if (heads.empty() || heads.back().epoch != epoch_) heads.push_back(PresentHead());
    return heads;
  }
  std::vector<messaging::Envelope> Read(int64_t epoch, int64_t from) const {
    std::vector<messaging::Envelope> events;
    for (size_t i = 0; i < history_.epochs.size(); ++i) {
      if (history_.epochs[i].epoch != epoch) continue;
      for (auto seq = static_cast<size_t>(from); seq <= history_.epochs[i].ids.size(); ++seq) {
        events.push_back(EventAt(i, seq));
      }
    }
    return events;
  }

 private:
  StreamHead PresentHead() const {
    StreamHead head{"s", epoch_, 1, 0, 0, 0, 0, Id()};
    if (!history_.epochs.empty()) {
      head.previous_epoch = history_.epochs.back().epoch;
      head.previous_last = static_cast<int64_t>(history_.epochs.back().ids.size());
    }
    return head;
  }
  messaging::Envelope EventAt(size_t index, size_t seq) const {
    const History::Epoch& epoch = history_.epochs[index];
    messaging::Envelope event;
    event.id = epoch.ids[seq - 1];
    event.type = "t";
    event.stream = "s";
    event.epoch = epoch.epoch;
    event.seq = static_cast<int64_t>(seq);
    if (seq > 1) {
      event.previous_id = epoch.ids[seq - 2];
    } else if (index > 0) {
      event.previous_id = history_.epochs[index - 1].ids.back();
      event.previous_epoch = epoch.previous_epoch;
      event.previous_last = epoch.previous_last;
    }
    return event;
  }

  History history_;
  std::vector<History> backups_{History()};
  int64_t epoch_ = 1;
  uint64_t made_ = 0;
};

// The consumer's side, as libs/service drives it: claims, and levelling with the producer's heads.
class Consumer {
 public:
  Consumer() { Open(); }
  ~Consumer() { database_->Stop(); }

  void Deliver(const messaging::Envelope& event) {
    Commit([&](Tx& tx) {
      Claim claim = tx.inbox().TryClaim(tx, event, clock_.Now());
      RC_ASSERT(claim != Claim::kBroken);
      if (claim != Claim::kNew) return;
      RC_ASSERT(taken_.emplace(Place2(event.epoch, event.seq), event.id).second);
      RC_ASSERT(event.seq == 1 || taken_.count({event.epoch, event.seq - 1}) == 1);
    });
  }
  // Claims that go down with their transaction are as if they had not been.
  void DeliverAndLose(const messaging::Envelope& event) {
    database_->Write(
        [&](Tx& tx) {
          tx.inbox().TryClaim(tx, event, clock_.Now());
          return absl::AbortedError("lost");
        },
        [](const absl::Status&) {});
    database_->RunPending();
  }
  void Level(const Producer& producer) {
    for (const StreamHead& head : producer.Heads()) {
      if (head.epoch < Newest().epoch) continue;
      if (head.epoch > Newest().epoch) {
        absl::Status entered;
        Commit([&](Tx& tx) {
          entered = tx.inbox().EnterEpoch(tx, "s", head.epoch, head.previous_epoch,
                                          head.previous_last, clock_.Now());
        });
        if (!entered.ok()) continue;
      }
      for (const messaging::Envelope& event : producer.Read(head.epoch, Newest().seq + 1)) {
        Deliver(event);
      }
    }
  }
  void CrashAndRestart() {
    database_.reset();
    Open();
  }

  const std::map<Place2, Id>& taken() const { return taken_; }
  std::set<Place2> Divergent() {
    std::set<Place2> divergent;
    absl::Status status = database_->Read([&](Session& session) {
      for (const Divergence& found : database_->inbox().Divergences(session)) {
        if (found.note != kTakenNotHeld) continue;
        for (int64_t seq = found.from_seq; seq <= found.to_seq; ++seq) {
          divergent.insert({found.epoch, seq});
        }
      }
      return absl::OkStatus();
    });
    RC_ASSERT(status.ok());
    return divergent;
  }

 private:
  void Open() {
    Database::Options options;
    options.path = folder_.path() + "/store.db";
    options.service = "test";
    options.run_inline = true;
    options.ballast_bytes = 0;
    database_ = *Database::Open(options, {}, &clock_);
  }
  Mark Newest() const { return database_->inbox().Newest("s"); }
  void Commit(absl::FunctionRef<void(Tx&)> fn) {
    absl::Status status = database_->WriteAndWait([&](Tx& tx) {
      fn(tx);
      return absl::OkStatus();
    });
    RC_ASSERT(status.ok());
  }

  const MemoryFolder folder_;
  ManualClock clock_{absl::FromUnixSeconds(1'780'000'000)};
  std::unique_ptr<Database> database_;
  std::map<Place2, Id> taken_;
};

RC_GTEST_PROP(InboxModelTest, EveryEventOnceAndEverythingComesHome, ()) {
  Producer producer;
  Consumer consumer;
  std::vector<messaging::Envelope>
      wire;  // everything ever sent; the broker may show any of it again
  size_t delivered = 0;
  const auto steps = *rc::gen::container<std::vector<std::pair<int, size_t>>>(
      rc::gen::pair(rc::gen::inRange(0, 100), rc::gen::arbitrary<size_t>()));
  for (const auto& [what, which] : steps) {
    if (what < 35) {
      wire.push_back(producer.Append());
    } else if (what < 65) {
      if (delivered < wire.size()) consumer.Deliver(wire[delivered++]);
    } else if (what < 70) {
      if (delivered < wire.size()) ++delivered;  // lost on the way
    } else if (what < 76) {
      if (!wire.empty()) consumer.Deliver(wire[which % wire.size()]);  // again, or late
    } else if (what < 80) {
      if (!wire.empty()) consumer.DeliverAndLose(wire[which % wire.size()]);
    } else if (what < 86) {
      producer.BackUp();
    } else if (what < 92) {
      producer.Restore(which);
    } else if (what < 98) {
      consumer.Level(producer);
    } else {
      consumer.CrashAndRestart();
    }
  }
  // The producer's epochs may have changed under the consumer's feet: going back takes a round of
  // its own.
  for (size_t round = 0; round < 2 + producer.history().epochs.size(); ++round) {
    consumer.Level(producer);
  }

  std::set<Place2> held;
  for (const History::Epoch& epoch : producer.history().epochs) {
    for (size_t i = 0; i < epoch.ids.size(); ++i) {
      const Place2 place(epoch.epoch, static_cast<int64_t>(i) + 1);
      held.insert(place);
      auto taken = consumer.taken().find(place);
      RC_ASSERT(taken != consumer.taken().end());
      RC_ASSERT(taken->second == epoch.ids[i]);
    }
  }
  const std::set<Place2> divergent = consumer.Divergent();
  for (const auto& [place, id] : consumer.taken()) {
    RC_ASSERT(held.count(place) == 1 || divergent.count(place) == 1);
  }
}

}  // namespace
}  // namespace xiufu::storage
