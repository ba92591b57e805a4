// The table of routing, and what each move says and changes. No store.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/catalogue/messages.h"
#include "services/routing/domain/case_states.h"
#include "services/routing/domain/decide.h"
#include "services/routing/domain/transition.h"
#include "tests/unit/catalogue_shipped.h"

namespace xiufu::routing {
namespace {

// 2026-06-01 is a Monday; this week and the next one have no holiday.
absl::Time Noon(int june_day) {
  return absl::FromCivil(absl::CivilHour(2026, 6, june_day, 4), absl::UTCTimeZone());
}

calendar::Calendar PlainCalendar() {
  return calendar::Calendar({.years = {{.year = 2026}}, .version = "test"});
}

class DecideTest : public ::testing::Test {
 protected:
  DecideTest() {
    case_.authority.code = "transport";
    case_.opened_at = case_.changed_at = Noon(1);
    // Acknowledged on the day of its submission.
    case_.state = CaseState::kWithAuthority;
    for (const char* event : {catalogue::kSubmitted, catalogue::kPushedToAuthority}) {
      for (DeadlineReceipt& receipt : StartedBy(LawOf(rule_), event, absl::CivilDay(2026, 6, 1))) {
        deadlines_.push_back(std::move(receipt));
      }
    }
  }
  // With the suite's own clocks.
  Law LawOf(const catalogue::Rule& rule) const {
    return {{std::shared_ptr<void>(), &rule},
            calendar_,
            {std::shared_ptr<void>(), &catalogue::ShippedCatalogue().supervision()},
            /*authority_rounds=*/1,
            /*reviewer_rounds=*/1};
  }
  Step Try(absl::Time at, decltype(CaseInput::what) what) const {
    return Decide(case_, deadlines_, {case_.id, case_.application, at, std::move(what)},
                  LawOf(rule_));
  }
  // Goes on from where the step leads.
  Step Go(absl::Time at, decltype(CaseInput::what) what) {
    Step step = Try(at, std::move(what));
    EXPECT_EQ(step.meaning, Meaning::kMove);
    case_ = step.next;
    for (const DeadlineReceipt& receipt : step.deadlines) {
      std::erase_if(deadlines_, [&](const auto& old) { return old.kind == receipt.kind; });
      deadlines_.push_back(receipt);
    }
    return step;
  }
  static Answered Answer(const char* id, decltype(Answered::kind) kind) {
    return {.authority_code = "transport", .answer_id = id, .content = id, .kind = std::move(kind)};
  }
  static Answered Approval(const char* id) {
    return Answer(id, Decided{{CaseResult::kApproved, "决1", "2026-06-02", {}, ""}});
  }
  absl::CivilDay Due(absl::string_view kind) const {
    return FindReceipt(deadlines_, kind)->due.day;
  }

