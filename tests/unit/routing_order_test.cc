// Whatever order and repetition the streams allow, a case comes to the same end by the same events.
// This is what lets routing's store be restored: it reads its three streams again, each in order,
// none waiting for another.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "tests/unit/routing_rig.h"
#include "tests/unit/routing_upstream.h"

namespace xiufu::routing {
namespace {

enum Stream { kIntake, kAdapter, kResult };

// What happened to one case, in an order in which it can have happened.
struct History {
  std::vector<std::pair<Stream, messaging::EncodedEvent>> events;
  void Add(Stream stream, messaging::EncodedEvent event) {
    events.emplace_back(stream, std::move(event));
  }
};

// One answer of the authority; how the ledger judges a decision once it is taken.
struct Answer {
  enum Kind { kAccepted, kSupplement, kFaulty, kGood, kReturned, kRevoked };
  Kind kind = kAccepted;
};

// Plays the authority's answers against the rules: the applicant answers the first request, the
// ledger each decision that counts.
History Play(const std::vector<int>& answers, bool deliver_first, bool loop_closes) {
  Upstream up(RoutingRig::kStart);
  History history;
  int hour = 1;
  bool asked = false, final = false;
  history.Add(kIntake, up.Submitted());
  if (deliver_first) history.Add(kAdapter, up.Delivered(hour++));
  for (size_t i = 0; i < answers.size(); ++i) {
    const std::string id = absl::StrCat("a", i);
    switch (static_cast<Answer::Kind>(answers[i])) {
      case Answer::kAccepted:
        history.Add(kAdapter, up.Accepted(hour++, id));
        break;
      case Answer::kSupplement:
        history.Add(kAdapter, up.SupplementAsked(hour++, id));
        if (!asked && !final) history.Add(kIntake, up.Supplemented(hour++));
        asked = true;
        break;
      case Answer::kReturned:
        history.Add(kAdapter, up.Returned(hour++, id));
        break;
      case Answer::kRevoked:
        history.Add(kAdapter, up.Revoked(hour++, id));
        break;
      case Answer::kFaulty:
        history.Add(kAdapter, up.Decided(hour++, id));
        if (!final) history.Add(kResult, up.Faulty(hour++, id));
        break;
      case Answer::kGood:
        history.Add(kAdapter, up.Decided(hour++, id));
        if (!final) history.Add(kResult, up.Entered(hour++, id));
        if (!final && loop_closes) history.Add(kResult, up.LoopClosed(hour++));
        final = true;
        break;
    }
  }
  if (!deliver_first) history.Add(kAdapter, up.Delivered(hour++));
  return history;
}

// Each stream in order, the streams in any; now and then something that was there before comes
// again.
std::vector<messaging::EncodedEvent> Shuffle(const History& history) {
  std::array<std::vector<messaging::EncodedEvent>, 3> streams;
  for (const auto& [stream, event] : history.events) streams[stream].push_back(event);
  std::array<size_t, 3> next{};
  std::vector<messaging::EncodedEvent> order;
  while (order.size() < 4 * history.events.size()) {
    const auto pick = *rc::gen::inRange<size_t>(0, 4);
    if (pick < 3 && next[pick] < streams[pick].size()) {
      order.push_back(streams[pick][next[pick]++]);
    } else if (!order.empty()) {
      order.push_back(order[*rc::gen::inRange<size_t>(0, order.size())]);
    }
  }
  for (size_t stream = 0; stream < 3; ++stream) {
    while (next[stream] < streams[stream].size()) {
      order.push_back(streams[stream][next[stream]++]);
    }
  }
  return order;
}

RC_GTEST_PROP(RoutingOrder, EveryOrderOfTheStreamsGivesOneEnd, ()) {
  const auto answers =
      *rc::gen::resize(6, rc::gen::container<std::vector<int>>(rc::gen::inRange<int>(0, 6)));
  const History history = Play(answers, *rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>());

  RoutingRig told_in_order;
  for (const auto& [stream, event] : history.events) told_in_order.Handle(event);
  RoutingRig told_otherwise;
  for (const messaging::EncodedEvent& event : Shuffle(history)) told_otherwise.Handle(event);

  RC_ASSERT(told_otherwise.Waiting().parked + told_otherwise.Waiting().retry +
                told_otherwise.Waiting().behind ==
            0);
  RC_ASSERT(told_otherwise.Domain() == told_in_order.Domain());
  RC_ASSERT(told_otherwise.Said() == told_in_order.Said());
  RC_ASSERT(told_otherwise.One("SELECT count(*) <= 1 FROM answer"
                               " WHERE kind = 'DECIDED' AND counts = 1") == "1");
  RC_ASSERT(told_otherwise.One("SELECT count(*) <= 1 FROM answer"
                               " WHERE kind = 'REVOKED' AND counts = 1") == "1");
  const bool decided = std::count(answers.begin(), answers.end(), Answer::kGood) > 0;
  RC_ASSERT((told_otherwise.One("SELECT state FROM kase") == "6") == decided);
  if (decided) RC_ASSERT(told_otherwise.One("SELECT count(*) FROM early_input") == "0");
}

}  // namespace
}  // namespace xiufu::routing
