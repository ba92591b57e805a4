// What happens next, by whom, until when: every state of a case and of an application.
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/match.h"
#include "services/intake/app/tell_next_step.h"
#include "services/intake/domain/next_step.h"
#include "tests/unit/intake_case_events.h"

namespace xiufu::intake {
namespace {

// A case in a state, with every due date that may run.
CaseView StandsIn(CaseState state) {
  CaseView view;
  view.authority = {"tax", "丹东市税务局", ""};
  view.opened = TestNow();
  view.state = state;
  if (state == CaseState::kWithdrawalRequested) {
    view.state = CaseState::kAccepted;
    view.withdrawal_requested = TestNow();
  }
  for (const char* kind :
       {"DELIVER", "PRE_CHECK", "ACCEPT", "DECIDE", "EXTEND", "OVERALL", "SUPPLEMENT"}) {
    view.deadlines.push_back({kind, "", "", 0, absl::StrCat("due of ", kind)});
  }
  if (state == CaseState::kSupplementRequested) view.supplement_round = 1;
  return view;
}

TEST(NextStep, EveryStateOfACaseHasOneInPlainWords) {
  const catalogue::Messages& messages = ShippedLaw().messages;
  std::set<std::string> texts;
  for (CaseState state : kShownStates) {
    SCOPED_TRACE(ToString(state));
    const CaseView view = StandsIn(state);
    const NextStep step = NextStepOf(view);
    ASSERT_EQ(step.parties.size(), 1u);
    EXPECT_NE(step.parties[0].turn, Turn::kUnspecified);
    // Only what has ended is nobody's turn, and only ourselves need no clock.
    if (HasEnded(view)) {
      EXPECT_EQ(step.parties[0].turn, Turn::kNobody);
      EXPECT_EQ(step.due_date, "");
    } else {
      EXPECT_NE(step.parties[0].turn, Turn::kNobody);
      EXPECT_NE(step.due_date.empty(), step.parties[0].turn != Turn::kPlatform);
    }
    const NextStepWords words = InWords(messages, step);
    EXPECT_FALSE(absl::StrContains(words.text + words.text_en, "{")) << words.text;
    EXPECT_TRUE(texts.insert(words.text).second) << words.text << " is of two states";
  }
}

TEST(NextStep, TheClockThatRunsIsTheOneNamed) {
  EXPECT_EQ(NextStepOf(StandsIn(CaseState::kWithAuthority)).due_date, "due of ACCEPT");
  EXPECT_EQ(NextStepOf(StandsIn(CaseState::kAccepted)).due_date, "due of DECIDE");
  EXPECT_EQ(NextStepOf(StandsIn(CaseState::kExtended)).due_date, "due of EXTEND");
  EXPECT_EQ(NextStepOf(StandsIn(CaseState::kSupplementRequested)).due_date, "due of SUPPLEMENT");
  CaseView view = StandsIn(CaseState::kAccepted);
  view.deadlines = {{"DECIDE", "ACCEPTED", "2026-12-30", 7, "2027-01-11", true}};
  const NextStepWords words = InWords(ShippedLaw().messages, NextStepOf(view));
  EXPECT_EQ(
      words.text,
      "接下来由丹东市税务局作出决定，最迟2027-01-11（暂定，以公布的节假日安排为准）；您无需操作");
  EXPECT_EQ(words.who, "丹东市税务局");
  EXPECT_EQ(words.due_date, "2027-01-11");
  EXPECT_TRUE(words.provisional);
  view.deadlines.clear();
  EXPECT_EQ(InWords(ShippedLaw().messages, NextStepOf(view)).text,
            "接下来由丹东市税务局作出决定；您无需操作");
}

TEST(NextStep, ASupplementIsTheApplicantsTurnUntilItIsThereOrMissed) {
  CaseView view = StandsIn(CaseState::kSupplementRequested);
  EXPECT_EQ(NextStepOf(view).parties[0].turn, Turn::kApplicant);
  view.supplemented_round = 1;
  EXPECT_EQ(NextStepOf(view).key, "NEXT_SUPPLEMENTED");
  view.supplemented_round = 0;
  view.missed_round = 1;
  EXPECT_EQ(NextStepOf(view).key, "NEXT_SUPPLEMENT_MISSED");
}

TEST(NextStep, AnEndIsToldByItsResult) {
  CaseView view = StandsIn(CaseState::kConcluded);
  view.decision.result = CaseResult::kApproved;
  EXPECT_EQ(NextStepOf(view).parties[0].turn, Turn::kSites);
  view.loop_closed = TestNow();
  EXPECT_EQ(NextStepOf(view).key, "NEXT_LOOP_CLOSED");
  view.decision.result = CaseResult::kRefused;
  EXPECT_EQ(NextStepOf(view).key, "NEXT_REFUSED");
}

TEST(NextStep, OfManyCasesTheNearestDateAndAllWhoseTurnItIs) {
  Application application;
  application.state = ApplicationState::kInProgress;
  std::vector<CaseView> cases;
  for (const char* name : {"甲局", "乙局", "甲局", "丙局", "丁局"}) {
    CaseView view = StandsIn(CaseState::kAccepted);
    view.authority.name = name;
    view.deadlines = {{"DECIDE", "", "", 0, absl::StrCat("2026-07-0", 9 - cases.size())}};
    cases.push_back(std::move(view));
  }
  cases.push_back(StandsIn(CaseState::kWithdrawn));
  const NextStepWords words = InWords(ShippedLaw().messages, NextStepOf(application, cases));
  EXPECT_EQ(words.text,
            "各件分别办理：在办5件、已办结1件，接下来由甲局、乙局、丙局等4方办理，最迟2026-07-05");
  EXPECT_EQ(words.due_date, "2026-07-05");
  application.state = ApplicationState::kSupplementRequested;
  cases[1] = StandsIn(CaseState::kSupplementRequested);
  const NextStep waits = NextStepOf(application, cases);
  EXPECT_EQ(waits.open, 1);
  EXPECT_EQ(waits.parties, (std::vector<Party>{{Turn::kApplicant, ""}}));
  EXPECT_EQ(waits.due_date, "due of SUPPLEMENT");
}

TEST(NextStep, EveryStateOfAnApplicationHasOne) {
  for (int state = 1; state <= static_cast<int>(ApplicationState::kClosedNoSupplement); ++state) {
    Application application;
    application.state = static_cast<ApplicationState>(state);
    application.concluded = TestNow();
    EXPECT_NE(NextStepOf(application, {StandsIn(CaseState::kSupplementRequested)}).key, "")
        << state;
  }
}

using NextStepTest = CaseEventsTest;

TEST_F(NextStepTest, TheTimelineTellsItAsItWas) {
  const ApplicationView application = Submitted({1});
  ASSERT_TRUE(Open(application.application.id, 101, 1).ok());
  routing::v1::CaseChanged event =
      Change(application.application.id, 101, 2, common::v1::CASE_STATE_EXTENDED);
  routing::v1::Deadline& deadline = *event.add_deadlines();
  deadline.set_kind("EXTEND");
  deadline.set_due_date("2026-07-20");
  ASSERT_TRUE(Take("xiufu.routing.case_changed.v1", event).ok());
  const TimelineBatch batch = *intake().applications.Timeline(application.application.id, 0, 100);
  ASSERT_EQ(batch.entries.size(), 4u);
  EXPECT_EQ(batch.entries[0].next.turn, Turn::kApplicant);
  EXPECT_EQ(batch.entries[1].next.turn, Turn::kPlatform);
  EXPECT_EQ(batch.entries[2].next.who, "丹东市交通运输局");
  EXPECT_EQ(batch.entries[3].next.due_date, "2026-07-20");
  // The date that the extension brought, not the one before it.
  EXPECT_TRUE(absl::StrContains(batch.entries[3].text, "最迟改为2026-07-20作出决定"));
}

}  // namespace
}  // namespace xiufu::intake