  const catalogue::Rule& rule_ =
      *catalogue::ShippedCatalogue().FindRule("N36-GEN", absl::CivilDay(2026, 11, 24));
  const calendar::Calendar calendar_ = PlainCalendar();
  Case case_;
  std::vector<DeadlineReceipt> deadlines_;
};

TEST(TransitionTest, OnlyAnswersMayBeRecordedAndOnlyTheLedgerConcludes) {
  for (const StateInfo& info : CaseStates()) {
    const CaseState state = info.state;
    for (int kind = 0; kind < kInputKinds; ++kind) {
      const auto input = static_cast<InputKind>(kind);
      const Transition transition = TransitionOf(state, input);
      const bool answer = IsAnswer(input) || input == InputKind::kReported;
      EXPECT_TRUE(transition.meaning != Meaning::kRecord || answer) << kind;
      if (transition.meaning == Meaning::kMove && !transition.resumes &&
          transition.next == CaseState::kConcluded) {
        EXPECT_EQ(input, InputKind::kEntered);
        EXPECT_EQ(state, CaseState::kDecided);
      }
    }
  }
}

TEST(TransitionTest, NothingMovesACaseThatIsOver) {
  for (const StateInfo& info : CaseStates()) {
    if (!IsFinal(info.state)) continue;
    for (int kind = 0; kind < kInputKinds; ++kind) {
      EXPECT_NE(TransitionOf(info.state, static_cast<InputKind>(kind)).meaning, Meaning::kMove)
          << info.name;
    }
  }
}

TEST(TransitionTest, EveryStateThatIsNotFinalHasAnOwnerAClockAndAnExit) {
  for (const StateInfo& info : CaseStates()) {
    if (IsFinal(info.state)) {
      EXPECT_TRUE(ClocksOf(info.state).empty()) << info.name;
      EXPECT_FALSE(info.conclusion.empty()) << info.name;
      continue;
    }
    EXPECT_NE(info.owner, Owner::kNobody) << info.name;
    EXPECT_FALSE(ClocksOf(info.state).empty()) << info.name;
    EXPECT_TRUE(info.conclusion.empty()) << info.name;
    bool exit = false;
    for (int kind = 0; kind < kInputKinds; ++kind) {
      const Transition transition = TransitionOf(info.state, static_cast<InputKind>(kind));
      exit |= transition.meaning == Meaning::kMove &&
              (transition.resumes || transition.next != info.state);
    }
    EXPECT_TRUE(exit) << info.name;
  }
}

TEST(TransitionTest, EveryFinalStateCanBeReachedFromTheFirst) {
  // Where OpenCase begins, beside TO_BE_ASSIGNED.
  std::set<CaseState> reached = {CaseState::kReceived, CaseState::kPreCheck,
                                 CaseState::kWithUpstream};
  for (size_t before = 0; before != reached.size();) {
    before = reached.size();
    for (CaseState state : std::set<CaseState>(reached)) {
      for (int kind = 0; kind < kInputKinds; ++kind) {
        const Transition to = TransitionOf(state, static_cast<InputKind>(kind));
        if (to.meaning == Meaning::kMove && !to.resumes) reached.insert(to.next);
      }
    }
  }
  EXPECT_EQ(reached.size(), static_cast<size_t>(kCaseStates));
}

TEST(TransitionTest, NothingEndsBecauseAnAuthoritysTimeRanOut) {
  // The only clocks among the inputs are the applicant's and the reviewer's, and the latter only
  // passes on.
  for (const StateInfo& info : CaseStates()) {
    const Transition missed = TransitionOf(info.state, InputKind::kSupplementMissed);
    EXPECT_EQ(missed.meaning == Meaning::kMove, info.state == CaseState::kSupplementRequested);
    const Transition up = TransitionOf(info.state, InputKind::kReviewTimeUp);
    EXPECT_EQ(up.meaning == Meaning::kMove, info.state == CaseState::kPreCheck);
    EXPECT_EQ(up.passes_on, info.state == CaseState::kPreCheck);
  }
}

TEST(TransitionTest, AReviewerTellsWhatIsMissingOrPassesOnAndNothingElse) {
  for (const StateInfo& info : CaseStates()) {
    const bool here = info.state == CaseState::kPreCheck;
    const Transition passed = TransitionOf(info.state, InputKind::kReviewPassed);
    const Transition defects = TransitionOf(info.state, InputKind::kReviewDefects);
    EXPECT_EQ(passed.meaning, here ? Meaning::kMove : Meaning::kRefuse) << info.name;
    EXPECT_EQ(passed.passes_on, here) << info.name;
    EXPECT_EQ(defects.meaning, here ? Meaning::kMove : Meaning::kRefuse) << info.name;
    if (here) EXPECT_EQ(defects.next, CaseState::kSupplementRequested);
  }
}

TEST(TransitionTest, EveryStateHasItsPlainWordsInBothLanguages) {
  const absl::StatusOr<catalogue::Messages> words = catalogue::Messages::Load("deploy/messages");
  ASSERT_TRUE(words.ok()) << words.status();
  for (const StateInfo& info : CaseStates()) {
    const std::string key = absl::StrCat("CASE_STATE_", info.name);
    ASSERT_TRUE(words->Require({key}).ok()) << key;
    EXPECT_NE(words->Text(key).zh, "") << key;
    EXPECT_NE(words->Text(key).en, "") << key;
  }
}

TEST(TransitionTest, TheTableForPeopleIsTheOneThatRuns) {
  std::ifstream file("services/routing/STATES.md");
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_EQ(text, DescribeStates()) << "routing_states > services/routing/STATES.md";
}

TEST(TransitionTest, AnswersWaitWhileTheApplicantOrTheLedgerHasTheTurn) {
  for (CaseState state : {CaseState::kSupplementRequested, CaseState::kDecided}) {
    for (InputKind kind :
         {InputKind::kAccepted, InputKind::kSupplementAsked, InputKind::kDecided}) {
      EXPECT_EQ(TransitionOf(state, kind).meaning, Meaning::kWait);
    }
  }
}

TEST(TransitionTest, TheLedgerCannotSpeakOfACaseThatIsNotDecided) {
  for (CaseState state : {CaseState::kReceived, CaseState::kWithAuthority, CaseState::kAccepted,
                          CaseState::kSupplementRequested}) {
    EXPECT_EQ(TransitionOf(state, InputKind::kEntered).meaning, Meaning::kWait);
    EXPECT_EQ(TransitionOf(state, InputKind::kFaulty).meaning, Meaning::kWait);
    EXPECT_EQ(TransitionOf(state, InputKind::kLoopClosed).meaning, Meaning::kWait);
  }
}

TEST_F(DecideTest, EveryMoveRaisesTheVersionByOneAndSaysSo) {
  const std::vector<std::pair<decltype(CaseInput::what), CaseState>> way = {
      {Delivered{.authority_task_no = "T-1"}, CaseState::kWithAuthority},
      {Answer("a1", Accepted{"受理1"}), CaseState::kAccepted},
      {Answer("a2", SupplementAsked{{"缺报告"}}), CaseState::kSupplementRequested},
      {Supplemented{1, "papers"}, CaseState::kAccepted},
      {Approval("a3"), CaseState::kDecided},
      {DecisionFaulty{"a3", "无文号"}, CaseState::kAccepted},
      {Approval("a4"), CaseState::kDecided},
      {DecisionEntered{}, CaseState::kConcluded},
  };
  case_.state = CaseState::kReceived;
  int64_t version = 1;
  for (const auto& [what, state] : way) {
    const Step step = Go(Noon(2), what);
    EXPECT_EQ(case_.state, state);
    EXPECT_EQ(case_.version, ++version);
    int changes = 0;
    for (const CaseEvent& event : step.events)
      changes += std::holds_alternative<CaseChanged>(event);
    EXPECT_EQ(changes, 1);
  }
  EXPECT_EQ(case_.counted_answer, "a4");
  EXPECT_EQ(case_.authority_no, "受理1");
}

TEST_F(DecideTest, ADecisionIsHandedOverWholeWithTheEffectsOfTheRule) {
  const Step step = Go(Noon(2), Approval("a1"));
  const auto& taken = std::get<AnswerTaken>(step.events.at(1));
  EXPECT_EQ(taken.answer, "a1");
  EXPECT_EQ(taken.at, Noon(2));
  EXPECT_EQ(taken.result_word, "终止公示");
  EXPECT_EQ(taken.effects,
            (std::vector<std::string>{"END_PUBLICITY@publication", "STOP_SHARING@publication",
                                      "LIFT_MEASURES@authority"}));
}

TEST_F(DecideTest, AFaultyDecisionLeadsBackToWhereItCameFromAndIsForgotten) {
  Go(Noon(2), Approval("a1"));
  const Step step = Go(Noon(3), DecisionFaulty{"a1", "无文号"});
  EXPECT_EQ(case_.state, CaseState::kWithAuthority);
  EXPECT_EQ(case_.counted_answer, "");
  EXPECT_EQ(case_.result, CaseResult::kNone);
  EXPECT_EQ(case_.decision_no, "");
  EXPECT_EQ(std::get<AnswerFaulty>(step.events.at(1)).reason, "无文号");
}

TEST_F(DecideTest, AFaultOfAnotherAnswerWaits) {
  Go(Noon(2), Approval("a1"));
  EXPECT_EQ(Try(Noon(3), DecisionFaulty{"a2", "无文号"}).meaning, Meaning::kWait);
}

TEST_F(DecideTest, ASecondSupplementRequestDoesNotCount) {
  Go(Noon(2), Answer("a1", SupplementAsked{{"缺报告"}}));
  Go(Noon(3), Supplemented{1, "papers"});
  const Step step = Try(Noon(4), Answer("a2", SupplementAsked{{"再补"}}));
  EXPECT_EQ(step.meaning, Meaning::kRecord);
  EXPECT_TRUE(step.events.empty());
  EXPECT_NE(step.reason, "");
}

TEST_F(DecideTest, ASupplementOfARoundThatWasNotAskedForWaits) {
  EXPECT_EQ(Try(Noon(2), Supplemented{1, ""}).meaning, Meaning::kWait);
  Go(Noon(2), Answer("a1", SupplementAsked{{"缺报告"}}));
  EXPECT_EQ(Try(Noon(3), Supplemented{2, ""}).meaning, Meaning::kWait);
}

TEST_F(DecideTest, WhatWasAcceptedCannotBeReturned) {
  Go(Noon(1), Answer("a1", Accepted{}));
  const Step step = Try(Noon(2), Answer("a2", Returned{"非本单位"}));
  EXPECT_EQ(step.meaning, Meaning::kRecord);
  EXPECT_NE(step.reason.find("已受理"), std::string::npos);
}

TEST_F(DecideTest, ALateDeliveryOnlyLeavesTheNumber) {
  Go(Noon(2), Answer("a1", Accepted{""}));
  const Step step = Try(Noon(2), Delivered{.authority_task_no = "T-1"});
  EXPECT_EQ(step.meaning, Meaning::kNote);
  EXPECT_EQ(step.next.authority_no, "T-1");
  EXPECT_EQ(step.next.version, case_.version);
  EXPECT_TRUE(step.events.empty());
}

TEST_F(DecideTest, TheDecisionIsDueFromTheDayOfAcceptance) {
  EXPECT_EQ(Due("ACCEPT"), absl::CivilDay(2026, 6, 4));
  EXPECT_EQ(FindReceipt(deadlines_, "DECIDE"), nullptr);
  const Step step = Go(Noon(3), Answer("a1", Accepted{"受理1"}));
  EXPECT_EQ(Due("DECIDE"), absl::CivilDay(2026, 6, 12));
  EXPECT_EQ(FindReceipt(deadlines_, "DECIDE")->start_date, absl::CivilDay(2026, 6, 3));
  EXPECT_EQ(std::get<CaseChanged>(step.events.at(0)).deadlines.size(), 1u);
}

TEST_F(DecideTest, AClockStandsStillWhileTheApplicantHasTheTurn) {
  // One of three working days is used when the applicant is asked; two run from the supplement.
  Go(Noon(2), Answer("a1", SupplementAsked{{"缺报告"}}));
  EXPECT_FALSE(Runs(case_.state, kDecideDeadline));
  EXPECT_FALSE(Runs(case_.state, kOverallDeadline));
  const Step step = Go(Noon(9), Supplemented{1, "papers"});
  EXPECT_EQ(Due("ACCEPT"), absl::CivilDay(2026, 6, 11));
  EXPECT_EQ(Due("OVERALL"), absl::CivilDay(2026, 6, 22));
  EXPECT_EQ(FindReceipt(deadlines_, "ACCEPT")->days, 3);
  EXPECT_EQ(FindReceipt(deadlines_, "ACCEPT")->start_event, "PUSHED_TO_AUTHORITY");
  EXPECT_EQ(FindReceipt(deadlines_, "ACCEPT")->pauses,
            (std::vector<Pause>{{absl::CivilDay(2026, 6, 2), absl::CivilDay(2026, 6, 9)}}));
  EXPECT_EQ(std::get<CaseChanged>(step.events.at(0)).deadlines.size(), 2u);
  EXPECT_EQ(std::get<SupplementPassedOn>(step.events.at(1)).materials, "papers");
}

TEST_F(DecideTest, TheAuthoritysTimeStartsWhenItsSystemHasTheTask) {
  case_.state = CaseState::kReceived;
  deadlines_ = StartedBy(LawOf(rule_), catalogue::kTaskGiven, absl::CivilDay(2026, 6, 1));
  EXPECT_EQ(Due("DELIVER"), absl::CivilDay(2026, 6, 2));
  EXPECT_EQ(FindReceipt(deadlines_, "ACCEPT"), nullptr);
  EXPECT_TRUE(Runs(case_, kDeliverDeadline));
  const Step step = Go(Noon(3), Delivered{.authority_task_no = "T-1"});
  EXPECT_FALSE(Runs(case_, kDeliverDeadline));
  EXPECT_EQ(Due("ACCEPT"), absl::CivilDay(2026, 6, 8));
  EXPECT_EQ(FindReceipt(deadlines_, "ACCEPT")->start_date, absl::CivilDay(2026, 6, 3));
  EXPECT_EQ(std::get<CaseChanged>(step.events.at(0)).deadlines.size(), 1u);
}

TEST_F(DecideTest, WhoAnswersHasTheCaseWhateverItsSystemAcknowledged) {
  case_.state = CaseState::kReceived;
  Go(Noon(3), Answer("a1", SupplementAsked{{"缺报告"}}));
  EXPECT_EQ(FindReceipt(deadlines_, "ACCEPT")->start_date, absl::CivilDay(2026, 6, 3));
  Go(Noon(4), Supplemented{1, "papers"});
  EXPECT_EQ(case_.state, CaseState::kWithAuthority);
}

TEST_F(DecideTest, ALimitThatBeginsAnewAfterASupplementTakesThePlaceOfTheOneThatPaused) {
  catalogue::Rule rule = rule_;
  catalogue::Deadline anew = *catalogue::FindDeadline(rule, "ACCEPT");
  anew.start_event = catalogue::kSupplementComplete;
  anew.days = 2;
  rule.deadlines.push_back(anew);
  Go(Noon(2), Answer("a1", SupplementAsked{{"缺报告"}}));
  const Step step =
      Decide(case_, deadlines_, {case_.id, case_.application, Noon(9), Supplemented{1, "papers"}},
             LawOf(rule));
  const DeadlineReceipt* accept = FindReceipt(step.deadlines, "ACCEPT");
  EXPECT_EQ(accept->start_event, "SUPPLEMENT_COMPLETE");
  EXPECT_EQ(accept->due.day, absl::CivilDay(2026, 6, 11));
  EXPECT_TRUE(accept->pauses.empty());
  EXPECT_EQ(FindReceipt(step.deadlines, "OVERALL")->pauses.size(), 1u);
}

TEST_F(DecideTest, AnApprovalsEffectsHaveTimesOfTheirOwnAfterTheEnd) {
  Go(Noon(2), Approval("a1"));
  EXPECT_EQ(FindReceipt(deadlines_, "EXECUTE"), nullptr) << "it may yet be faulty";
  Go(Noon(3), DecisionEntered{});
  EXPECT_TRUE(IsFinal(case_.state));
  EXPECT_TRUE(ClocksOf(case_.state).empty()) << "no part of the case's own time";
  EXPECT_TRUE(Runs(case_, kExecuteDeadline) && Runs(case_, kShareDeadline));
  EXPECT_EQ(FindReceipt(deadlines_, "EXECUTE")->start_event, "RESULT_RECEIVED");
  EXPECT_EQ(Due("EXECUTE"), absl::CivilDay(2026, 6, 4));
  case_ = Try(Noon(4), LoopClosed{}).next;
  EXPECT_FALSE(Runs(case_, kExecuteDeadline) || Runs(case_, kShareDeadline));
}

TEST_F(DecideTest, WhatTheRuleSaysOfTheEffectsGoesBeforeTheSuitesOwn) {
  catalogue::Rule rule = rule_;
  catalogue::Deadline execute = *catalogue::FindDeadline(rule, "ACCEPT");
  execute.kind = "EXECUTE";
  execute.start_event = catalogue::kDecided;
  execute.days = 5;
  rule.deadlines.push_back(execute);
  Go(Noon(3), Approval("a1"));  // of 2 June
  const Step step = Decide(case_, deadlines_,
                           {case_.id, case_.application, Noon(4), DecisionEntered{}}, LawOf(rule));
  const DeadlineReceipt* receipt = FindReceipt(step.deadlines, "EXECUTE");
  EXPECT_EQ(receipt->start_date, absl::CivilDay(2026, 6, 2));
  EXPECT_EQ(receipt->due.day, absl::CivilDay(2026, 6, 9));
  EXPECT_EQ(FindReceipt(step.deadlines, "SHARE")->start_event, "RESULT_RECEIVED");
}

TEST_F(DecideTest, ARefusalHasNoEffectsThatCouldBeLate) {
  Go(Noon(2), Answer("a1", Decided{{CaseResult::kRefused, "决1", "2026-06-02", {"理由"}, ""}}));
  EXPECT_TRUE(Go(Noon(3), DecisionEntered{}).deadlines.empty());
  EXPECT_TRUE(ClocksOf(case_).empty());
}

TEST_F(DecideTest, WhoAsksLateHasNothingLeft) {
  // Asked on the 8th, due on the 4th; supplemented on Saturday the 13th.
  Go(Noon(8), Answer("a1", SupplementAsked{{"缺报告"}}));
  Go(Noon(13), Supplemented{1, "papers"});
  EXPECT_EQ(Due("ACCEPT"), absl::CivilDay(2026, 6, 15));
}

TEST_F(DecideTest, ADeadlineThatDoesNotPauseStays) {
  for (DeadlineReceipt& receipt : deadlines_) receipt.pauses_on_supplement = false;
  Go(Noon(2), Answer("a1", SupplementAsked{{"缺报告"}}));
  const Step step = Go(Noon(9), Supplemented{1, "papers"});
  EXPECT_TRUE(step.deadlines.empty());
  EXPECT_EQ(Due("ACCEPT"), absl::CivilDay(2026, 6, 4));
}

TEST(DeadlineTest, CalendarDaysEndOnAWorkingDay) {
  const calendar::Calendar calendar = PlainCalendar();
  const DeadlineReceipt before{.kind = "ACCEPT",
                               .start_date = absl::CivilDay(2026, 6, 1),
                               .days = 10,
                               .working_days = false,
                               .pauses_on_supplement = true};
  const DeadlineReceipt after =
      AfterSupplement(before, absl::CivilDay(2026, 6, 5), absl::CivilDay(2026, 6, 14), calendar);
  EXPECT_EQ(after.days, 10) << "six of them after the pause";
  EXPECT_EQ(after.due.day, absl::CivilDay(2026, 6, 22));  // the 20th is a Saturday
}

TEST(DeadlineTest, MissedAtMidnightInShanghai) {
  DeadlineReceipt receipt;
  receipt.due.day = absl::CivilDay(2026, 6, 3);
  EXPECT_EQ(absl::FormatTime(absl::RFC3339_full, MissedAt(receipt), absl::UTCTimeZone()),
            "2026-06-03T16:00:00+00:00");
}

}  // namespace
}  // namespace xiufu::routing
