// Events that wait: who is blocked by whom, what a release sets free, the operator's verbs.
#include <rapidcheck/gtest.h>

#include <map>

#include "tests/unit/storage_fixture.h"

namespace xiufu::storage {
namespace {

class WaitingTest : public StoreTest {
 protected:
  WaitingTest() { Open(); }
  explicit WaitingTest(const std::string& path) { Open(OptionsFor(path)); }

  static Id Application(uint64_t n) { return TestId("application", n); }
  static Id Case(uint64_t n) { return n == 0 ? Id() : TestId("case", n); }
  messaging::EncodedEvent Event(uint64_t application, uint64_t case_number) {
    messaging::Envelope event = NewEvent("in", ++made_);
    event.epoch = 1;
    event.seq = static_cast<int64_t>(made_);
    event.application = application == 0 ? Id() : Application(application);
    event.case_id = Case(case_number);
    return {event, messaging::EncodeEnvelope(event)};
  }
  int64_t Add(uint64_t application, uint64_t case_number, WaitingState state,
              absl::Duration in = absl::ZeroDuration()) {
    int64_t id = 0;
    MustWrite([&](Tx& tx) {
      tx.waiting().Add(tx, Event(application, case_number), state, 1, clock_.Now() + in,
                       clock_.Now(), "because");
      Query last = tx.Sql("SELECT MAX(id) FROM waiting");
      if (last.Next()) id = last.Int(0);
    });
    return id;
  }
  bool Blocked(uint64_t application, uint64_t case_number) {
    bool blocked = false;
    MustWrite([&](Tx& tx) {
      blocked = tx.waiting().Blocks(tx, application == 0 ? Id() : Application(application),
                                    Case(case_number));
    });
    return blocked;
  }
  WaitingState StateOf(int64_t id) {
    auto row = Find(id);
    EXPECT_TRUE(row.has_value());
    return row.has_value() ? row->state : WaitingState::kDiscarded;
  }
  std::optional<WaitingRow> Find(int64_t id) {
    std::optional<WaitingRow> row;
    MustRead([&](Session& session) { row = database_->waiting().Find(session, id); });
    return row;
  }
  int64_t NextDueId() {
    int64_t id = 0;
    MustRead([&](Session& session) {
      auto row = database_->waiting().NextDue(session, clock_.Now());
      if (row.has_value()) id = row->id;
    });
    return id;
  }
  void Release(int64_t id) {
    MustWrite([&](Tx& tx) { tx.waiting().Release(tx, id, clock_.Now()); });
  }

