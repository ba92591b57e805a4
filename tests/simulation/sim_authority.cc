#include "tests/simulation/sim_authority.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace xiufu::simulation {

bool SimAuthority::Chance(double probability) {
  return std::uniform_real_distribution<double>(0, 1)(*random_) < probability;
}

absl::Duration SimAuthority::SomeHours() {
  return absl::Minutes(std::uniform_int_distribution<int>(1, 60 * 30)(*random_));
}

absl::StatusOr<department::Receipt> SimAuthority::Deliver(const department::Task& task,
                                                          const department::ApplicationFile&,
                                                          absl::Time) {
  if (Chance(0.1)) return absl::UnavailableError("the call was lost on its way");
  auto [receipt, first] =
      receipts_.emplace(task.id, absl::StrCat(code(), "-", receipts_.size() + 1));
  if (first) Plan(task);
  if (Chance(0.1)) return absl::UnavailableError("the answer was lost on its way");
  return department::Receipt{receipt->second, std::nullopt};
}

absl::StatusOr<department::Receipt> SimAuthority::Query(const department::Task& task, absl::Time) {
  auto receipt = receipts_.find(task.id);
  if (receipt == receipts_.end()) return absl::NotFoundError("never arrived");
  return department::Receipt{receipt->second, std::nullopt};
}

absl::Status SimAuthority::PassOn(const department::Task& task,
                                  const department::Supplement& supplement,
                                  const department::ApplicationFile&, absl::Time) {
  int& round = rounds_[task.id];
  if (supplement.round <= round) return absl::OkStatus();
  round = supplement.round;
  PlanDecision(task.id, task.record.version, Now() + SomeHours());
  return absl::OkStatus();
}

absl::Status SimAuthority::Complain(const department::Task&, const department::Fault&, absl::Time) {
  return absl::OkStatus();
}

absl::Status SimAuthority::Cancel(const department::Task& task, const department::Cancellation&,
                                  absl::Time) {
  Forget(task.id);
  return absl::OkStatus();
}

void SimAuthority::Plan(const department::Task& task) {
  department::Answer accepted;
  accepted.answer_id = absl::StrCat("accepted-", task.id.ToString());
  accepted.task = task.id;
  accepted.kind = department::Accepted{absl::StrCat("受理", receipts_.size())};
  const absl::Time accepted_at = Now() + SomeHours();
  AnswerLater(accepted_at, accepted);
  if (!ask_for_supplements_) {
    PlanDecision(task.id, task.record.version, accepted_at + SomeHours());
    return;
  }
  department::Answer incomplete;
  incomplete.answer_id = absl::StrCat("supplement-", task.id.ToString());
  incomplete.task = task.id;
  incomplete.kind = department::SupplementRequested{{"缺少缴款凭证"}};
  AnswerLater(accepted_at + SomeHours(), incomplete);
}

void SimAuthority::PlanDecision(const Id& task, uint64_t record_version, absl::Time after) {
  department::Answer answer;
  answer.answer_id = absl::StrCat("decided-", task.ToString());
  answer.task = task;
  department::Decided decided;
  decided.approved = refuse_every_ == 0 || receipts_.size() % refuse_every_ != 0;
  decided.decision_no = absl::StrCat("修复决定", receipts_.size());
  decided.decision_date = absl::FormatCivilTime(absl::ToCivilDay(after, ShanghaiZone()));
  decided.record_version = record_version;
  if (!decided.approved) {
    decided.reasons = {"尚未履行完毕"};
    decided.remedies = "可依法申请行政复议或者提起行政诉讼";
  }
  answer.kind = decided;
  AnswerLater(after, answer);
}

void SimAuthority::AnswerLater(absl::Time due, department::Answer answer) {
  if (Chance(0.2)) AnswerAt(due + absl::Minutes(1), answer);  // and once more
  AnswerAt(due, std::move(answer));
}

}  // namespace xiufu::simulation
