#include "services/routing/domain/open_case.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"

namespace xiufu::routing {

Task WithDates(Task task, const catalogue::Rule& rule,
               const std::vector<DeadlineReceipt>& deadlines, const calendar::Calendar& calendar) {
  if (const DeadlineReceipt* accept = FindReceipt(deadlines, kAcceptDeadline)) {
    task.accept_due = FormatDay(accept->due.day);
  }
  std::optional<absl::CivilDay> decide = LastDayToDecide(rule, deadlines, calendar);
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
  if (opening.handling.empty()) return false;
  if (submitted.pushed) {
    kase.state = CaseState::kToBeAssigned;
    kase.reason = absl::StrCat(
        "由上级入口推送，而该单位的办件应在上级系统办理 / pushed from upstream, "
        "where cases of this authority are decided: ",
        opening.door);
    return true;
  }
  kase.state = CaseState::kWithUpstream;
  kase.handling = opening.handling;
  kase.reason = opening.door;
  return true;
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
  opened.deadlines = DeadlinesFrom(*opening.law.rule, "RECEIVED", LegalDay(submitted.submitted_at),
                                   opening.law.calendar);
  opened.task = WithDates({.id = ids.task,
                           .case_id = ids.case_id,
                           .authority_code = opening.authority.code,
                           .application_number = submitted.number,
                           .materials = submitted.materials,
                           .given_at = submitted.submitted_at},
                          *opening.law.rule, opened.deadlines, opening.law.calendar);
  if (!WaitsElsewhere(submitted, opening, kase)) {
    opened.events = {CaseOpened{opened.deadlines}, TaskGiven{opened.task}};
    return opened;
  }
  ++kase.version;
  // No authority here has it: only the applicant's own wait counts.
  std::erase_if(opened.deadlines, [](const auto& one) { return one.kind != kOverallDeadline; });
  opened.events = {CaseOpened{opened.deadlines},
                   CaseChanged{.at = submitted.submitted_at, .words = {.reasons = {kase.reason}}}};
  return opened;
}

}  // namespace xiufu::routing
