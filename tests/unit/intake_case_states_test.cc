// Every state of a case × everything that can happen to it: one expected outcome each. And random
// lives of a case, with what must hold at every step.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libs/base/status.h"
#include "services/intake/domain/application_states.h"
#include "services/intake/domain/project_case.h"
#include "services/intake/domain/provide_supplement.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/standing.h"
#include "services/intake/domain/withdraw_application.h"

namespace xiufu::intake {
namespace {

constexpr int64_t kVersion = 5;

Id StateTestId(uint8_t n) {
  std::array<uint8_t, Id::kSize> bytes{};
  bytes[3] = n;
  return Id(bytes);
}
absl::Time Minute(int minute) { return absl::FromUnixSeconds(1'780'000'000 + 60 * minute); }

// A case that is shown in this state, in its first supplement round where it has one.
CaseView Shown(CaseState state) {
  CaseView view;
  view.id = StateTestId(1);
  view.application = StateTestId(2);
  view.record = StateTestId(3);
  view.authority = {"tax", "税务局", ""};
  view.authority_no = "受1号";
  view.state = state;
  view.version = kVersion;
  view.opened = Minute(1);
  view.changed = Minute(2);
  view.deadlines = {{"DECIDE", "ACCEPTED", "2026-06-16", 10, "2026-06-30"}};
  if (state == CaseState::kWithdrawalRequested) {
    view.state = CaseState::kWithAuthority;
    view.withdrawal_requested = Minute(3);
  }
  if (state == CaseState::kSupplementRequested || state == CaseState::kClosedNoSupplement) {
    view.supplement_round = 1;
  }
  if (IsDecided(state)) {
    view.decision = {CaseResult::kApproved, "决1号", "2026-06-20", {}, ""};
  }
  if (HasEnded(view)) view.ended = Minute(4);
  return view;
}

CaseChanged ChangedTo(CaseState state, int64_t version = kVersion + 1) {
  CaseChanged event;
  event.case_id = StateTestId(1);
  event.application = StateTestId(2);
  event.state = state;
  event.version = version;
  event.changed_at = Minute(10);
  event.round = state == CaseState::kSupplementRequested ? 1 : 0;
  if (IsDecided(state)) {
    event.decision.result = CaseResult::kApproved;
  }
  return event;
}

// The codes told, "-" for an event that changes nothing.
std::string Told(const CaseProjection& projection) {
  if (!projection.changed) return "-";
  std::string codes;
  for (const News& news : projection.news) codes += std::string(news.code) + " ";
  return codes.substr(0, codes.empty() ? 0 : codes.size() - 1);
}

TEST(CaseStates, AllAreNamedAndNoneIsTwice) {
  std::vector<std::string> names;
  for (CaseState state : kShownStates) names.emplace_back(ToString(state));
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::unique(names.begin(), names.end()), names.end());
  EXPECT_EQ(std::count(names.begin(), names.end(), "UNSPECIFIED"), 0);
  for (CaseState state : kShownStates) EXPECT_EQ(ShownState(Shown(state)), state);
}

TEST(CaseStates, EachMoveOfRoutingIsToldAsOneThing) {
  constexpr CaseState kTo[] = {
      CaseState::kReceived,    CaseState::kWithAuthority,      CaseState::kAccepted,
      CaseState::kExtended,    CaseState::kToBeAssigned,       CaseState::kSupplementRequested,
      CaseState::kDecided,     CaseState::kConcluded,          CaseState::kNotAccepted,
      CaseState::kWithdrawn,   CaseState::kClosedNoSupplement, CaseState::kPreCheck,
      CaseState::kWithUpstream};
  // Where it goes on, it depends on what was before; everything else is told as what it is.
  const char* kOther[] = {"CASE_TO_BE_ASSIGNED",
                          "CASE_SUPPLEMENT_REQUESTED",
                          "CASE_DECIDED",
                          "CASE_CONCLUDED",
                          "CASE_NOT_ACCEPTED",
                          "CASE_WITHDRAWN",
                          "CASE_CLOSED_NO_SUPPLEMENT",
                          "CASE_PRE_CHECK",
                          "CASE_RELAYED"};
  const struct {
    CaseState from;
    std::array<const char*, 4> on;  // to received, with authority, accepted, extended
  } kRows[] = {
      {CaseState::kReceived, {"", "CASE_WITH_AUTHORITY", "CASE_ACCEPTED", "CASE_EXTENDED"}},
      {CaseState::kWithAuthority, {"CASE_ASSIGNED", "", "CASE_ACCEPTED", "CASE_EXTENDED"}},
      {CaseState::kAccepted, {"CASE_ASSIGNED", "CASE_WITH_AUTHORITY", "", "CASE_EXTENDED"}},
      {CaseState::kExtended, {"CASE_ASSIGNED", "CASE_WITH_AUTHORITY", "CASE_ACCEPTED", ""}},
      {CaseState::kToBeAssigned,
       {"CASE_ASSIGNED", "CASE_WITH_AUTHORITY", "CASE_ACCEPTED", "CASE_EXTENDED"}},
      {CaseState::kWithUpstream,
       {"CASE_ASSIGNED", "CASE_WITH_AUTHORITY", "CASE_ACCEPTED", "CASE_EXTENDED"}},
      {CaseState::kPreCheck,
       {"CASE_PASSED_ON", "CASE_WITH_AUTHORITY", "CASE_ACCEPTED", "CASE_EXTENDED"}},
      {CaseState::kSupplementRequested,
       {"CASE_RESUMED", "CASE_RESUMED", "CASE_RESUMED", "CASE_RESUMED"}},
      {CaseState::kDecided,
       {"CASE_DECISION_CORRECTING", "CASE_DECISION_CORRECTING", "CASE_DECISION_CORRECTING",
        "CASE_DECISION_CORRECTING"}},
      {CaseState::kConcluded, {"-", "-", "-", "-"}},
      {CaseState::kNotAccepted, {"-", "-", "-", "-"}},
      {CaseState::kWithdrawn, {"-", "-", "-", "-"}},
      {CaseState::kClosedNoSupplement, {"-", "-", "-", "-"}},
      {CaseState::kWithdrawalRequested, {"CASE_ASSIGNED", "", "CASE_ACCEPTED", "CASE_EXTENDED"}},
  };
  ASSERT_EQ(std::size(kRows), std::size(kShownStates));
  for (const auto& row : kRows) {
    const CaseView before = Shown(row.from);
    for (size_t i = 0; i < std::size(kTo); ++i) {
      SCOPED_TRACE(std::string(ToString(row.from)) + " to " + std::string(ToString(kTo[i])));
      const absl::StatusOr<CaseProjection> after = ProjectChanged(before, ChangedTo(kTo[i]));
      ASSERT_TRUE(after.ok()) << after.status();
      const bool ended = HasEnded(before);
      std::string expected = i < 4 ? row.on[i] : kOther[i - 4];
      if (row.from == kTo[i]) expected.clear();
      if (row.from == CaseState::kPreCheck && kTo[i] == CaseState::kSupplementRequested) {
        expected = "CASE_PRE_CHECK_DEFECTS";
      }
      EXPECT_EQ(Told(*after), ended ? "-" : expected);
      if (ended) {
        EXPECT_EQ(after->view, before);
        continue;
      }
      EXPECT_EQ(after->view.state, kTo[i]);
      EXPECT_EQ(after->view.version, kVersion + 1);
      EXPECT_EQ(after->view.ended, IsEnd(kTo[i]) ? Minute(10) : absl::InfinitePast());
      const bool asked = row.from == CaseState::kWithdrawalRequested && !IsEnd(kTo[i]);
      EXPECT_EQ(IsWithdrawalRequested(after->view), asked);
      EXPECT_EQ(ShownState(after->view), asked ? CaseState::kWithdrawalRequested : kTo[i]);
    }
  }
}

TEST(CaseStates, WhatIsNoMoveHasOneOutcomeInEachState) {
  DeadlinesMoved moved{StateTestId(1), StateTestId(2), Minute(10),
                       Shown(CaseState::kAccepted).deadlines};
  moved.deadlines[0].due_date = "2026-07-01";
  const DeadlineMissed missed{StateTestId(1), StateTestId(2), "DECIDE",
                              Shown(CaseState::kAccepted).deadlines[0].due_date, Minute(10)};
  const DecisionEntered entered{StateTestId(1),
                                StateTestId(2),
                                {CaseResult::kApproved, "决1号", "2026-06-20", {}, ""},
                                Minute(10)};
  const LoopClosed closed{StateTestId(1), StateTestId(2), Minute(10)};
  const WithdrawalRefused refused{StateTestId(1), StateTestId(2), Minute(10)};
  const SupplementOverdue overdue{StateTestId(1), StateTestId(2), 1};
  CaseOpened opened;
  opened.record = StateTestId(3);
  for (CaseState state : kShownStates) {
    SCOPED_TRACE(ToString(state));
    const CaseView before = Shown(state);
    const bool ended = HasEnded(before);
    EXPECT_EQ(Told(*ProjectOpened(before, opened)), "-");
    EXPECT_EQ(Told(*ProjectChanged(before, ChangedTo(CaseState::kAccepted, kVersion))), "-");
    EXPECT_EQ(Told(*ProjectChanged(before, ChangedTo(CaseState::kWithdrawn, kVersion - 1))),
              ended ? "-" : "CASE_WITHDRAWN")
        << "an end counts whatever its version";
    const absl::StatusOr<CaseProjection> gap =
        ProjectChanged(before, ChangedTo(CaseState::kWithdrawn, kVersion + 2));
    EXPECT_EQ(gap.status().code(),
              ended ? absl::StatusCode::kOk : absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(Told(*ProjectMoved(before, moved)), ended ? "-" : "CASE_DECIDE_DUE_MOVED");
    const absl::StatusOr<CaseProjection> late = ProjectMissed(before, missed);
    EXPECT_EQ(Told(*late), ended ? "-" : "CASE_DECIDE_OVER");
    EXPECT_EQ(late->view.state, before.state) << "nothing is decided by it";
    EXPECT_EQ(Told(*ProjectMissed(late->view, missed)), "-") << "told once";
    EXPECT_EQ(Told(ProjectEntered(before, entered)), "") << "kept, not told";
    EXPECT_EQ(ProjectEntered(before, entered).view.state, before.state);
    EXPECT_EQ(Told(ProjectLoopClosed(before, closed)),
              state == CaseState::kConcluded ? "CASE_LOOP_CLOSED" : "");
    const bool asked = state == CaseState::kWithdrawalRequested;
    const CaseProjection going_on = *ProjectWithdrawalRefused(before, refused);
    EXPECT_EQ(Told(going_on), asked ? "CASE_WITHDRAWAL_REFUSED" : "-");
    EXPECT_EQ(going_on.view.state, before.state);
    EXPECT_EQ(ShownState(going_on.view), before.state) << "again the state it had";
    if (before.supplement_round == 0) {
      EXPECT_EQ(ProjectSupplementOverdue(before, overdue).status().code(),
                absl::StatusCode::kFailedPrecondition);
    } else {
      EXPECT_EQ(Told(*ProjectSupplementOverdue(before, overdue)),
                state == CaseState::kSupplementRequested ? "" : "-");
    }
    if (!ended) {
      EXPECT_EQ(Told(ProjectWithdrawalRequested(before, Minute(10))),
                asked ? "-" : "CASE_WITHDRAWAL_REQUESTED");
    }
  }
}

TEST(CaseStates, NothingButTheLedgerMayComeBeforeTheCaseIsOpened) {
  const auto waits = [](const absl::StatusOr<CaseProjection>& projection) {
    return projection.status().code() == absl::StatusCode::kFailedPrecondition;
  };
  CaseView early;  // only the ledger has spoken
  early.entered = Minute(1);
  for (const std::optional<CaseView>& known : {std::optional<CaseView>(), {early}}) {
    EXPECT_TRUE(
        waits(ProjectWithdrawalRefused(known, {StateTestId(1), StateTestId(2), Minute(2)})));
    EXPECT_TRUE(waits(ProjectSupplementOverdue(known, {StateTestId(1), StateTestId(2), 1})));
    EXPECT_TRUE(waits(ProjectChanged(known, ChangedTo(CaseState::kNotAccepted, 2))));
  }
}

TEST(CaseStates, AnotherAuthorityTakesTheCaseOver) {
  CaseChanged returned = ChangedTo(CaseState::kToBeAssigned);
  returned.decision.reasons = {"非本单位认定"};
  const CaseView desk = ProjectChanged(Shown(CaseState::kWithAuthority), returned)->view;
  EXPECT_EQ(desk.grounds.reasons, returned.decision.reasons);
  EXPECT_EQ(desk.authority.code, "tax");
  CaseChanged assigned = ChangedTo(CaseState::kReceived, kVersion + 2);
  assigned.authority = {"transport", "交通运输局", "11210600MBYY010228"};
  const CaseView taken = ProjectChanged(desk, assigned)->view;
  EXPECT_EQ(taken.authority, *assigned.authority);
  EXPECT_EQ(taken.authority_no, "") << "the number was the other one's";
  EXPECT_EQ(taken.grounds, Grounds());
}

TEST(CaseStates, GroundsAreThoseOfTheStateAndNeverADecision) {
  CaseChanged event = ChangedTo(CaseState::kNotAccepted);
  event.decision.reasons = {"期限未满", "材料不实"};
  event.decision.remedies = "行政复议";
  const CaseView refused = ProjectChanged(Shown(CaseState::kWithAuthority), event)->view;
  EXPECT_EQ(refused.grounds, (Grounds{{"期限未满", "材料不实"}, "行政复议"}));
  EXPECT_EQ(refused.decision, Decision());
  // The ledger was quicker: what it entered stays beside the grounds of an earlier state.
  CaseView ahead = Shown(CaseState::kAccepted);
  ahead.decision = {CaseResult::kRefused, "决2号", "2026-06-20", {"甲"}, "复议"};
  ahead.entered = Minute(9);
  event.state = CaseState::kExtended;
  const CaseView longer = ProjectChanged(ahead, event)->view;
  EXPECT_EQ(longer.decision, ahead.decision);
  EXPECT_EQ(longer.grounds.reasons, event.decision.reasons);
  EXPECT_EQ(ProjectChanged(longer, ChangedTo(CaseState::kDecided, kVersion + 2))->view.grounds,
            Grounds());
}

bool HasSupplementDeadline(const CaseView& view) {
  return std::any_of(view.deadlines.begin(), view.deadlines.end(),
                     [](const Deadline& one) { return one.kind == "SUPPLEMENT"; });
}

TEST(CaseStates, TheApplicantsDueDateIsThatOfTheOpenRequest) {
  CaseChanged asked = ChangedTo(CaseState::kSupplementRequested);
  asked.deadlines = {{"SUPPLEMENT", "REQUESTED", "2026-06-16", 5, "2026-06-23"}};
  const CaseView waits = ProjectChanged(Shown(CaseState::kWithAuthority), asked)->view;
  EXPECT_TRUE(HasSupplementDeadline(waits));
  const CaseView resumed =
      ProjectChanged(waits, ChangedTo(CaseState::kWithAuthority, kVersion + 2))->view;
  EXPECT_FALSE(HasSupplementDeadline(resumed));
  CaseChanged again = ChangedTo(CaseState::kSupplementRequested, kVersion + 3);
  again.round = 2;
  EXPECT_FALSE(HasSupplementDeadline(ProjectChanged(resumed, again)->view)) << "it has none";
  EXPECT_TRUE(HasSupplementDeadline(
      ProjectChanged(waits, ChangedTo(CaseState::kClosedNoSupplement, kVersion + 2))->view))
      << "what was missed";
  DeadlinesMoved moved{StateTestId(1), StateTestId(2), Minute(10), asked.deadlines};
  moved.deadlines[0].due_date = "2026-06-24";
  EXPECT_EQ(Told(*ProjectMoved(waits, moved)), "CASE_SUPPLEMENT_DUE_MOVED");
  CaseView longer = Shown(CaseState::kExtended);
  longer.deadlines = {{"EXTEND", "DECIDE_DUE", "2026-06-30", 10, "2026-07-14"}};
  moved.deadlines = longer.deadlines;
  moved.deadlines[0].due_date = "2026-07-15";
  EXPECT_EQ(Told(*ProjectMoved(longer, moved)), "CASE_EXTEND_DUE_MOVED");
}

TEST(CaseStates, ASupplementThatCameBeforeWins) {
  const SupplementOverdue overdue{StateTestId(1), StateTestId(2), 1};
  const CaseView waits = Shown(CaseState::kSupplementRequested);
  ASSERT_TRUE(AwaitsSupplement(waits));
  const CaseProjection missed = *ProjectSupplementOverdue(waits, overdue);
  EXPECT_TRUE(missed.changed);
  EXPECT_FALSE(AwaitsSupplement(missed.view));
  EXPECT_EQ(Told(*ProjectSupplementOverdue(missed.view, overdue)), "-") << "said once";
  const CaseView given = ProjectSupplemented(waits, Minute(9)).view;
  EXPECT_EQ(Told(*ProjectSupplementOverdue(given, overdue)), "-");
  // Late: the next round is open by now.
  CaseView next = given;
  next.supplement_round = 2;
  EXPECT_EQ(Told(*ProjectSupplementOverdue(next, overdue)), "-");
  EXPECT_TRUE(AwaitsSupplement(next));
  // Who asked for a withdrawal has not given a supplement either.
  const CaseView asked = ProjectWithdrawalRequested(waits, Minute(9)).view;
  EXPECT_TRUE(ProjectSupplementOverdue(asked, overdue)->changed);
}

TEST(CaseStates, NoSupplementIsTakenOnceItIsMissedOrGivenUp) {
  const auto refusal = [](const CaseView& view) {
    return DecideSupplement({view.application, view.id, {}, ""}, view, {}).status();
  };
  const CaseView waits = Shown(CaseState::kSupplementRequested);
  EXPECT_TRUE(refusal(waits).ok());
  CaseView missed = waits;
  missed.missed_round = 1;
  const CaseView asked = ProjectWithdrawalRequested(missed, Minute(9)).view;
  const std::pair<CaseView, const char*> kRows[] = {
      {missed, "SUPPLEMENT_CLOSED"},
      {Shown(CaseState::kClosedNoSupplement), "SUPPLEMENT_CLOSED"},
      {asked, "WITHDRAWAL_REQUESTED"},
      {Shown(CaseState::kAccepted), "CASE_AWAITS_NO_SUPPLEMENT"},
      {Shown(CaseState::kWithdrawn), "CASE_AWAITS_NO_SUPPLEMENT"}};
  for (const auto& [view, reason] : kRows) {
    EXPECT_EQ(refusal(view).code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_TRUE(HasReason(refusal(view), reason)) << refusal(view);
  }
}

CaseView Numbered(uint8_t n, CaseState state) {
  CaseView view = Shown(state);
  view.id = StateTestId(n);
  if (HasEnded(view)) view.ended = Minute(n);
  return view;
}

TEST(CaseStates, AnApplicationHasEndedWhenAllItsCasesHave) {
  Application application;
  application.record_count = 2;
  application.submitted = Minute(0);
  const CaseState ends[] = {CaseState::kConcluded, CaseState::kNotAccepted, CaseState::kWithdrawn,
                            CaseState::kClosedNoSupplement};
  for (CaseState first : kShownStates) {
    for (CaseState second : ends) {
      const std::vector<CaseView> cases = {Numbered(11, first), Numbered(12, second)};
      SCOPED_TRACE(std::string(ToString(first)) + " and " + std::string(ToString(second)));
      const Standing standing = StandingOf(application, cases);
      ApplicationState expected = ApplicationState::kInProgress;
      if (first == CaseState::kSupplementRequested)
        expected = ApplicationState::kSupplementRequested;
      if (first == CaseState::kToBeAssigned) expected = ApplicationState::kToBeAssigned;
      if (first == CaseState::kPreCheck) expected = ApplicationState::kPreCheck;
      if (first == CaseState::kWithdrawalRequested) {
        expected = ApplicationState::kWithdrawalRequested;
      }
      if (IsEnd(first)) {
        expected = first == second ? StateOf({cases[0]}, 1) : ApplicationState::kConcluded;
      }
      EXPECT_EQ(standing.state, expected);
      EXPECT_EQ(standing.concluded, IsEnd(first) ? Minute(12) : absl::InfinitePast());
      Application after = application;
      const std::vector<News> news = Advance(after, standing);
      ASSERT_EQ(news.size(), IsEnd(first) ? 1u : 0u);
      if (!news.empty()) {
        EXPECT_STREQ(news[0].code, expected == ApplicationState::kWithdrawn
                                       ? "APPLICATION_WITHDRAWN"
                                       : "APPLICATION_CONCLUDED");
      }
      const bool approved = first == CaseState::kConcluded || second == CaseState::kConcluded;
      EXPECT_EQ(IsFinal(after, cases), IsEnd(first) && !approved);
    }
  }
}

TEST(DecideWithdrawal, TakesWhatIsOpenAndSaysWhyNot) {
  Application application;
  application.id = StateTestId(2);
  application.record_count = 3;
  application.submitted = Minute(0);
  const CaseView open = Numbered(11, CaseState::kAccepted);
  const CaseView asked = Numbered(12, CaseState::kWithdrawalRequested);
  const CaseView over = Numbered(13, CaseState::kConcluded);
  const Withdrawal all{application.id, {}, ""};
  EXPECT_EQ(*DecideWithdrawal(all, application, {open, asked, over}), std::vector<Id>{open.id});
  EXPECT_EQ(*DecideWithdrawal(all, application, {asked, asked, over}), std::vector<Id>())
      << "asked before: nothing new";
  const Withdrawal named{application.id, {over.id, open.id}, ""};
  EXPECT_EQ(*DecideWithdrawal(named, application, {open, over}), std::vector<Id>{open.id})
      << "a named case need not wait for the others to be opened";
  const struct {
    Withdrawal withdrawal;
    std::vector<CaseView> cases;
    absl::StatusCode code;
    const char* reason;
  } kRows[] = {
      {all, {open, over}, absl::StatusCode::kFailedPrecondition, "CASES_BEING_OPENED"},
      {all, {over, over, over}, absl::StatusCode::kFailedPrecondition, "NOTHING_TO_WITHDRAW"},
      {{application.id, {over.id}, ""},
       {open, asked, over},
       absl::StatusCode::kFailedPrecondition,
       "NOTHING_TO_WITHDRAW"},
      {{application.id, {StateTestId(99)}, ""},
       {open, asked, over},
       absl::StatusCode::kNotFound,
       "CASE_NOT_FOUND"},
  };
  for (const auto& row : kRows) {
    const absl::Status refusal = DecideWithdrawal(row.withdrawal, application, row.cases).status();
    EXPECT_EQ(refusal.code(), row.code);
    EXPECT_TRUE(HasReason(refusal, row.reason)) << refusal;
  }
  application.submitted = absl::InfinitePast();
  EXPECT_TRUE(
      HasReason(DecideWithdrawal(all, application, {}).status(), "APPLICATION_NOT_SUBMITTED"));
}

TEST(ValidateWithdrawal, NamesEachBadField) {
  WithdrawCommand command{"applications/x",
                          {"cases/x", CaseName(StateTestId(1)), CaseName(StateTestId(1))},
                          std::string(501, 'x')};
  std::vector<std::string> fields;
  for (const Violation& one : ViolationsOf(ValidateWithdrawal(command).status())) {
    fields.push_back(one.field);
  }
  EXPECT_EQ(fields, (std::vector<std::string>{"name", "cases[0]", "cases[2]", "reason"}));
  command = {ApplicationName(StateTestId(2)), std::vector<std::string>(51, "cases/x"), ""};
  EXPECT_EQ(ViolationsOf(ValidateWithdrawal(command).status())[0].field, "cases");
  command.cases = {CaseName(StateTestId(1))};
  command.reason = "不再需要";
  const Withdrawal withdrawal = *ValidateWithdrawal(command);
  EXPECT_EQ(withdrawal.cases, std::vector<Id>{StateTestId(1)});
  EXPECT_EQ(withdrawal.reason, "不再需要");
}

// One case as its streams and its applicant bring it about: routing's events in order, the ledger's
// and the applicant's acts anywhere between them, everything possibly again.
struct Story {
  std::vector<CaseChanged> moves;  // after the opening, in order
  bool refuses = false;            // the withdrawal, before the last move
};

Story SomeStory() {
  Story story;
  const auto add = [&](CaseState state) {
    story.moves.push_back(ChangedTo(state, static_cast<int64_t>(story.moves.size()) + 2));
    return &story.moves.back();
  };
  int rounds = *rc::gen::inRange(0, 3);
  if (*rc::gen::arbitrary<bool>()) {
    add(CaseState::kToBeAssigned)->decision.reasons = {"非本单位认定"};
    add(CaseState::kReceived)->authority = {"transport", "交通运输局", ""};
  }
  add(CaseState::kWithAuthority);
  for (int round = 1; round <= rounds; ++round) {
    add(CaseState::kSupplementRequested)->round = round;
    add(CaseState::kWithAuthority);
  }
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      add(CaseState::kNotAccepted);
      break;
    case 1:
      add(CaseState::kWithdrawn);
      break;
    case 2:
      add(CaseState::kSupplementRequested)->round = rounds + 1;
      add(CaseState::kClosedNoSupplement);
      break;
    case 3:
      add(CaseState::kAccepted);
      add(CaseState::kExtended);
      [[fallthrough]];
    default:
      add(CaseState::kDecided);
      add(CaseState::kConcluded);
      story.refuses = true;
  }
  return story;
}

struct Telling {
  std::optional<CaseView> view;
  std::vector<std::string> codes;
  void Take(const absl::StatusOr<CaseProjection>& projection) {
    RC_ASSERT(projection.ok());
    if (projection->changed) view = projection->view;
    for (const News& news : projection->news) codes.emplace_back(news.code);
  }
};

// Routing's stream with the ledger's two events and the request where `at` says: before the move of
// that number, or after all of them.
Telling Tell(const Story& story, const std::array<size_t, 3>& at,
             const std::vector<size_t>& again) {
  const bool decided = story.moves.back().state == CaseState::kConcluded;
  CaseOpened opened;
  opened.case_id = StateTestId(1);
  opened.application = StateTestId(2);
  opened.record = StateTestId(3);
  opened.authority = {"tax", "税务局", ""};
  opened.opened_at = Minute(1);
  Telling telling;
  telling.Take(ProjectOpened(telling.view, opened));
  for (size_t i = 0; i <= story.moves.size(); ++i) {
    if (i == at[0] && decided) {
      telling.Take(ProjectEntered(telling.view, {StateTestId(1),
                                                 StateTestId(2),
                                                 {CaseResult::kApproved, "决1号", "", {}, ""},
                                                 Minute(9)}));
    }
    if (i == at[1] && decided) {
      telling.Take(ProjectLoopClosed(telling.view, {StateTestId(1), StateTestId(2), Minute(11)}));
    }
    if (i == at[2] && IsOpen(*telling.view)) {
      telling.Take(ProjectWithdrawalRequested(*telling.view, Minute(5)));
    }
    for (size_t repeated : again) {
      if (repeated < i) telling.Take(ProjectChanged(telling.view, story.moves[repeated]));
    }
    if (i == story.moves.size()) break;
    if (i + 1 == story.moves.size() && story.refuses) {
      const WithdrawalRefused refused{StateTestId(1), StateTestId(2), Minute(8)};
      telling.Take(ProjectWithdrawalRefused(telling.view, refused));
      telling.Take(ProjectWithdrawalRefused(telling.view, refused));
    }
    telling.Take(ProjectChanged(telling.view, story.moves[i]));
  }
  return telling;
}

std::vector<std::string> Sorted(std::vector<std::string> codes) {
  std::sort(codes.begin(), codes.end());
  return codes;
}

RC_GTEST_PROP(CaseStates, AnyInterleavingOfStreamsAndRequestEndsTheSame, ()) {
  const Story story = SomeStory();
  const size_t last = story.moves.size();
  const Telling plain = Tell(story, {last, last, 0}, {});
  std::array<size_t, 3> at{};
  for (size_t i = 0; i < 2; ++i) at[i] = *rc::gen::inRange<size_t>(0, last + 1);
  at[2] = *rc::gen::inRange<size_t>(0, last);  // before the end, and before it is refused
  const auto again = *rc::gen::container<std::vector<size_t>>(rc::gen::inRange<size_t>(0, last));
  const Telling told = Tell(story, at, again);
  RC_ASSERT(told.view == plain.view);
  RC_ASSERT(Sorted(told.codes) == Sorted(plain.codes));
  RC_ASSERT(HasEnded(*told.view));
  RC_ASSERT(!IsWithdrawalRequested(*told.view));
  RC_ASSERT(std::count(told.codes.begin(), told.codes.end(), kCaseWithdrawalRequested) == 1);
  RC_ASSERT(std::count(told.codes.begin(), told.codes.end(), kCaseWithdrawalRefused) ==
            (story.refuses ? 1 : 0));
}

// What holds after each step, whatever happens when.
void CheckAlways(const CaseView& before, const CaseView& after) {
  if (HasEnded(before)) {
    RC_ASSERT(after.state == before.state);
    RC_ASSERT(after.ended == before.ended);
  }
  RC_ASSERT(after.version >= before.version);
  RC_ASSERT(HasEnded(after) == Happened(after.ended));
  if (IsWithdrawalRequested(after)) RC_ASSERT(IsOpen(after));
  RC_ASSERT(after.missed_round == 0 || after.missed_round != after.supplemented_round);
  if (AwaitsSupplement(after)) {
    RC_ASSERT(after.state == CaseState::kSupplementRequested);
    RC_ASSERT(!IsWithdrawalRequested(after) && !IsMissed(after));
    RC_ASSERT(after.supplemented_round < after.supplement_round);
  }
}

RC_GTEST_PROP(CaseStates, RandomLivesKeepWhatMustHold, ()) {
  CaseView view = Shown(CaseState::kReceived);
  int missed = 0;
  for (int step = 0; step < 60; ++step) {
    absl::StatusOr<CaseProjection> next = CaseProjection{view, false, {}};
    switch (*rc::gen::inRange(0, 8)) {
      case 0:
      case 1:
      case 2: {
        CaseChanged event =
            ChangedTo(*rc::gen::elementOf(std::vector<CaseState>(std::begin(kShownStates),
                                                                 std::end(kShownStates) - 1)),
                      *rc::gen::inRange<int64_t>(view.version - 1, view.version + 3));
        // Ends are made rare, or most lives would be over at once; so are rounds that do not
        // follow.
        if (IsEnd(event.state) && step < 50) event.state = CaseState::kSupplementRequested;
        if (event.state == CaseState::kSupplementRequested) event.round = view.supplement_round + 1;
        next = ProjectChanged(view, event);
        break;
      }
      case 3:
        if (AwaitsSupplement(view)) next = ProjectSupplemented(view, Minute(step));
        break;
      case 4:
        next = ProjectSupplementOverdue(view, {StateTestId(1), StateTestId(2),
                                               *rc::gen::inRange(1, view.supplement_round + 2)});
        if (next.ok() && next->changed) ++missed;
        break;
      case 5:
        if (IsOpen(view)) next = ProjectWithdrawalRequested(view, Minute(step));
        break;
      case 6:
        next = ProjectWithdrawalRefused(view, {StateTestId(1), StateTestId(2), Minute(step)});
        break;
      default:
        next = ProjectLoopClosed(view, {StateTestId(1), StateTestId(2), Minute(step)});
    }
    if (!next.ok()) {
      RC_ASSERT(next.status().code() == absl::StatusCode::kFailedPrecondition);
      continue;
    }
    RC_ASSERT(next->changed || next->view == view);
    CheckAlways(view, next->view);
    view = next->view;
  }
  RC_ASSERT(missed <= view.supplement_round);
}

}  // namespace
}  // namespace xiufu::intake
