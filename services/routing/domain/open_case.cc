#include "services/routing/domain/open_case.h"

#include <optional>

#include "libs/base/legal_day.h"

namespace xiufu::routing {
namespace {

Task FirstTask(const Submitted& submitted, const NewIds& ids,
               const std::vector<DeadlineReceipt>& deadlines, const Law& law) {
  Task task{.id = ids.task,
            .case_id = ids.case_id,
            .application_number = submitted.number,
            .materials = submitted.materials,
            .given_at = submitted.submitted_at};
  if (const DeadlineReceipt* accept = FindReceipt(deadlines, kAcceptDeadline)) {
    task.accept_due = FormatDay(accept->due.day);
  }
  std::optional<absl::CivilDay> decide = LastDayToDecide(*law.rule, deadlines, law.calendar);
  if (decide.has_value()) task.decide_due = FormatDay(*decide);
  return task;
}

}  // namespace

OpenedCase OpenCase(const Submitted& submitted, const SubmittedRecord& record, const NewIds& ids,
                    const catalogue::Authority& authority, const Law& law) {
  OpenedCase opened;
  opened.kase = {.id = ids.case_id,
                 .application = submitted.application,
                 .record = record.record,
                 .record_version = record.version,
                 .task = ids.task,
                 .authority = {authority.code, authority.name, authority.uscc, authority.kind},
                 .rule = record.rule,
                 .snapshot = record.snapshot,
                 .opening_sha256 = submitted.sha256,
                 .opened_at = submitted.submitted_at,
                 .changed_at = submitted.submitted_at};
  opened.deadlines =
      DeadlinesFrom(*law.rule, "RECEIVED", LegalDay(submitted.submitted_at), law.calendar);
  opened.task = FirstTask(submitted, ids, opened.deadlines, law);
  opened.events = {CaseOpened{opened.deadlines}, TaskGiven{opened.task}};
  return opened;
}

}  // namespace xiufu::routing
