// The same set of answers gives the same outcome in every order that the streams allow.
//
// What may vary is only how the streams interleave: the events of one stream come in order, the
// answers of an authority therefore in the order in which it gave them, and which of two
// contradicting ones counts is settled by that order alone. With intake's supplements and the
// ledger's words it is the same case row, the same events under the same ids and the same answers
// that do not count, whatever the interleaving.
//
// Two things are races by law and stay so: a withdrawal against the answer that it has to come
// before, and what an authority reports about the record against what it answers to the task.
// Whichever routing takes first counts; the other is refused, or kept for the conflict desk. There
// the outcome depends on which of the two came first, and on nothing else.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/unit/routing_rig.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/routing/v1/events.pb.h"

namespace xiufu::routing {
namespace {

using Events = std::vector<messaging::EncodedEvent>;
using Streams = std::vector<Events>;
enum OfStream { kOfIntake, kOfAdapter, kOfLedger };

// What an authority may say, and what others make of it.
enum Said {
  kSaysAccepted,
  kSaysExtended,
  kAsksOnce,        // answered by the applicant
  kAsksUnheard,     // no supplement comes
  kAsksNeedlessly,  // for what it was given
  kAsksBoth,        // for that, and for something new
  kSaysDecided,     // entered by the ledger
  kSaysFaulty,      // not to be entered
  kSaysRefused,     // not accepted
  kSaysReturned,
  kSayings,
};

// Plays an authority's answers against routing itself: intake and the ledger say what they would.
class Played {
 public:
  Played() {
    Tell(kOfIntake, up_.Submitted());
    Tell(kOfAdapter, up_.Delivered(hour_++));
  }

  void Say(Said said) {
    const std::string id = absl::StrCat("a", ++said_);
    switch (said) {
      case kSaysAccepted:
        return Answer(said, up_.Accepted(hour_++, id), id);
      case kSaysExtended:
        return Answer(said, up_.Extended(hour_++, id), id);
      case kAsksOnce:
      case kAsksUnheard:
        return Answer(said, up_.SupplementAsked(hour_++, id), id);
      case kAsksNeedlessly:
        return Answer(said, up_.PapersAsked(hour_++, id, {"M2"}), id);
      case kAsksBoth:
        return Answer(said, up_.PapersAsked(hour_++, id, {"M2", "M5"}), id);
      case kSaysRefused:
        return Answer(said, up_.NotAccepted(hour_++, id), id);
      case kSaysReturned:
        return Answer(said, up_.Returned(hour_++, id), id);
      default:
        return Answer(said, up_.Decided(hour_++, id), id);
    }
  }

  RoutingRig& rig() { return rig_; }
  const Streams& streams() const { return streams_; }

 private:
  void Tell(OfStream stream, const messaging::EncodedEvent& event) {
    streams_[stream].push_back(event);
    rig_.Handle(event);
  }
  void Answer(Said said, const messaging::EncodedEvent& event, const std::string& id) {
    const bool waited = State() == "4";
    Tell(kOfAdapter, event);
    if (State() == "5" && !decided_.contains(id) && Counted() == id) {
      decided_.insert(id);
      Tell(kOfLedger, said == kSaysFaulty ? up_.Faulty(hour_++, id) : up_.Entered(hour_++, id));
    }
    if (State() != "4" || waited) return;
    Tell(kOfIntake,
         said == kAsksUnheard ? up_.SupplementMissed(hour_++) : up_.Supplemented(hour_++));
  }
  std::string State() { return rig_.One("SELECT state FROM kase"); }
  std::string Counted() { return rig_.One("SELECT counted_answer FROM kase"); }

