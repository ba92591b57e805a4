// The table of an application's states: every set of cases has one, and every state is what people
// can make something of. No store.
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <map>
#include <set>

#include "libs/catalogue/messages.h"
#include "services/intake/domain/application_states.h"
#include "services/intake/domain/standing.h"

namespace xiufu::intake {
namespace {

// A case that is shown in a state; kUnspecified: it is not opened yet.
CaseView In(CaseState state) {
  CaseView view;
  if (state == CaseState::kUnspecified) return view;
  view.opened = absl::UnixEpoch();
  view.state = state;
  if (state == CaseState::kWithdrawalRequested) {
    view.state = CaseState::kAccepted;
    view.withdrawal_requested = absl::UnixEpoch();
  }
  if (state == CaseState::kSupplementRequested) view.supplement_round = 1;
  if (IsEnd(state)) view.ended = absl::UnixEpoch();
  return view;
}

ApplicationState StateWith(const std::vector<CaseState>& shown) {
  std::vector<CaseView> cases;
  for (CaseState state : shown) {
    if (state != CaseState::kUnspecified) cases.push_back(In(state));
  }
  return StateOf(cases, static_cast<int>(shown.size()));
}

std::vector<CaseState> AllShown() {
  std::vector<CaseState> all = {CaseState::kUnspecified};
  all.insert(all.end(), std::begin(kShownStates), std::end(kShownStates));
  return all;
}

bool IsOver(ApplicationState state) { return InfoOf(state).owner == Turn::kNobody; }

TEST(ApplicationStates, AreInTheOrderOfTheirNumbers) {
  int number = 0;
  for (const ApplicationStateInfo& info : ApplicationStates()) {
    EXPECT_EQ(static_cast<int>(info.state), ++number);
    EXPECT_EQ(&InfoOf(info.state), &info);
  }
}

TEST(ApplicationStates, EachThatIsNotOverHasAnOwnerAClockAndNoConclusion) {
  for (const ApplicationStateInfo& info : ApplicationStates()) {
    const auto name = ToString(info.state);
    EXPECT_NE(info.owner, Turn::kUnspecified) << name;
    if (IsOver(info.state)) {
      EXPECT_EQ(info.clock, "") << name;
      EXPECT_NE(info.conclusion, "") << name;
      EXPECT_EQ(info.process, Process::kConclude) << name;
      continue;
    }
    EXPECT_EQ(info.conclusion, "") << name;
    // A draft takes nothing from anybody, so nothing runs.
    EXPECT_EQ(info.clock.empty(), info.state == ApplicationState::kDraft) << name;
  }
}

TEST(ApplicationStates, EachHasItsPlainWordsInBothLanguages) {
  const absl::StatusOr<catalogue::Messages> words = catalogue::Messages::Load("deploy/messages");
  ASSERT_TRUE(words.ok()) << words.status();
  for (const ApplicationStateInfo& info : ApplicationStates()) {
    ASSERT_TRUE(words->Require({StateKey(info.state)}).ok()) << StateKey(info.state);
    EXPECT_NE(words->Text(StateKey(info.state)).zh, "");
    EXPECT_NE(words->Text(StateKey(info.state)).en, "");
  }
}

TEST(ApplicationStates, OfOneCaseIsWhatTheCaseIs) {
  const std::map<CaseState, ApplicationState> expected = {
      {CaseState::kUnspecified, ApplicationState::kSubmitted},
      {CaseState::kReceived, ApplicationState::kInProgress},
      {CaseState::kWithAuthority, ApplicationState::kInProgress},
      {CaseState::kAccepted, ApplicationState::kInProgress},
      {CaseState::kSupplementRequested, ApplicationState::kSupplementRequested},
      {CaseState::kDecided, ApplicationState::kInProgress},
      {CaseState::kConcluded, ApplicationState::kConcluded},
      {CaseState::kExtended, ApplicationState::kInProgress},
      {CaseState::kToBeAssigned, ApplicationState::kToBeAssigned},
      {CaseState::kNotAccepted, ApplicationState::kNotAccepted},
      {CaseState::kWithdrawn, ApplicationState::kWithdrawn},
      {CaseState::kClosedNoSupplement, ApplicationState::kClosedNoSupplement},
      {CaseState::kWithdrawalRequested, ApplicationState::kWithdrawalRequested},
      {CaseState::kPreCheck, ApplicationState::kPreCheck},
      {CaseState::kWithUpstream, ApplicationState::kInProgress}};
  for (CaseState state : AllShown()) {
    ASSERT_TRUE(expected.contains(state)) << ToString(state);
    EXPECT_EQ(StateWith({state}), expected.at(state)) << ToString(state);
  }
}

// Whatever three cases are in: an open one keeps the application open, and the order is nothing.
TEST(ApplicationStates, FollowFromTheCasesInAnyOrder) {
  for (CaseState a : AllShown()) {
    for (CaseState b : AllShown()) {
      for (CaseState c : AllShown()) {
        const ApplicationState state = StateWith({a, b, c});
        EXPECT_EQ(StateWith({c, a, b}), state);
        EXPECT_EQ(StateWith({b, a, c}), state);
        const bool over = IsEnd(a) && IsEnd(b) && IsEnd(c);
        EXPECT_EQ(IsOver(state), over) << ToString(a) << " " << ToString(b) << " " << ToString(c);
      }
    }
  }
}

TEST(ApplicationStates, EachIsReachedAndEachThatIsNotOverIsLeft) {
  std::set<ApplicationState> reached = {ApplicationState::kDraft};
  std::set<ApplicationState> left = {ApplicationState::kDraft};  // by submitting it
  for (CaseState a : AllShown()) {
    for (CaseState b : AllShown()) {
      const ApplicationState from = StateWith({a, b});
      reached.insert(from);
      for (CaseState next : kShownStates) {
        if (!IsEnd(a) && StateWith({next, b}) != from) left.insert(from);
      }
    }
  }
  for (const ApplicationStateInfo& info : ApplicationStates()) {
    EXPECT_TRUE(reached.contains(info.state)) << ToString(info.state);
    EXPECT_EQ(left.contains(info.state), !IsOver(info.state)) << ToString(info.state);
  }
}

TEST(ApplicationStates, TheTableForPeopleIsTheOneThatRuns) {
  std::ifstream file("services/intake/STATES.md");
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_EQ(text, DescribeApplicationStates()) << "intake_states > services/intake/STATES.md";
}

}  // namespace
}  // namespace xiufu::intake
