// Events of a case come in any order between the two streams, and repeatedly: the applicant's view
// must not depend on it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "services/intake/domain/project_case.h"
#include "services/intake/domain/standing.h"

namespace xiufu::intake {
namespace {

using Event = std::function<absl::StatusOr<CaseProjection>(const std::optional<CaseView>&)>;

Id SomeId(uint8_t n) {
  std::array<uint8_t, Id::kSize> bytes{};
  bytes[3] = n;
  return Id(bytes);
}
absl::Time At(int minute) { return absl::FromUnixSeconds(1'780'000'000 + 60 * minute); }

const Id kCase = SomeId(1);
const Id kApplication = SomeId(2);
const Id kRecord = SomeId(3);

CaseOpened Opened() {
  CaseOpened event;
  event.case_id = kCase;
  event.application = kApplication;
  event.record = kRecord;
  event.authority = {"tax", "税务局", ""};
  event.opened_at = At(1);
  event.deadlines = {{"ACCEPT", "RECEIVED", "2026-06-15", 3, "2026-06-18"}};
  return event;
}

CaseChanged Changed(int64_t version, CaseState state, int minute) {
  CaseChanged event;
  event.case_id = kCase;
  event.application = kApplication;
  event.state = state;
  event.version = version;
  event.changed_at = At(minute);
  return event;
}

Decision SomeDecision(CaseResult result) {
  return {result, "决字1号", "2026-06-20", {"理由"}, "复议"};
}

// The life of a case with a supplement round, ending as `result`.
std::vector<Event> Life(CaseResult result) {
  const auto change = [](const CaseChanged& event) -> Event {
    return [event](const std::optional<CaseView>& known) { return ProjectChanged(known, event); };
  };
  CaseChanged requested = Changed(3, CaseState::kSupplementRequested, 3);
  requested.defects = {"缺公章"};
  requested.round = 1;
  CaseChanged accepted = Changed(5, CaseState::kAccepted, 5);
  accepted.authority_no = "受〔2026〕1号";
  accepted.deadlines = {{"DECIDE", "ACCEPTED", "2026-06-16", 10, "2026-06-30"}};
  CaseChanged decided = Changed(6, CaseState::kDecided, 6);
  decided.decision = SomeDecision(result);
  CaseChanged concluded = Changed(7, CaseState::kConcluded, 8);
  concluded.decision = SomeDecision(result);
  DecisionEntered entered{kCase, kApplication, SomeDecision(result), At(7)};
  LoopClosed closed{kCase, kApplication, At(9)};
  return {
      [](const std::optional<CaseView>& known) { return ProjectOpened(known, Opened()); },
      change(Changed(2, CaseState::kWithAuthority, 2)),
      change(requested),
      change(Changed(4, CaseState::kWithAuthority, 4)),
      change(accepted),
      change(decided),
      change(concluded),
      [entered](const std::optional<CaseView>& known) { return ProjectEntered(known, entered); },
      [closed](const std::optional<CaseView>& known) { return ProjectLoopClosed(known, closed); }};
}

struct Outcome {
  std::optional<CaseView> view;
  std::vector<std::string> codes;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

// As the engine does: what is refused is tried again after the others. Stuck when a round brings
// nothing.
Outcome Play(const std::vector<Event>& events, const std::vector<int>& order) {
  Outcome outcome;
  std::vector<int> waiting = order;
  while (!waiting.empty()) {
    std::vector<int> again;
    for (int index : waiting) {
      absl::StatusOr<CaseProjection> projection = events[static_cast<size_t>(index)](outcome.view);
      if (!projection.ok()) {
        EXPECT_EQ(projection.status().code(), absl::StatusCode::kFailedPrecondition);
        again.push_back(index);
        continue;
      }
      outcome.view = projection->view;
      for (const News& news : projection->news) outcome.codes.push_back(news.code);
    }
    if (again.size() == waiting.size()) {
      ADD_FAILURE() << "stuck";
      break;
    }
    waiting = again;
  }
  return outcome;
}

std::vector<int> InOrder() { return {0, 1, 2, 3, 4, 5, 6, 7, 8}; }

TEST(ProjectCase, TellsALifeInOrder) {
  const Outcome outcome = Play(Life(CaseResult::kApproved), InOrder());
  const CaseView& view = *outcome.view;
  EXPECT_EQ(outcome.codes,
            (std::vector<std::string>{"CASE_OPENED", "CASE_WITH_AUTHORITY",
                                      "CASE_SUPPLEMENT_REQUESTED", "CASE_RESUMED", "CASE_ACCEPTED",
                                      "CASE_DECIDED", "CASE_CONCLUDED", "CASE_LOOP_CLOSED"}));
  EXPECT_EQ(view.state, CaseState::kConcluded);
  EXPECT_EQ(view.version, 7);
  EXPECT_EQ(view.record, kRecord);
  EXPECT_EQ(view.decision, SomeDecision(CaseResult::kApproved));
  EXPECT_EQ(view.authority_no, "受〔2026〕1号");
  EXPECT_EQ(view.deadlines.size(), 2u) << "later deadlines join the earlier ones";
  EXPECT_TRUE(view.defects.empty()) << "the request is answered";
  EXPECT_EQ(view.ended, At(8));
  EXPECT_EQ(view.loop_closed, At(9));
}

// Also orders that the engine never brings about: those within a stream.
TEST(ProjectCase, EveryOrderGivesTheSame) {
  for (CaseResult result : {CaseResult::kApproved, CaseResult::kRefused}) {
    std::vector<Event> events = Life(result);
    events.erase(events.begin() + 3, events.begin() + 6);  // 9! orders would take minutes
    std::vector<int> order = {0, 1, 2, 3, 4, 5};
    CaseChanged concluded = Changed(4, CaseState::kConcluded, 8);
    concluded.decision = SomeDecision(result);
    events[3] = [concluded](const std::optional<CaseView>& known) {
      return ProjectChanged(known, concluded);
    };
    const Outcome expected = Play(events, order);
    EXPECT_TRUE(IsConcluded(*expected.view));
    int orders = 0;
    do {
      ASSERT_EQ(Play(events, order), expected);
      ++orders;
    } while (std::next_permutation(order.begin(), order.end()));
    EXPECT_EQ(orders, 720);
  }
}

RC_GTEST_PROP(ProjectCase, AnyOrderOfAWholeLifeGivesTheSame, ()) {
  const std::vector<Event> events =
      Life(*rc::gen::element(CaseResult::kApproved, CaseResult::kRefused));
  std::vector<int> order = InOrder();
  std::shuffle(order.begin(), order.end(), std::mt19937(*rc::gen::arbitrary<uint32_t>()));
  RC_ASSERT(Play(events, order) == Play(events, InOrder()));
}

// Over the desk to another authority, longer than thought, and out by `end`.
std::vector<Event> LongLife(CaseState end) {
  std::vector<CaseChanged> changes = {Changed(2, CaseState::kToBeAssigned, 2),
                                      Changed(3, CaseState::kReceived, 3),
                                      Changed(4, CaseState::kAccepted, 4),
                                      Changed(5, CaseState::kExtended, 5),
                                      Changed(6, CaseState::kSupplementRequested, 6),
                                      Changed(7, end, 7)};
  changes[0].decision.reasons = {"非本单位认定"};
  changes[1].authority = {"transport", "交通运输局", ""};
  changes[1].deadlines = {{"ACCEPT", "RECEIVED", "2026-06-16", 3, "2026-06-19"}};
  changes[2].authority_no = "受〔2026〕2号";
  changes[2].deadlines = {{"DECIDE", "ACCEPTED", "2026-06-16", 7, "2026-06-25"}};
  changes[3].deadlines = {{"DECIDE", "ACCEPTED", "2026-06-16", 14, "2026-07-06"}};
  changes[3].decision.reasons = {"案情复杂"};
  changes[4].round = 1;
  changes[4].deadlines = {{"SUPPLEMENT", "REQUESTED", "2026-06-16", 5, "2026-06-23"}};
  if (end == CaseState::kConcluded) changes[5].decision = SomeDecision(CaseResult::kApproved);
  if (end == CaseState::kNotAccepted) changes[5].decision = {{}, "", "", {"理由"}, "复议"};
  std::vector<Event> events = {
      [](const std::optional<CaseView>& known) { return ProjectOpened(known, Opened()); }};
  for (const CaseChanged& change : changes) {
    events.emplace_back(
        [change](const std::optional<CaseView>& known) { return ProjectChanged(known, change); });
  }
  return events;
}

RC_GTEST_PROP(ProjectCase, AnyOrderAndRepetitionOfEachWayOutGivesTheSame, ()) {
  const CaseState end = *rc::gen::element(CaseState::kConcluded, CaseState::kNotAccepted,
                                          CaseState::kWithdrawn, CaseState::kClosedNoSupplement);
  const std::vector<Event> events = LongLife(end);
  const std::vector<int> in_order = {0, 1, 2, 3, 4, 5, 6};
  std::vector<int> order = in_order;
  for (int extra : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 7))) {
    order.push_back(extra);
  }
  std::shuffle(order.begin(), order.end(), std::mt19937(*rc::gen::arbitrary<uint32_t>()));
  const Outcome outcome = Play(events, order);
  RC_ASSERT(outcome == Play(events, in_order));
  RC_ASSERT(outcome.view->state == end);
  RC_ASSERT(outcome.view->authority.code == "transport");
  RC_ASSERT(outcome.codes ==
            (std::vector<std::string>{"CASE_OPENED", "CASE_TO_BE_ASSIGNED", "CASE_ASSIGNED",
                                      "CASE_ACCEPTED", "CASE_EXTENDED", "CASE_SUPPLEMENT_REQUESTED",
                                      "CASE_" + std::string(ToString(end))}));
}

// Between the streams nothing may be refused: a waiting event of a case holds back all that follow,
// also what it waits for.
TEST(ProjectCase, NothingOfOneStreamWaitsForTheOther) {
  const std::vector<Event> events = Life(CaseResult::kApproved);
  for (int entered = 0; entered <= 7; ++entered) {
    for (int closed = entered; closed <= 7; ++closed) {
      std::vector<int> order = {0, 1, 2, 3, 4, 5, 6};
      order.insert(order.begin() + closed, 8);
      order.insert(order.begin() + entered, 7);
      std::optional<CaseView> view;
      for (int index : order) {
        absl::StatusOr<CaseProjection> projection = events[static_cast<size_t>(index)](view);
        ASSERT_TRUE(projection.ok()) << projection.status();
        view = projection->view;
      }
      EXPECT_EQ(view, Play(events, InOrder()).view);
    }
  }
}

RC_GTEST_PROP(ProjectCase, RepetitionsChangeNothing, ()) {
  const std::vector<Event> events =
      Life(*rc::gen::element(CaseResult::kApproved, CaseResult::kRefused));
  std::vector<int> order = InOrder();
  for (int extra : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 9))) {
    order.insert(
        order.begin() + *rc::gen::inRange<int64_t>(0, static_cast<int64_t>(order.size()) + 1),
        extra);
  }
  RC_ASSERT(Play(events, order) == Play(events, InOrder()));
}

TEST(ProjectCase, TheSameCaseForAnotherRecordIsAConflict) {
  std::optional<CaseView> known = ProjectOpened(std::nullopt, Opened())->view;
  CaseOpened other = Opened();
  other.record = SomeId(9);
  EXPECT_EQ(ProjectOpened(known, other).status().code(), absl::StatusCode::kAlreadyExists);
}

TEST(ProjectCase, ADecisionWithoutResultIsBad) {
  std::optional<CaseView> known = ProjectOpened(std::nullopt, Opened())->view;
  EXPECT_EQ(ProjectChanged(known, Changed(2, CaseState::kDecided, 2)).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(ProjectCase, AFaultyDecisionIsTakenBack) {
  std::optional<CaseView> view = ProjectOpened(std::nullopt, Opened())->view;
  CaseChanged decided = Changed(2, CaseState::kDecided, 2);
  decided.decision = {CaseResult::kRefused, "错1号", "2026-06-20", {}, ""};
  view = ProjectChanged(view, decided)->view;
  CaseProjection back = *ProjectChanged(view, Changed(3, CaseState::kWithAuthority, 3));
  EXPECT_EQ(back.view.decision, Decision());
  ASSERT_EQ(back.news.size(), 1u);
  EXPECT_STREQ(back.news[0].code, "CASE_DECISION_CORRECTING");
}

// A routing that was restored from a backup may come to the conclusion by a shorter way.
TEST(ProjectCase, AConclusionCountsWithALowerVersion) {
  std::optional<CaseView> view = ProjectOpened(std::nullopt, Opened())->view;
  for (int64_t version = 2; version <= 5; ++version) {
    view =
        ProjectChanged(
            view, Changed(version,
                          version % 2 == 0 ? CaseState::kWithAuthority : CaseState::kAccepted, 2))
            ->view;
  }
  CaseChanged concluded = Changed(4, CaseState::kConcluded, 8);
  concluded.decision = SomeDecision(CaseResult::kApproved);
  EXPECT_TRUE(IsConcluded(ProjectChanged(view, concluded)->view));
}

TEST(ProjectCase, ARefusalHasNoLoopToClose) {
  const Outcome outcome = Play(Life(CaseResult::kRefused), InOrder());
  EXPECT_EQ(outcome.codes.back(), "CASE_CONCLUDED");
}

CaseView ViewOf(uint8_t n, CaseState state, CaseResult result, int closed = 0) {
  CaseView view;
  view.id = SomeId(n);
  view.opened = At(1);
  view.state = state;
  view.decision.result = result;
  if (IsEnd(state)) view.ended = At(n);
  if (state == CaseState::kSupplementRequested) view.supplement_round = 1;
  if (closed != 0) view.loop_closed = At(closed);
  return view;
}

TEST(Standing, FollowsFromTheCases) {
  Application application;
  application.record_count = 2;
  EXPECT_EQ(StandingOf(application, {}).state, ApplicationState::kDraft);
  application.submitted = At(0);
  const CaseView open = ViewOf(1, CaseState::kWithAuthority, CaseResult::kUnspecified);
  const CaseView waits = ViewOf(2, CaseState::kSupplementRequested, CaseResult::kUnspecified);
  const CaseView approved = ViewOf(3, CaseState::kConcluded, CaseResult::kApproved);
  const CaseView closed = ViewOf(3, CaseState::kConcluded, CaseResult::kApproved, 20);
  const CaseView refused = ViewOf(4, CaseState::kConcluded, CaseResult::kRefused);
  const struct {
    std::vector<CaseView> cases;
    ApplicationState state;
    absl::Time concluded;
    absl::Time loop_closed;
  } rows[] = {
      {{}, ApplicationState::kSubmitted, absl::InfinitePast(), absl::InfinitePast()},
      {{open}, ApplicationState::kSubmitted, absl::InfinitePast(), absl::InfinitePast()},
      {{open, waits},
       ApplicationState::kSupplementRequested,
       absl::InfinitePast(),
       absl::InfinitePast()},
      {{open, approved}, ApplicationState::kInProgress, absl::InfinitePast(), absl::InfinitePast()},
      {{approved, refused}, ApplicationState::kConcluded, At(4), absl::InfinitePast()},
      {{closed, refused}, ApplicationState::kConcluded, At(4), At(20)},
  };
  for (const auto& row : rows) {
    const Standing standing = StandingOf(application, row.cases);
    EXPECT_EQ(standing.state, row.state);
    EXPECT_EQ(standing.concluded, row.concluded);
    EXPECT_EQ(standing.loop_closed, row.loop_closed);
  }
}

TEST(Standing, IsFinalWhenNothingMoreWillBeTold) {
  Application application;
  application.record_count = 1;
  application.submitted = At(0);
  const std::vector<CaseView> refused = {ViewOf(1, CaseState::kConcluded, CaseResult::kRefused)};
  const std::vector<CaseView> approved = {ViewOf(1, CaseState::kConcluded, CaseResult::kApproved)};
  const std::vector<CaseView> closed = {ViewOf(1, CaseState::kConcluded, CaseResult::kApproved, 9)};
  Application after = application;
  EXPECT_EQ(Advance(after, StandingOf(application, refused)).size(), 1u);
  EXPECT_TRUE(IsFinal(after, refused));
  after = application;
  EXPECT_EQ(Advance(after, StandingOf(application, approved)).size(), 1u);
  EXPECT_FALSE(IsFinal(after, approved));
  EXPECT_EQ(Advance(after, StandingOf(after, closed)).size(), 1u);
  EXPECT_TRUE(IsFinal(after, closed));
}

}  // namespace
}  // namespace xiufu::intake