  RoutingRig rig_;
  Upstream up_{RoutingRig::kStart};
  Streams streams_{3};
  std::set<std::string> decided_;
  int hour_ = 1;
  int said_ = 0;
};

std::vector<std::string> Outcome(RoutingRig& rig) {
  std::vector<std::string> rows = rig.Domain();
  for (const auto& [id, said] : rig.Said()) rows.push_back(absl::StrCat(id, " ", said));
  for (const std::string& row :
       rig.Column("SELECT hex(case_id)||' '||kind||' '||held_by||' '||whole||' '||answer_id"
                  " FROM needless_request ORDER BY 1")) {
    rows.push_back(row);
  }
  return rows;
}

// Every order in which each stream keeps its own.
void ForEachInterleaving(const Streams& streams, const std::function<void(const Events&)>& see) {
  std::vector<size_t> next(streams.size());
  Events order;
  const std::function<void()> go = [&] {
    bool over = true;
    for (size_t stream = 0; stream < streams.size(); ++stream) {
      if (next[stream] == streams[stream].size()) continue;
      over = false;
      order.push_back(streams[stream][next[stream]++]);
      go();
      order.pop_back();
      --next[stream];
    }
    if (over) see(order);
  };
  go();
}

TEST(RoutingAnswersOrder, EveryInterleavingOfASetGivesOneOutcome) {
  const std::vector<std::vector<Said>> sets = {
      {kSaysAccepted, kSaysDecided, kSaysDecided},
      {kSaysFaulty, kSaysDecided},
      {kAsksOnce, kSaysDecided},
      {kAsksUnheard, kSaysDecided},
      {kAsksNeedlessly, kSaysAccepted, kSaysDecided},
      {kAsksBoth, kSaysDecided},
      {kSaysRefused, kSaysDecided, kAsksNeedlessly},
      {kSaysReturned, kSaysAccepted, kSaysDecided},
      {kSaysAccepted, kSaysExtended, kSaysExtended, kSaysDecided},
  };
  int orders = 0;
  for (const std::vector<Said>& set : sets) {
    Played played;
    for (Said said : set) played.Say(said);
    const std::vector<std::string> outcome = Outcome(played.rig());
    ForEachInterleaving(played.streams(), [&](const Events& order) {
      ++orders;
      RoutingRig rig;
      for (const messaging::EncodedEvent& event : order) rig.Handle(event);
      ASSERT_EQ(Outcome(rig), outcome);
      ASSERT_EQ(rig.Waiting().parked, 0);
    });
    if (::testing::Test::HasFatalFailure()) FAIL() << "set of " << set.size() << " from " << set[0];
  }
  EXPECT_GT(orders, 300);
}

RC_GTEST_PROP(RoutingAnswersOrder, AnyAnswersInAnyInterleaving, ()) {
  const auto sayings =
      *rc::gen::resize(8, rc::gen::container<std::vector<int>>(rc::gen::inRange<int>(0, kSayings)));
  Played played;
  for (int said : sayings) played.Say(static_cast<Said>(said));
  RoutingRig otherwise;
  Streams left = played.streams();
  std::vector<size_t> next(left.size());
  for (size_t total = left[0].size() + left[1].size() + left[2].size(); total > 0; --total) {
    auto stream = static_cast<size_t>(*rc::gen::inRange<int>(0, 3));
    while (next[stream] == left[stream].size()) stream = (stream + 1) % left.size();
    otherwise.Handle(left[stream][next[stream]++]);
  }
  RC_ASSERT(Outcome(otherwise) == Outcome(played.rig()));
  RC_ASSERT(otherwise.Waiting().parked == 0);
}

// How it stands in the end: state, result and the answer that counts.
std::string Standing(RoutingRig& rig) {
  return rig.One("SELECT state||' '||result||' '||counted_answer FROM kase");
}

TEST(RoutingAnswersOrder, OfAWithdrawalAndADecisionTheFirstCounts) {
  std::map<bool, std::set<std::string>> standings;
  Upstream up(RoutingRig::kStart);
  const messaging::EncodedEvent submitted = up.Submitted();
  const messaging::EncodedEvent withdrawal = up.WithdrawalRequested(2);
  const messaging::EncodedEvent decided = up.Decided(3, "a2");
  const Streams streams = {{submitted, withdrawal},
                           {up.Delivered(1), up.Accepted(1, "a1"), decided, up.Decided(4, "a3")}};
  ForEachInterleaving(streams, [&](const Events& order) {
    RoutingRig rig;
    bool open = false, gave_up = false, answered = false, gave_up_first = false;
    for (const messaging::EncodedEvent& event : order) {
      rig.Handle(event);
      open |= event.envelope.id == submitted.envelope.id;
      answered |= event.envelope.id == decided.envelope.id;
      gave_up |= event.envelope.id == withdrawal.envelope.id;
      // Answers that come before the submission are taken with it, before the withdrawal behind it.
      if (gave_up && !answered) gave_up_first = true;
    }
    EXPECT_TRUE(open);
    standings[gave_up_first].insert(Standing(rig));
    EXPECT_EQ(rig.One("SELECT count(*) FROM answer WHERE answer_id = 'a2' AND counts = 1"),
              gave_up_first ? "0" : "1");
  });
  EXPECT_EQ(standings[true], (std::set<std::string>{"10 0 "}));
  EXPECT_EQ(standings[false], (std::set<std::string>{"5 1 a2"}));
}

TEST(RoutingAnswersOrder, OfAReportAndADecisionTheFirstCounts) {
  std::map<bool, std::set<std::string>> standings;
  Upstream up(RoutingRig::kStart);
  const messaging::EncodedEvent submitted = up.Submitted();
  const messaging::EncodedEvent reported = up.ResultReported(2, "MOVED_OUT");
  const messaging::EncodedEvent decided = up.Decided(3, "a2", false);
  const Streams streams = {
      {submitted}, {up.Delivered(1), up.Accepted(1, "a1"), decided}, {reported}};
  ForEachInterleaving(streams, [&](const Events& order) {
    RoutingRig rig;
    std::map<std::string, size_t> place;
    for (size_t i = 0; i < order.size(); ++i) {
      rig.Handle(order[i]);
      place[order[i].envelope.id.ToString()] = i;
    }
    const size_t opened = place[submitted.envelope.id.ToString()];
    const size_t told = place[reported.envelope.id.ToString()];
    const size_t answered = place[decided.envelope.id.ToString()];
    // Of those that wait for the case, answers go before reports, which are kept with the record.
    const bool report_first = answered < opened ? false : told < answered;
    standings[report_first].insert(Standing(rig));
  });
  ASSERT_EQ(standings[true].size(), 1u);
  ASSERT_EQ(standings[false].size(), 1u);
  EXPECT_EQ(*standings[false].begin(), "5 2 a2");
  EXPECT_NE(*standings[true].begin(), *standings[false].begin());
}

}  // namespace
}  // namespace xiufu::routing
