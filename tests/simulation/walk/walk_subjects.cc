#include "tests/simulation/walk/walk_subjects.h"

#include "absl/strings/str_cat.h"

namespace xiufu::simulation {

using routing::CaseState;

WalkStep WalkSubjects::Apply() {
  const std::string& subject = dice_.AnyOf(feeds_->subjects());
  std::vector<Id> chosen;
  for (const Id& record : feeds_->RecordsOf(subject)) {
    if (dice_.OneIn(3)) chosen.push_back(record);
  }
  if (chosen.empty()) return {"for nothing", false};
  return Tried(absl::StrCat("for ", chosen.size()),
               world_->applicant().Apply(subject, chosen).status());
}

WalkStep WalkSubjects::Supplement() {
  const auto one = SomeCase(*world_, dice_, {CaseState::kSupplementRequested});
  if (!one.has_value()) return {};
  return Tried(one->id.ToString(), world_->applicant().Supplement(one->application, one->id));
}

WalkStep WalkSubjects::Withdraw() {
  const auto one = SomeCase(
      *world_, dice_, {CaseState::kWithAuthority, CaseState::kPreCheck, CaseState::kWithUpstream});
  if (!one.has_value()) return {};
  std::vector<Id> cases;
  if (!dice_.OneIn(4)) cases.push_back(one->id);
  return Tried(one->id.ToString(), world_->applicant().Withdraw(one->application, cases));
}

WalkStep WalkSubjects::Object() {
  Applicant::About about;
  about.kind = static_cast<intake::ObjectionKind>(1 + dice_.Below(3));
  about.record = dice_.AnyOf(feeds_->records());
  const auto one = SomeCase(*world_, dice_, {CaseState::kConcluded});
  if (one.has_value() && about.kind == intake::ObjectionKind::kResult) {
    about = {one->record, about.kind, one->application, one->id};
  }
  const absl::StatusOr<Id> objection =
      world_->applicant().Object(feeds_->SubjectOf(about.record), about);
  if (objection.ok()) objections_.push_back(*objection);
  return Tried(absl::StrCat("to ", about.record.ToString()), objection.status());
}

WalkStep WalkSubjects::GiveUpObjection() {
  if (objections_.empty()) return {};
  const Id& one = dice_.AnyOf(objections_);
  return Tried(one.ToString(), world_->applicant().GiveUpObjection(one));
}

}  // namespace xiufu::simulation
