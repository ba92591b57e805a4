#include "tests/simulation/walk/walk_authority.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "tests/simulation/walk/walk_desk.h"

namespace xiufu::simulation {
namespace {

constexpr char kRemedies[] = "可依法申请行政复议";

}  // namespace

absl::Status WalkAuthority::Lost() {
  return dice_.OneIn(10) ? absl::UnavailableError("lost on its way") : absl::OkStatus();
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
  if (!said_.empty() && dice_.OneIn(6)) {
    AnswerAt(Now(), dice_.AnyOf(said_));
    return true;
  }
  // Mostly to what came last: the others are over, as a rule.
  const int count = static_cast<int>(tasks_.size());
  const department::Task& task =
      tasks_[dice_.OneIn(3) ? dice_.Below(count) : count - 1 - dice_.Below(std::min(count, 3))];
  Kind kind = task.is_objection() ? AnythingToAnObjection() : Anything(task);
  said_.push_back({absl::StrCat("answer-", said_.size()), task.id, "", std::move(kind)});
  AnswerAt(Now(), said_.back());
  return true;
}

WalkAuthority::Kind WalkAuthority::Anything(const department::Task& task) {
  switch (dice_.Below(13)) {
    case 0:
    case 1:
    case 2:
      return department::Accepted{"受理1"};
    case 3:
      return department::NotAccepted{"", {"不符合条件"}, kRemedies};
    case 4:
    case 5:
    case 6:
      return dice_.OneIn(3) ? department::SupplementRequested{{"缺承诺书"}, {{0, "M2"}}}
                            : department::SupplementRequested{{"缺缴款凭证"}, {}};
    case 7:
      return department::Extended{"", "需要实地核查"};
    case 8:
      return department::Returned{"非本单位"};
    case 9:
      return department::Revoked{.kind = AnyFinding(dice_),
                                 .document_no = absl::StrCat("撤", dice_.Below(50)),
                                 .found_on = FormatDay(LegalDay(Now())),
                                 .reasons = {"查实"}};
    default:
      return AnyDecision(task);
  }
}

WalkAuthority::Kind WalkAuthority::AnythingToAnObjection() {
  switch (dice_.Below(3)) {
    case 0:
      return department::ObjectionUpheld{"", "更正处罚种类", {"经核实有误"}};
    case 1:
      return department::ObjectionRejected{"", {"经核实无误"}, kRemedies};
    default:
      return department::Returned{"非本单位"};
  }
}

// One in some is not complete: the ledger sends it back.
department::Decided WalkAuthority::AnyDecision(const department::Task& task) {
  department::Decided decided;
  decided.approved = dice_.OneIn(2);
  decided.decision_no = absl::StrCat("决定", dice_.Below(10'000));
  decided.decision_date = FormatDay(LegalDay(Now()));
  decided.record_version = task.record.version;
  if (!decided.approved) {
    decided.reasons = {"尚未履行完毕"};
    if (!dice_.OneIn(5)) decided.remedies = kRemedies;
  }
  return decided;
}

}  // namespace xiufu::simulation
