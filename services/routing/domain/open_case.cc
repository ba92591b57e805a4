#include "services/routing/domain/open_case.h"

#include <optional>

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
  if (opening.unknown_because.empty()) {
    opened.events = {CaseOpened{opened.deadlines, opening.successions}, TaskGiven{opened.task}};
    return opened;
  }
  kase.state = CaseState::kToBeAssigned;
  kase.reason = opening.unknown_because;
  ++kase.version;
  // Nobody has it: only the applicant's own wait counts.
  std::erase_if(opened.deadlines, [](const auto& one) { return one.kind != kOverallDeadline; });
  opened.events = {CaseOpened{opened.deadlines, {}},
                   CaseChanged{.at = submitted.submitted_at, .words = {.reasons = {kase.reason}}}};
  return opened;
}

}  // namespace xiufu::routing
