#include "services/routing/app/report_revocation.h"

#include <optional>
#include <utility>
#include <vector>

#include "libs/base/status.h"
#include "services/routing/domain/why_not.h"

namespace xiufu::routing {
namespace {

absl::Status KnownOtherwise() {
  return WithReason(
      absl::AlreadyExistsError("该文号的认定已登记，内容与本次不同 / a finding with this document "
                               "number was told before, with other content"),
      "FINDING_KNOWN_OTHERWISE");
}

}  // namespace

absl::Status ReportRevocation::operator()(const Command& command, const messaging::Cause& cause,
                                          storage::Tx& tx) const {
  absl::StatusOr<Case> kase = FindCase(command, tx);
  if (!kase.ok()) return kase.status();
  Answered finding = command.finding;
  finding.task = kase->task;
  finding.authority_code = kase->authority.code;
  const CaseInput input{kase->id, kase->application, cause.now, std::move(finding)};
  const absl::StatusOr<Meaning> meaning = inputs_->Take(input, cause, tx);
  if (absl::IsAlreadyExists(meaning.status())) return KnownOtherwise();
  if (!meaning.ok()) return meaning.status();
  if (*meaning == Meaning::kNote || *meaning == Meaning::kNothing) return absl::OkStatus();
  return WithReason(absl::FailedPreconditionError(WhyNot(*kase, input, Meaning::kRecord)),
                    "NOTHING_TO_REVOKE");
}

absl::StatusOr<Case> ReportRevocation::FindCase(const Command& command, storage::Tx& tx) const {
  std::vector<Id> ids{command.case_id};
  if (command.case_id.IsNone()) ids = ports_->cases->ConcludedBy(tx, command.decision_no);
  if (ids.size() > 1) {
    return WithReason(
        absl::FailedPreconditionError("有多个子办件以该文号办结，请指明子办件 / several cases were "
                                      "concluded under this number: name the case"),
        "DECISION_NO_AMBIGUOUS");
  }
  std::optional<Case> kase = ids.empty() ? std::nullopt : ports_->cases->Find(tx, ids.front());
  if (!kase)
    return WithReason(absl::NotFoundError("没有该子办件 / no such case"), "CASE_NOT_FOUND");
  return *std::move(kase);
}

}  // namespace xiufu::routing
