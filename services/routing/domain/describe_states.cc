// STATES.md, from the tables that run.
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/routing/domain/case_states.h"
#include "services/routing/domain/deadline.h"
#include "services/routing/domain/describe.h"
#include "services/routing/domain/transition.h"

namespace xiufu::routing {

absl::string_view NameOf(Owner owner) {
  switch (owner) {
    case Owner::kApplicant:
      return "申请人 applicant";
    case Owner::kAuthority:
      return "认定单位 authority";
    case Owner::kReviewer:
      return "预审 reviewer";
    case Owner::kDesk:
      return "分办席 desk";
    case Owner::kLedger:
      return "决定台账 ledger";
    case Owner::kUpstream:
      return "上级申请入口 upstream door";
    case Owner::kNobody:
      return "—";
  }
  return "";
}

std::string OutcomeOf(Meaning meaning, absl::string_view next) {
  switch (meaning) {
    case Meaning::kMove:
      return absl::StrCat("**", next, "**");
    case Meaning::kNote:
      return "note";
    case Meaning::kRecord:
      return "record";
    case Meaning::kRefuse:
      return "refuse";
    case Meaning::kWait:
      return "wait";
    case Meaning::kNothing:
      return "—";
    case Meaning::kConflict:
      return "conflict";
  }
  return "";
}

namespace {

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
  }
  return "";
}

std::string OutcomeOf(const Transition& transition) {
  if (transition.meaning == Meaning::kMove && transition.passes_on) return "**on**";
  if (transition.meaning == Meaning::kMove && transition.resumes) return "**back**";
  return OutcomeOf(transition.meaning, InfoOf(transition.next).name);
}

std::string StateRow(const StateInfo& info) {
  const std::string clocks = absl::StrJoin(ClocksOf(info.state), ", ");
  return absl::StrCat("| ", info.name, " | ", NameOf(info.owner), " | ",
                      clocks.empty() ? "—" : clocks, " | ", NameOf(info.process), " | ",
                      static_cast<int>(info.progress), " | ",
                      info.conclusion.empty() ? "—" : info.conclusion, " |\n");
}

std::string InputRow(InputKind input) {
  std::string row = absl::StrCat("| ", NameOf(input), " |");
  for (const StateInfo& info : CaseStates()) {
    absl::StrAppend(&row, " ", OutcomeOf(TransitionOf(info.state, input)), " |");
  }
  return absl::StrCat(row, "\n");
}

}  // namespace

std::string DescribeStates() {
  std::string text =
      "# States of a case\n\n"
      "Generated from `domain/case_states.cc` and `domain/transition.cc` (`routing_states`); a "
      "test "
      "compares them.\n\n"
      "| state | whose turn | clocks | GB/T 39046 | progress | 办结结果 |\n"
      "|---|---|---|---|---|---|\n";
  for (const StateInfo& info : CaseStates()) absl::StrAppend(&text, StateRow(info));
  absl::StrAppend(
      &text,
      "\nAfter an approval EXECUTE and SHARE run in CONCLUDED until the loop is closed, beside the "
      "case's own time.\n\n**NAME** moves there, *back* to where the case was before, *on* to the "
      "next step of its route (PRE_CHECK by the next reviewer, WITH_UPSTREAM, RECEIVED); *note* is "
      "kept with "
      "the case; *record* keeps an answer that does not count; *refuse* tells whoever "
      "asked; *wait* until what must come before it has come; *conflict* is a person's "
      "turn.\n\n| input |");
  for (const StateInfo& info : CaseStates()) absl::StrAppend(&text, " ", info.name, " |");
  absl::StrAppend(&text, "\n|---|");
  for (size_t i = 0; i < CaseStates().size(); ++i) absl::StrAppend(&text, "---|");
  absl::StrAppend(&text, "\n");
  for (int input = 0; input < kInputKinds; ++input) {
    absl::StrAppend(&text, InputRow(static_cast<InputKind>(input)));
  }
  return text;
}

}  // namespace xiufu::routing
