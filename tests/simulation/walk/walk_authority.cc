#include "tests/simulation/walk/walk_authority.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"

namespace xiufu::simulation {
namespace {

constexpr char kRemedies[] = "可依法申请行政复议";

}  // namespace

absl::Status WalkAuthority::Lost() {
  return Below(10) == 0 ? absl::UnavailableError("lost on its way") : absl::OkStatus();
}

absl::StatusOr<department::Receipt> WalkAuthority::Deliver(const department::Task& task,
                                                           const department::ApplicationFile&,
                                                           absl::Time deadline) {
  if (absl::Status lost = Lost(); !lost.ok()) return lost;
  if (!Query(task, deadline).ok()) tasks_.push_back(task);
  if (absl::Status lost = Lost(); !lost.ok()) return lost;
  return Query(task, deadline);
}

absl::StatusOr<department::Receipt> WalkAuthority::Query(const department::Task& task, absl::Time) {
  const bool known = std::any_of(tasks_.begin(), tasks_.end(),
                                 [&](const department::Task& one) { return one.id == task.id; });
  if (!known) return absl::NotFoundError("never arrived");
  return department::Receipt{absl::StrCat("no-", task.id.ToString()), std::nullopt};
}

absl::Status WalkAuthority::PassOn(const department::Task&, const department::Supplement&,
                                   const department::ApplicationFile&, absl::Time) {
  return Lost();
}
absl::Status WalkAuthority::Complain(const department::Task&, const department::Fault&,
                                     absl::Time) {
  return Lost();
}
absl::Status WalkAuthority::Cancel(const department::Task&, const department::Cancellation&,
                                   absl::Time) {
  return Lost();
}

bool WalkAuthority::SayAnything() {
  if (tasks_.empty()) return false;
  if (!said_.empty() && Below(6) == 0) {
    AnswerAt(Now(), said_[Below(static_cast<int>(said_.size()))]);
    return true;
  }
  // Mostly to what came last: the others are over, as a rule.
  const int count = static_cast<int>(tasks_.size());
  const department::Task& task =
      tasks_[Below(3) == 0 ? Below(count) : count - 1 - Below(std::min(count, 3))];
  said_.push_back({absl::StrCat("answer-", said_.size()), task.id, "", Anything(task)});
  AnswerAt(Now(), said_.back());
  return true;
}

decltype(department::Answer::kind) WalkAuthority::Anything(const department::Task& task) {
  switch (Below(12)) {
    case 0:
    case 1:
    case 2:
      return department::Accepted{"受理1"};
    case 3:
      return department::NotAccepted{"", {"不符合条件"}, kRemedies};
    case 4:
    case 5:
    case 6:
      return Below(3) == 0 ? department::SupplementRequested{{"缺承诺书"}, {{0, "M2"}}}
                           : department::SupplementRequested{{"缺缴款凭证"}, {}};
    case 7:
      return department::Extended{"", "需要实地核查"};
    case 8:
      return department::Returned{"非本单位"};
    default:
      return AnyDecision(task);
  }
}

// One in some is not complete: the ledger sends it back.
department::Decided WalkAuthority::AnyDecision(const department::Task& task) {
  department::Decided decided;
  decided.approved = Below(2) == 0;
  decided.decision_no = absl::StrCat("决定", Below(10'000));
  decided.decision_date = FormatDay(LegalDay(Now()));
  decided.record_version = task.record.version;
  if (!decided.approved) {
    decided.reasons = {"尚未履行完毕"};
    if (Below(5) > 0) decided.remedies = kRemedies;
  }
  return decided;
}

}  // namespace xiufu::simulation