  uint64_t made_ = 0;
};

constexpr WaitingState kRetry = WaitingState::kRetry;
constexpr WaitingState kParked = WaitingState::kParked;
constexpr WaitingState kBehind = WaitingState::kBehind;

TEST_F(WaitingTest, BlocksItsOwnCaseAndTheApplicationAsAWhole) {
  Add(1, 1, kRetry);
  EXPECT_TRUE(Blocked(1, 1));
  EXPECT_TRUE(Blocked(1, 0)) << "the whole application comes after each of its cases";
  EXPECT_FALSE(Blocked(1, 2));
  EXPECT_FALSE(Blocked(2, 1));
  Add(2, 0, kParked);
  EXPECT_TRUE(Blocked(2, 1));
  EXPECT_TRUE(Blocked(2, 2));
}

TEST_F(WaitingTest, EventsAboutNoApplicationWaitForNobody) {
  const int64_t id = Add(0, 0, kRetry);
  EXPECT_FALSE(Blocked(0, 0));
  EXPECT_EQ(NextDueId(), id);
  Release(id);
  EXPECT_EQ(NextDueId(), 0);
}

TEST_F(WaitingTest, RowsKeepTheEventAndItsFirstNow) {
  const int64_t id = Add(1, 1, kRetry, absl::Minutes(1));
  clock_.Advance(absl::Minutes(5));
  auto row = Find(id);
  ASSERT_TRUE(row.has_value());
  EXPECT_EQ(row->attempts, 1);
  EXPECT_EQ(row->reason, "because");
  EXPECT_EQ(row->first_now, clock_.Now() - absl::Minutes(5));
  EXPECT_EQ(row->due, clock_.Now() - absl::Minutes(4));
  EXPECT_EQ(row->event.envelope.id, TestId("in", 1));
  EXPECT_EQ(row->event.bytes, messaging::EncodeEnvelope(row->event.envelope));
}

TEST_F(WaitingTest, DueOrderAndTime) {
  MustRead([&](Session& session) {
    EXPECT_EQ(database_->waiting().NextDueTime(session), absl::InfiniteFuture());
  });
  const int64_t later = Add(1, 1, kRetry, absl::Seconds(20));
  const int64_t sooner = Add(2, 1, kRetry, absl::Seconds(10));
  Add(3, 1, kParked);
  EXPECT_EQ(NextDueId(), 0);
  MustRead([&](Session& session) {
    EXPECT_EQ(database_->waiting().NextDueTime(session), clock_.Now() + absl::Seconds(10));
  });
  clock_.Advance(absl::Seconds(30));
  EXPECT_EQ(NextDueId(), sooner);
  MustWrite([&](Tx& tx) {
    tx.waiting().Reschedule(tx, sooner, 2, clock_.Now() + absl::Seconds(5), "again");
  });
  EXPECT_EQ(Find(sooner)->attempts, 2);
  EXPECT_EQ(NextDueId(), later);
  MustWrite([&](Tx& tx) { tx.waiting().Park(tx, later, 3, "for good"); });
  EXPECT_EQ(NextDueId(), 0);
  EXPECT_EQ(Find(later)->due, absl::InfiniteFuture());
  EXPECT_TRUE(Blocked(1, 1)) << "parked rows block";
}

TEST_F(WaitingTest, AReleaseFreesOnlyWhatStandsBehindNoOther) {
  const int64_t first = Add(1, 1, kParked);
  const int64_t whole = Add(1, 0, kBehind);
  const int64_t same = Add(1, 1, kBehind);
  const int64_t other = Add(1, 2, kBehind);  // behind `whole`
  EXPECT_EQ(NextDueId(), 0);
  Release(first);
  EXPECT_EQ(StateOf(whole), kRetry);
  EXPECT_EQ(StateOf(same), kBehind);
  EXPECT_EQ(StateOf(other), kBehind);
  Release(whole);
  EXPECT_EQ(StateOf(same), kRetry);
  EXPECT_EQ(StateOf(other), kRetry);
  Release(same);
  Release(other);
  EXPECT_FALSE(Blocked(1, 0));
  EXPECT_EQ(Int("SELECT COUNT(*) FROM waiting"), 0);
}

TEST_F(WaitingTest, TheOperatorsVerbs) {
  const int64_t parked = Add(1, 1, kParked);
  const int64_t behind = Add(1, 1, kBehind);
  auto replay = [&](int64_t id) {
    return Write([&](Tx& tx) { return tx.waiting().Replay(tx, id, clock_.Now()); });
  };
  auto discard = [&](int64_t id) {
    return Write([&](Tx& tx) { return tx.waiting().Discard(tx, id, "useless", clock_.Now()); });
  };
  EXPECT_EQ(replay(999).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(replay(behind).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(discard(behind).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(replay(parked).ok());
  EXPECT_EQ(NextDueId(), parked);
  EXPECT_EQ(Find(parked)->attempts, 0);
  EXPECT_EQ(replay(parked).code(), absl::StatusCode::kFailedPrecondition) << "no longer parked";
  MustWrite([&](Tx& tx) { tx.waiting().Park(tx, parked, 1, "still"); });
  EXPECT_TRUE(discard(parked).ok());
  EXPECT_EQ(StateOf(parked), WaitingState::kDiscarded) << "kept";
  EXPECT_EQ(Find(parked)->reason, "still");
  EXPECT_EQ(Find(parked)->discard_reason, "useless");
  EXPECT_EQ(Find(parked)->discarded, clock_.Now());
  EXPECT_EQ(NextDueId(), behind) << "and its follower set free";
  Release(behind);
  EXPECT_FALSE(Blocked(1, 1));
  MustRead([&](Session& session) {
    EXPECT_EQ(database_->waiting().List(session, std::nullopt, 0, 10).size(), 1u);
    EXPECT_TRUE(database_->waiting().List(session, kParked, 0, 10).empty());
  });
}

TEST_F(WaitingTest, ListsAndCounts) {
  const int64_t first = Add(1, 1, kParked);
  Add(1, 1, kBehind);
  Add(2, 1, kParked);
  Add(3, 1, kRetry);
  MustRead([&](Session& session) {
    const Waiting& waiting = database_->waiting();
    EXPECT_EQ(waiting.List(session, kParked, 0, 10).size(), 2u);
    EXPECT_EQ(waiting.List(session, kParked, first, 10).size(), 1u);
    EXPECT_EQ(waiting.List(session, std::nullopt, 0, 3).size(), 3u);
    Waiting::Counts counts = waiting.Count(session);
    EXPECT_EQ(counts.retry, 1);
    EXPECT_EQ(counts.parked, 2);
    EXPECT_EQ(counts.behind, 1);
  });
}

TEST_F(WaitingTest, TheIndexFollowsRollbackLossAndRestart) {
  EXPECT_FALSE(Write([&](Tx& tx) {
                 tx.waiting().Add(tx, Event(1, 1), kParked, 1, clock_.Now(), clock_.Now(), "");
                 EXPECT_TRUE(tx.waiting().Blocks(tx, Application(1), Case(1)));
                 return absl::AbortedError("no");
               }).ok());
  EXPECT_FALSE(Blocked(1, 1));
  const int64_t id = Add(1, 1, kParked);
  EXPECT_FALSE(Write([&](Tx& tx) {
                 tx.waiting().Release(tx, id, clock_.Now());
                 return absl::AbortedError("no");
               }).ok());
  EXPECT_TRUE(Blocked(1, 1));
  Crash();
  Open();
  EXPECT_TRUE(Blocked(1, 1));
}

// Against the rule itself: an event may be handled when no undone event before it belongs together
// with it.
class WaitingOrderTest : public WaitingTest {
 protected:
  WaitingOrderTest() : WaitingTest(":memory:") {}
};

RC_GTEST_FIXTURE_PROP(WaitingOrderTest, NothingOvertakesWhatItBelongsWith, ()) {
  struct Undone {
    int64_t id;
    uint64_t application, case_number;
  };
  auto together = [](const Undone& a, const Undone& b) {
    return a.application == b.application &&
           (a.case_number == 0 || b.case_number == 0 || a.case_number == b.case_number);
  };
  std::vector<Undone> undone;  // in order of arrival
  const auto steps = *rc::gen::container<std::vector<std::tuple<int, uint64_t, uint64_t>>>(
      rc::gen::tuple(rc::gen::inRange(0, 4), rc::gen::inRange<uint64_t>(1, 3),
                     rc::gen::inRange<uint64_t>(0, 3)));
  for (const auto& [what, application, case_number] : steps) {
    const Undone arrived{0, application, case_number};
    const bool must_wait = std::any_of(undone.begin(), undone.end(), [&](const Undone& before) {
      return together(before, arrived);
    });
    if (what < 2) {
      RC_ASSERT(Blocked(application, case_number) == must_wait);
      undone.push_back(
          {Add(application, case_number, must_wait ? kBehind : kRetry), application, case_number});
    } else {
      const int64_t due = NextDueId();
      auto row = std::find_if(undone.begin(), undone.end(),
                              [&](const Undone& one) { return one.id == due; });
      RC_ASSERT((due == 0) == undone.empty());
      if (due == 0) continue;
      RC_ASSERT(std::none_of(undone.begin(), row,
                             [&](const Undone& before) { return together(before, *row); }));
      if (what == 2) {
        Release(due);
        undone.erase(row);
      } else {
        MustWrite([&](Tx& tx) { tx.waiting().Reschedule(tx, due, 1, clock_.Now(), ""); });
      }
    }
  }
  for (int64_t due = NextDueId(); due != 0; due = NextDueId()) Release(due);
  RC_ASSERT(Int("SELECT COUNT(*) FROM waiting") == 0);
}

}  // namespace
}  // namespace xiufu::storage
