#include "services/intake/domain/next_step.h"

#include <algorithm>

#include "services/intake/domain/standing.h"

namespace xiufu::intake {
namespace {

// What comes after one state of a case. Where the state alone does not tell, `VariantOf` does.
struct Row {
  CaseState state;
  const char* key;
  Turn turn;
  const char* deadline;  // empty: no clock runs
};

constexpr Row kRows[] = {
    {CaseState::kReceived, "NEXT_RECEIVED", Turn::kAuthority, "DELIVER"},
    {CaseState::kWithAuthority, "NEXT_WITH_AUTHORITY", Turn::kAuthority, "ACCEPT"},
    {CaseState::kAccepted, "NEXT_ACCEPTED", Turn::kAuthority, "DECIDE"},
    {CaseState::kSupplementRequested, "NEXT_SUPPLEMENT_REQUESTED", Turn::kApplicant,
     kSupplementDeadline},
    {CaseState::kDecided, "NEXT_DECIDED", Turn::kLedger, "OVERALL"},
    {CaseState::kConcluded, "NEXT_CONCLUDED", Turn::kNobody, ""},
    {CaseState::kExtended, "NEXT_EXTENDED", Turn::kAuthority, "EXTEND"},
    {CaseState::kToBeAssigned, "NEXT_TO_BE_ASSIGNED", Turn::kDesk, "OVERALL"},
    {CaseState::kNotAccepted, "NEXT_NOT_ACCEPTED", Turn::kNobody, ""},
    {CaseState::kWithdrawn, "NEXT_WITHDRAWN", Turn::kNobody, ""},
    {CaseState::kClosedNoSupplement, "NEXT_CLOSED_NO_SUPPLEMENT", Turn::kNobody, ""},
    {CaseState::kPreCheck, "NEXT_PRE_CHECK", Turn::kPreCheck, "PRE_CHECK"},
    {CaseState::kWithdrawalRequested, "NEXT_WITHDRAWAL_REQUESTED", Turn::kPlatform, ""},
    {CaseState::kWithUpstream, "NEXT_WITH_UPSTREAM", Turn::kUpstream, "OVERALL"},
};

// Where more than the state matters.
constexpr Row kSupplemented = {CaseState::kSupplementRequested, "NEXT_SUPPLEMENTED",
                               Turn::kPlatform, ""};
constexpr Row kMissed = {CaseState::kSupplementRequested, "NEXT_SUPPLEMENT_MISSED", Turn::kPlatform,
                         ""};
constexpr Row kApproved = {CaseState::kConcluded, "NEXT_APPROVED", Turn::kSites, "SHARE"};
constexpr Row kLoopClosed = {CaseState::kConcluded, "NEXT_LOOP_CLOSED", Turn::kNobody, ""};
constexpr Row kRefused = {CaseState::kConcluded, "NEXT_REFUSED", Turn::kNobody, ""};

// Of an application as a whole.
constexpr char kDraft[] = "NEXT_DRAFT";
constexpr char kSubmitted[] = "NEXT_SUBMITTED";
constexpr char kInProgress[] = "NEXT_IN_PROGRESS";
constexpr char kAwaitsSupplements[] = "NEXT_AWAITS_SUPPLEMENTS";
constexpr char kEffects[] = "NEXT_EFFECTS";
constexpr char kDone[] = "NEXT_DONE";
constexpr char kAllWithdrawn[] = "NEXT_ALL_WITHDRAWN";

constexpr Row kUnknown = {CaseState::kUnspecified, "", Turn::kUnspecified, ""};

const Row& RowOf(CaseState state) {
  for (const Row& row : kRows) {
    if (row.state == state) return row;
  }
  return kUnknown;
}

const Row& RowOf(const CaseView& view) {
  const Row& row = RowOf(ShownState(view));
  if (row.state == CaseState::kSupplementRequested) {
    if (IsMissed(view)) return kMissed;
    return AwaitsSupplement(view) ? row : kSupplemented;
  }
  if (row.state != CaseState::kConcluded) return row;
  if (view.decision.result == CaseResult::kRefused) return kRefused;
  if (view.decision.result != CaseResult::kApproved) return row;
  return Happened(view.loop_closed) ? kLoopClosed : kApproved;
}

void AddParty(NextStep& step, Party party) {
  const auto known = std::find(step.parties.begin(), step.parties.end(), party);
  if (known == step.parties.end()) step.parties.push_back(std::move(party));
}

// What comes first of several.
void TakeNearer(NextStep& step, const NextStep& other) {
  if (other.due_date.empty()) return;
  if (!step.due_date.empty() && step.due_date <= other.due_date) return;
  step.deadline = other.deadline;
  step.due_date = other.due_date;
  step.provisional = other.provisional;
  step.over = other.over;
}

NextStep OfApplication(const char* key, Turn turn) {
  NextStep step;
  step.key = key;
  step.parties = {{turn, ""}};
  return step;
}

// Of the cases that go on; where some wait for the applicant, of those alone.
NextStep OfOpenCases(const std::vector<CaseView>& cases, bool applicants) {
  if (cases.size() == 1) return NextStepOf(cases.front());
  NextStep all;
  all.key = applicants ? kAwaitsSupplements : kInProgress;
  for (const CaseView& view : cases) {
    if (HasEnded(view)) {
      ++all.ended;
      continue;
    }
    if (applicants && !AwaitsSupplement(view)) continue;
    ++all.open;
    const NextStep one = NextStepOf(view);
    for (const Party& party : one.parties) AddParty(all, party);
    TakeNearer(all, one);
  }
  return all;
}

}  // namespace

NextStep NextStepOf(const CaseView& view) {
  const Row& row = RowOf(view);
  NextStep step;
  step.key = row.key;
  step.deadline = row.deadline;
  step.parties = {{row.turn, row.turn == Turn::kAuthority ? view.authority.name : ""}};
  for (const Deadline& deadline : view.deadlines) {
    if (deadline.kind != row.deadline) continue;
    step.due_date = deadline.due_date;
    step.provisional = deadline.provisional;
    const std::string key = MissedKey(deadline.kind, deadline.due_date);
    step.over = std::find(view.missed.begin(), view.missed.end(), key) != view.missed.end();
  }
  return step;
}

NextStep NextStepOf(const Application& application, const std::vector<CaseView>& cases) {
  switch (application.state) {
    case ApplicationState::kDraft:
      return OfApplication(kDraft, Turn::kApplicant);
    case ApplicationState::kSubmitted:
      return OfApplication(kSubmitted, Turn::kPlatform);
    case ApplicationState::kInProgress:
    case ApplicationState::kPreCheck:
    case ApplicationState::kToBeAssigned:
    case ApplicationState::kWithdrawalRequested:
      return OfOpenCases(cases, false);
    case ApplicationState::kSupplementRequested:
      return OfOpenCases(cases, true);
    case ApplicationState::kConcluded:
    case ApplicationState::kNotAccepted:
    case ApplicationState::kClosedNoSupplement:
      return IsFinal(application, cases) ? OfApplication(kDone, Turn::kNobody)
                                         : OfApplication(kEffects, Turn::kSites);
    case ApplicationState::kWithdrawn:
      return OfApplication(kAllWithdrawn, Turn::kNobody);
    case ApplicationState::kUnspecified:
      break;
  }
  return {};
}

std::vector<std::string> NextStepKeys() {
  std::vector<std::string> keys = {kDraft,   kSubmitted, kInProgress,  kAwaitsSupplements,
                                   kEffects, kDone,      kAllWithdrawn};
  for (const Row& row : kRows) keys.emplace_back(row.key);
  for (const Row& row : {kSupplemented, kMissed, kApproved, kLoopClosed, kRefused}) {
    keys.emplace_back(row.key);
  }
  return keys;
}

}  // namespace xiufu::intake
