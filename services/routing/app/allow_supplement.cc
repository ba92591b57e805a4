#include "services/routing/app/allow_supplement.h"

#include <optional>

#include "libs/base/status.h"

namespace xiufu::routing {
namespace {

absl::Status NothingToAllow(absl::string_view why) {
  return WithReason(absl::FailedPreconditionError(why), "NOTHING_TO_ALLOW");
}

}  // namespace

absl::Status AllowSupplement::operator()(const Command& command, const messaging::Cause& cause,
                                         storage::Tx& tx) const {
  const std::optional<Case> kase = ports_->cases->Find(tx, command.case_id);
  if (!kase) return WithReason(absl::NotFoundError("no such case"), "CASE_NOT_FOUND");
  const std::optional<AnswerRow> row =
      ports_->answers->Find(tx, {kase->id, kase->task, command.answer_id});
  if (!row) {
    return WithReason(absl::NotFoundError("no such answer to the case's task"), "ANSWER_NOT_FOUND");
  }
  if (row->counts || row->kind != InputKind::kSupplementAsked) {
    return NothingToAllow("the answer is no supplement request that waits for a supervisor");
  }
  const absl::StatusOr<Meaning> meaning =
      inputs_->Take({kase->id, kase->application, cause.now,
                     SupplementAllowed{command.answer_id, ports_->codec->RequestIn(row->content),
                                       command.person, command.reason}},
                    cause, tx);
  if (!meaning.ok()) return meaning.status();
  if (*meaning == Meaning::kMove) return absl::OkStatus();
  return NothingToAllow("the case is not with the authority");
}

}  // namespace xiufu::routing
