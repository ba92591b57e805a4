// Marks, epochs and what else the store keeps of events that come in.
#include "tests/unit/storage_fixture.h"

namespace xiufu::storage {
namespace {

class InboxTest : public StoreTest {
 protected:
  InboxTest() { Open(); }

  static Id EventId(int64_t epoch, int64_t seq) {
    return TestId("in", static_cast<uint64_t>(epoch * 1000 + seq));
  }
  static messaging::Envelope Event(int64_t epoch, int64_t seq, int64_t previous_epoch = 0,
                                   int64_t previous_last = 0) {
    messaging::Envelope event = NewEvent("in", 0);
    event.id = EventId(epoch, seq);
    event.epoch = epoch;
    event.seq = seq;
    event.previous_epoch = previous_epoch;
    event.previous_last = previous_last;
    if (seq > 1) event.previous_id = EventId(epoch, seq - 1);
    if (previous_epoch > 0) event.previous_id = EventId(previous_epoch, previous_last);
    return event;
  }
  Claim TryClaim(const messaging::Envelope& event) {
    Claim claim = Claim::kBroken;
    MustWrite([&](Tx& tx) { claim = tx.inbox().TryClaim(tx, event, clock_.Now()); });
    return claim;
  }
  absl::Status Enter(int64_t epoch, int64_t previous_epoch, int64_t previous_last) {
    absl::Status status;
    MustWrite([&](Tx& tx) {
      status = tx.inbox().EnterEpoch(tx, "in", epoch, previous_epoch, previous_last, clock_.Now());
    });
    return status;
  }
  void Take(int64_t epoch, int64_t first, int64_t last) {
    for (int64_t seq = first; seq <= last; ++seq) {
      EXPECT_EQ(TryClaim(Event(epoch, seq)), Claim::kNew) << epoch << "/" << seq;
    }
  }
  std::string MarksText() {
    std::string text;
    for (const Mark& mark : database_->inbox().Marks({"in"})) {
      text += std::to_string(mark.epoch) + "/" + std::to_string(mark.seq) + " ";
    }
    return text;
  }
  std::string DivergencesText() {
    std::string text;
    MustRead([&](Session& session) {
      for (const Divergence& found : database_->inbox().Divergences(session)) {
        text += std::to_string(found.epoch) + ":" + std::to_string(found.from_seq) + "-" +
                std::to_string(found.to_seq) + (found.note == kTakenNotHeld ? " taken;" : " late;");
      }
    });
    return text;
  }
};

TEST_F(InboxTest, MarksOutliveTheProcess) {
  Take(100, 1, 3);
  EXPECT_EQ(database_->inbox().Newest("in").seq, 3);
  EXPECT_EQ(database_->inbox().Newest("in").last_id, EventId(100, 3));
  Crash();
  Open();
  EXPECT_EQ(MarksText(), "100/3 ");
  EXPECT_EQ(TryClaim(Event(100, 3)), Claim::kDone);
  EXPECT_EQ(TryClaim(Event(100, 4)), Claim::kNew);
  EXPECT_EQ(database_->inbox().Newest("unknown").epoch, 0);
  EXPECT_TRUE(database_->inbox().Marks({"other.#"}).empty());
}

TEST_F(InboxTest, AClaimStaysWhenItsHandlerFails) {
  class Delivery : public WriteUnit {
   public:
    void Apply(Tx& tx) override {
      EXPECT_EQ(tx.inbox().TryClaim(tx, Event(100, 1), absl::Now()), Claim::kNew);
      EXPECT_FALSE(tx.InSavepoint([](Tx& inside) {
                       inside.Run("INSERT INTO thing VALUES ('a', 1)");
                       return absl::InternalError("handler");
                     }).ok());
    }
    void Settled(const absl::Status& status) override { EXPECT_TRUE(status.ok()); }
  };
  database_->Submit(std::make_unique<Delivery>());
  database_->RunPending();
  EXPECT_EQ(MarksText(), "100/1 ");
  EXPECT_EQ(Int("SELECT COUNT(*) FROM thing"), 0);
}

TEST_F(InboxTest, ARolledBackClaimIsOfferedAgain) {
  Take(100, 1, 1);
  EXPECT_FALSE(Write([&](Tx& tx) {
                 EXPECT_EQ(tx.inbox().TryClaim(tx, Event(100, 2), clock_.Now()), Claim::kNew);
                 EXPECT_EQ(tx.inbox().TryClaim(tx, Event(100, 3), clock_.Now()), Claim::kNew);
                 EXPECT_EQ(tx.inbox().TryClaim(tx, Event(200, 1, 100, 3), clock_.Now()),
                           Claim::kNew);
                 return absl::AbortedError("no");
               }).ok());
  EXPECT_EQ(MarksText(), "100/1 ");
  Take(100, 2, 2);
  Crash();
  Open();
  EXPECT_EQ(MarksText(), "100/2 ");
}

TEST_F(InboxTest, ARestoredProducerIsFollowedIntoItsNewEpoch) {
  Take(100, 1, 8);
  EXPECT_EQ(TryClaim(Event(200, 2)), Claim::kAhead);
  EXPECT_EQ(TryClaim(Event(200, 1, 100, 5)), Claim::kNew);
  EXPECT_EQ(MarksText(), "100/8 200/1 ");
  EXPECT_EQ(DivergencesText(), "100:6-8 taken;");
  EXPECT_EQ(TryClaim(Event(100, 9)), Claim::kStale);
  EXPECT_EQ(TryClaim(Event(100, 10)), Claim::kStale);
  EXPECT_EQ(TryClaim(Event(100, 9)), Claim::kStale);
  EXPECT_EQ(DivergencesText(), "100:6-8 taken;100:9-10 late;") << "each once";
}

TEST_F(InboxTest, AnEpochWithoutEventsIsEnteredFromHeads) {
  Take(100, 1, 4);
  EXPECT_EQ(Enter(200, 100, 5).code(), absl::StatusCode::kFailedPrecondition);
  Take(100, 5, 5);
  EXPECT_TRUE(Enter(200, 100, 5).ok());
  EXPECT_TRUE(Enter(200, 100, 5).ok()) << "again";
  EXPECT_EQ(MarksText(), "100/5 200/0 ");
  EXPECT_EQ(database_->inbox().Newest("in").epoch, 200);
  EXPECT_EQ(Enter(150, 100, 5).code(), absl::StatusCode::kFailedPrecondition) << "left behind";
  EXPECT_EQ(TryClaim(Event(200, 1, 100, 5)), Claim::kNew);
  EXPECT_TRUE(Enter(200, 100, 5).ok());
  EXPECT_EQ(MarksText(), "100/5 200/1 ") << "entering again moves nothing";
  EXPECT_EQ(DivergencesText(), "");
}

TEST_F(InboxTest, ANewConsumerEntersTheFirstEpochAndReads) {
  EXPECT_EQ(TryClaim(Event(200, 1, 100, 5)), Claim::kAhead);
  EXPECT_TRUE(Enter(100, 0, 0).ok());
  Take(100, 1, 5);
  EXPECT_EQ(TryClaim(Event(200, 1, 100, 5)), Claim::kNew);
}

TEST_F(InboxTest, RestoredToAnOlderAndThenToANewerCopy) {
  Take(100, 1, 10);
  EXPECT_EQ(TryClaim(Event(200, 1, 100, 10)), Claim::kNew);
  // The second copy holds 100/15, of which 11 to 15 never came here.
  EXPECT_EQ(Enter(300, 100, 15).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(database_->inbox().Newest("in").epoch, 100);
  Crash();
  Open();
  EXPECT_EQ(database_->inbox().Newest("in").epoch, 100);
  EXPECT_EQ(TryClaim(Event(200, 2)), Claim::kStale);
  Take(100, 11, 15);
  EXPECT_TRUE(Enter(300, 100, 15).ok());
  EXPECT_EQ(TryClaim(Event(300, 1, 100, 15)), Claim::kNew);
  EXPECT_EQ(DivergencesText(), "200:1-1 taken;200:2-2 late;");
  EXPECT_EQ(database_->inbox().Newest("in").epoch, 300);
}

TEST_F(InboxTest, AttemptsAreCountedUntilTheyEnd) {
  auto begin = [&](int64_t seq) {
    int begun = 0;
    MustWrite([&](Tx& tx) { begun = tx.inbox().BeginAttempt(tx, Event(100, seq)); });
    return begun;
  };
  EXPECT_EQ(begin(1), 1);
  Crash();
  Open();
  EXPECT_EQ(begin(1), 2);
  EXPECT_EQ(begin(2), 1);
  MustWrite([&](Tx& tx) { tx.inbox().EndAttempt(tx, Event(100, 1)); });
  EXPECT_EQ(begin(1), 1);
}

TEST_F(InboxTest, PoisonIsKeptOncePerQueueAndContent) {
  auto keep = [&](absl::string_view queue, absl::string_view raw, int64_t size) {
    bool fresh = false;
    MustWrite([&](Tx& tx) {
      fresh = tx.inbox().KeepPoison(tx, queue, "no Run", raw, size, clock_.Now());
    });
    return fresh;
  };
  EXPECT_TRUE(keep("q", "\xff\xfe", 2));
  EXPECT_FALSE(keep("q", "\xff\xfe", 2));
  EXPECT_TRUE(keep("other", "\xff\xfe", 2));
  EXPECT_TRUE(keep("q", "", 2'000'000));
  EXPECT_TRUE(keep("q", "", 3'000'000)) << "too large to keep, but not the same";
  MustRead([&](Session& session) {
    auto rows = database_->waiting().ListPoison(session, 0, 10);
    ASSERT_EQ(rows.size(), 4u);
    EXPECT_EQ(rows[0].queue, "q");
    EXPECT_EQ(rows[0].size, 2);
    EXPECT_EQ(rows[0].reason, "no Run");
    EXPECT_EQ(rows[0].received, clock_.Now());
    EXPECT_EQ(database_->waiting().ListPoison(session, rows[2].id, 10).size(), 1u);
    EXPECT_EQ(database_->waiting().Count(session).poison, 4);
  });
}

TEST_F(InboxTest, InputsAreKeptWithTheirTimeAndVersions) {
  messaging::Envelope event = Event(100, 1);
  event.application = TestId("application", 1);
  event.case_id = TestId("case", 1);
  MustWrite([&](Tx& tx) {
    tx.inbox().RecordInput(tx, {event, messaging::EncodeEnvelope(event)}, clock_.Now(), "rules=3");
  });
  MustRead([&](Session& session) {
    Query row = session.Sql(
        "SELECT event_id, now, text, bytes FROM case_input JOIN versions ON versions.id = versions"
        " WHERE application = ? AND case_id = ?",
        event.application, event.case_id);
    ASSERT_TRUE(row.Next());
    EXPECT_EQ(row.IdAt(0), event.id);
    EXPECT_EQ(row.TimeAt(1), clock_.Now());
    EXPECT_EQ(row.Text(2), "rules=3");
    EXPECT_EQ(row.Blob(3), messaging::EncodeEnvelope(event));
  });
}

}  // namespace
}  // namespace xiufu::storage
