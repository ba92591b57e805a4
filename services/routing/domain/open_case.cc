#include "services/routing/domain/open_case.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "services/routing/domain/route.h"

namespace xiufu::routing {

namespace {

void Append(std::vector<DeadlineReceipt> more, std::vector<DeadlineReceipt>& receipts) {
  for (DeadlineReceipt& receipt : more) receipts.push_back(std::move(receipt));
}

// The applicant's wait.
std::vector<DeadlineReceipt> StartedByApplying(const Submitted& submitted, const Law& law) {
  if (!submitted.received_upstream) {
    return StartedBy(law, catalogue::kSubmitted, LegalDay(submitted.submitted_at));
  }
  return StartedBy(law, catalogue::kReceivedUpstream, LegalDay(*submitted.received_upstream));
}

}  // namespace

std::vector<DeadlineReceipt> StartedByTask(const Law& law, absl::CivilDay given) {
  std::vector<DeadlineReceipt> receipts = StartedBy(law, catalogue::kTaskGiven, given);
  Append(StartedBy(law, catalogue::kReceived, given), receipts);
  return receipts;
}

Task WithDates(Task task, const Law& law) {
  const absl::CivilDay given = LegalDay(task.given_at);
  std::vector<DeadlineReceipt> deadlines = StartedBy(law, catalogue::kPushedToAuthority, given);
  Append(StartedBy(law, catalogue::kReceived, given), deadlines);
  if (const DeadlineReceipt* accept = FindReceipt(deadlines, kAcceptDeadline)) {
    task.accept_due = FormatDay(accept->due.day);
  }
  std::optional<absl::CivilDay> decide = LastDayToDecide(*law.rule, deadlines, law.calendar);
  if (decide.has_value()) task.decide_due = FormatDay(*decide);
  return task;
}

namespace {

// Says where, when no authority here gets a task.
bool WaitsElsewhere(const Submitted& submitted, const Opening& opening, Case& kase) {
  if (!opening.unknown_because.empty()) {
    kase.state = CaseState::kToBeAssigned;
    kase.reason = opening.unknown_because;
    return true;
  }
  // The door that has pushed it has received it: there a pre-check is an opinion.
  const bool looked_at_first =
      !submitted.pushed && RouteOf(*opening.law.rule).front().role == Role::kReview;
  if (opening.handling.empty() && !looked_at_first) return false;
  if (submitted.pushed) {
    kase.state = CaseState::kToBeAssigned;
    kase.reason = absl::StrCat(
        "由上级入口推送，而该单位的办件应在上级系统办理 / pushed from upstream, "
        "where cases of this authority are decided: ",
        opening.door);
    return true;
  }
  kase.handling = opening.handling;
  kase.reason = opening.door;
  GoToStep(kase, *opening.law.rule, 0);
  return true;
}

// Completeness alone: which of the rule's papers did not come.
Opinion OwnLook(const Submitted& submitted, const Opening& opening) {
  Opinion look{.review = kOwnLook, .at = submitted.submitted_at};
  for (const std::string& kind : opening.asked_papers) {
    const bool there = std::find(submitted.paper_kinds.begin(), submitted.paper_kinds.end(),
                                 kind) != submitted.paper_kinds.end();
    if (!there) look.missing.push_back(kind);
  }
  return look;
}

}  // namespace

OpenedCase OpenCase(const Submitted& submitted, const SubmittedRecord& record, const NewIds& ids,
                    const Opening& opening) {
  OpenedCase opened;
  Case& kase = opened.kase;
  kase = {.id = ids.case_id,
          .application = submitted.application,
          .record = record.record,
          .record_version = record.version,
          .task = ids.task,
          .authority = opening.authority,
          .rule = record.rule,
          .snapshot = record.snapshot,
          .opening_sha256 = submitted.sha256,
          .opened_at = submitted.submitted_at,
          .changed_at = submitted.submitted_at};
  opened.deadlines = StartedByTask(opening.law, LegalDay(submitted.submitted_at));
  Append(StartedByApplying(submitted, opening.law), opened.deadlines);
  opened.task = WithDates({.id = ids.task,
                           .case_id = ids.case_id,
                           .authority_code = opening.authority.code,
                           .application_number = submitted.number,
                           .materials = submitted.materials,
                           .given_at = submitted.submitted_at},
                          opening.law);
  // Whoever applied here was told before; a pushed application comes as it is.
  if (submitted.pushed) opened.task.opinions = {OwnLook(submitted, opening)};
  if (!WaitsElsewhere(submitted, opening, kase)) {
    opened.events = {CaseOpened{opened.deadlines, opening.successions}, TaskGiven{opened.task}};
    return opened;
  }
  ++kase.version;
  // No authority here has it: only the applicant's own wait counts.
  std::erase_if(opened.deadlines, [](const auto& one) { return one.kind != kOverallDeadline; });
  CaseChanged change{.at = submitted.submitted_at};
  if (kase.state == CaseState::kPreCheck) {
    Append(StartedBy(opening.law, catalogue::kPreCheckBegun, LegalDay(submitted.submitted_at)),
           opened.deadlines);
  } else {
    change.words.reasons = {kase.reason};
  }
  opened.events = {CaseOpened{opened.deadlines, opening.successions}, std::move(change)};
  return opened;
}

}  // namespace xiufu::routing
