#include "services/routing/app/repetition.h"

#include "absl/strings/str_cat.h"

namespace xiufu::routing {
namespace {

// What was taken under the input's key, if anything was; compared with ContentOf(input).
struct TakenContent {
  const Ports& ports;
  const Case& kase;
  storage::Tx& tx;

  std::optional<std::string> operator()(const Delivered&) const { return std::nullopt; }
  std::optional<std::string> operator()(const Answered& answered) const {
    std::optional<AnswerRow> row =
        ports.answers->Find(tx, {kase.id, answered.task, answered.answer_id});
    if (!row.has_value()) return std::nullopt;
    return std::move(row->content);
  }
  std::optional<std::string> operator()(const Supplemented& supplemented) const {
    return ports.supplements->FindMaterials(tx, kase.id, supplemented.round);
  }
  // The state of the case tells.
  std::optional<std::string> operator()(const SupplementMissed&) const { return std::nullopt; }
  std::optional<std::string> operator()(const WithdrawalAsked&) const { return std::nullopt; }
  std::optional<std::string> operator()(const Assigned&) const { return std::nullopt; }
  std::optional<std::string> operator()(const Reviewed&) const { return std::nullopt; }
  std::optional<std::string> operator()(const SupplementAllowed&) const { return std::nullopt; }
  std::optional<std::string> operator()(const DecisionEntered&) const {
    if (kase.decision.IsNone()) return std::nullopt;
    return std::string(kase.decision.bytes());
  }
  std::optional<std::string> operator()(const DecisionFaulty& faulty) const {
    std::optional<AnswerRow> row = ports.answers->Find(tx, {kase.id, kase.task, faulty.answer_id});
    if (!row.has_value() || row->fault_reason.empty()) return std::nullopt;
    return std::move(row->fault_reason);
  }
  std::optional<std::string> operator()(const LoopClosed&) const {
    if (kase.loop_closed_at == absl::InfinitePast()) return std::nullopt;
    return "";
  }
  // The request id tells.
  std::optional<std::string> operator()(const Told&) const { return std::nullopt; }
  // The first of a kind stands: its content is never looked at again.
  std::optional<std::string> operator()(const Reported& reported) const {
    const AnswerKey key{kase.id, kase.task, reported.answer_id};
    if (!ports.answers->Find(tx, key).has_value()) return std::nullopt;
    return reported.content;
  }
};

}  // namespace

absl::StatusOr<bool> IsRepetition(const Ports& ports, const Case& kase, const CaseInput& input,
                                  storage::Tx& tx) {
  std::optional<std::string> taken = std::visit(TakenContent{ports, kase, tx}, input.what);
  if (!taken.has_value()) return false;
  if (*taken == ContentOf(input)) return true;
  return OtherContent(input);
}

absl::Status OtherContent(const CaseInput& input) {
  return absl::AlreadyExistsError(absl::StrCat("case ", input.case_id.ToString(), ": ",
                                               KeyOf(input), " is known with other content"));
}

}  // namespace xiufu::routing
