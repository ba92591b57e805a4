#include "services/intake/domain/application_states.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"

namespace xiufu::intake {
namespace {

// "6 办结", "1 退回办结", "2 作废办结", "5 补正不来办结".
constexpr ApplicationStateInfo kStates[] = {
    {ApplicationState::kDraft, Turn::kApplicant, "", Process::kNone, Progress::kNone, ""},
    {ApplicationState::kSubmitted, Turn::kPlatform, "OVERALL", Process::kApply, Progress::kToDo,
     ""},
    {ApplicationState::kInProgress, Turn::kAuthority, "OVERALL", Process::kHandle,
     Progress::kInHand, ""},
    {ApplicationState::kSupplementRequested, Turn::kApplicant, kSupplementDeadline,
     Process::kAccept, Progress::kInHand, ""},
    {ApplicationState::kConcluded, Turn::kNobody, "", Process::kConclude, Progress::kDone, "6"},
    {ApplicationState::kWithdrawn, Turn::kNobody, "", Process::kConclude, Progress::kDone, "2"},
    {ApplicationState::kPreCheck, Turn::kPreCheck, "PRE_CHECK", Process::kApply, Progress::kToDo,
     ""},
    {ApplicationState::kToBeAssigned, Turn::kDesk, "OVERALL", Process::kApply, Progress::kToDo, ""},
    {ApplicationState::kWithdrawalRequested, Turn::kPlatform, "OVERALL", Process::kHandle,
     Progress::kInHand, ""},
    {ApplicationState::kNotAccepted, Turn::kNobody, "", Process::kConclude, Progress::kDone, "1"},
    {ApplicationState::kClosedNoSupplement, Turn::kNobody, "", Process::kConclude, Progress::kDone,
     "5"},
};

// How many of the cases a row speaks of.
enum class Of {
  kSomeUnopened,  // a record has no case yet
  kAny,           // one at least is in the state
  kAllOpen,       // some go on, and all of these are in the state
  kAllEnded,      // all have ended in the state
  kRest,
};

struct Row {
  ApplicationState state;
  Of of;
  CaseState shown;  // of cases
};

// Tried in this order; the first that fits is the state. What waits for the applicant comes before
// everything else, and what only one of several cases is in is told with that case.
constexpr Row kRows[] = {
    {ApplicationState::kSupplementRequested, Of::kAny, CaseState::kSupplementRequested},
    {ApplicationState::kSubmitted, Of::kSomeUnopened, CaseState::kUnspecified},
    {ApplicationState::kWithdrawalRequested, Of::kAllOpen, CaseState::kWithdrawalRequested},
    {ApplicationState::kToBeAssigned, Of::kAllOpen, CaseState::kToBeAssigned},
    {ApplicationState::kPreCheck, Of::kAllOpen, CaseState::kPreCheck},
    {ApplicationState::kWithdrawn, Of::kAllEnded, CaseState::kWithdrawn},
    {ApplicationState::kNotAccepted, Of::kAllEnded, CaseState::kNotAccepted},
    {ApplicationState::kClosedNoSupplement, Of::kAllEnded, CaseState::kClosedNoSupplement},
    {ApplicationState::kConcluded, Of::kAllEnded, CaseState::kUnspecified},
    {ApplicationState::kInProgress, Of::kRest, CaseState::kUnspecified},
};

bool IsIn(const CaseView& view, CaseState shown) {
  if (shown == CaseState::kUnspecified) return true;
  if (shown == CaseState::kSupplementRequested) return AwaitsSupplement(view);
  return ShownState(view) == shown;
}

bool Fits(const Row& row, const std::vector<CaseView>& cases, int records) {
  const auto is_in = [&](const CaseView& view) { return IsIn(view, row.shown); };
  const auto opened = std::count_if(cases.begin(), cases.end(), IsOpened);
  const auto ended = std::count_if(cases.begin(), cases.end(), HasEnded);
  switch (row.of) {
    case Of::kSomeUnopened:
      return opened < records;
    case Of::kAny:
      return std::any_of(cases.begin(), cases.end(), is_in);
    case Of::kAllOpen:
      return ended < records && std::all_of(cases.begin(), cases.end(), [&](const CaseView& view) {
               return HasEnded(view) || is_in(view);
             });
    case Of::kAllEnded:
      return ended >= records && std::all_of(cases.begin(), cases.end(), is_in);
    case Of::kRest:
      break;
  }
  return true;
}

absl::string_view NameOf(Turn turn) {
  switch (turn) {
    case Turn::kApplicant:
      return "申请人 applicant";
    case Turn::kAuthority:
      return "认定单位 authorities";
    case Turn::kPreCheck:
      return "预审 pre-check";
    case Turn::kDesk:
      return "分办席 desk";
    case Turn::kPlatform:
      return "本平台 platform";
    default:
      return "—";
  }
}

absl::string_view NameOf(Process process) {
  switch (process) {
    case Process::kApply:
      return "办事申请";
    case Process::kAccept:
      return "事项受理";
    case Process::kHandle:
      return "事项办理";
    case Process::kConclude:
      return "办结";
    case Process::kNone:
      break;
  }
  return "—";
}

std::string RuleText(const Row& row) {
  switch (row.of) {
    case Of::kSomeUnopened:
      return "a record has no case yet";
    case Of::kAny:
      return absl::StrCat("a case is ", ToString(row.shown), " and its time is not over");
    case Of::kAllOpen:
      return absl::StrCat("every case that goes on is ", ToString(row.shown));
    case Of::kAllEnded:
      return row.shown == CaseState::kUnspecified
                 ? "every case has ended"
                 : absl::StrCat("every case is ", ToString(row.shown));
    case Of::kRest:
      break;
  }
  return "else";
}

absl::string_view OrDash(absl::string_view text) { return text.empty() ? "—" : text; }

}  // namespace

absl::Span<const ApplicationStateInfo> ApplicationStates() { return kStates; }

const ApplicationStateInfo& InfoOf(ApplicationState state) {
  return kStates[static_cast<int>(state) - 1];
}

ApplicationState StateOf(const std::vector<CaseView>& cases, int records) {
  const auto* row = std::find_if(std::begin(kRows), std::end(kRows),
                                 [&](const Row& each) { return Fits(each, cases, records); });
  return row->state;  // the last one always fits
}

std::string StateKey(ApplicationState state) {
  return absl::StrCat("APPLICATION_STATE_", ToString(state));
}

std::string DescribeApplicationStates() {
  std::string text =
      "# States of an application\n\n"
      "Generated from `domain/application_states.cc` (`intake_states`); a test compares them. The "
      "state follows from the cases alone; those are in `services/routing/STATES.md`.\n\n"
      "| state | whose turn | clock | GB/T 39046 | progress | 办结结果 |\n"
      "|---|---|---|---|---|---|\n";
  for (const ApplicationStateInfo& info : kStates) {
    const int progress = static_cast<int>(info.progress);
    absl::StrAppend(&text, "| ", ToString(info.state), " | ", NameOf(info.owner), " | ",
                    OrDash(info.clock), " | ", NameOf(info.process), " | ",
                    progress == 0 ? "—" : absl::StrCat(progress), " | ", OrDash(info.conclusion),
                    " |\n");
  }
  absl::StrAppend(&text,
                  "\nA draft is DRAFT until it is submitted; it takes no record and has no clock. "
                  "Afterwards the first row that fits:\n\n"
                  "| when | state |\n|---|---|\n");
  for (const Row& row : kRows) {
    absl::StrAppend(&text, "| ", RuleText(row), " | ", ToString(row.state), " |\n");
  }
  absl::StrAppend(&text,
                  "\nCONCLUDED is the result date. That the effects of the approvals are confirmed "
                  "(闭环) is counted apart: `loop_closed`.\n");
  return text;
}

}  // namespace xiufu::intake
