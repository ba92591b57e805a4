#include "tests/simulation/walk/walk_desk.h"

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "services/routing/drivers/desk_table.h"
#include "services/routing/drivers/objection_table.h"
#include "xiufu/department/v1/events.pb.h"

namespace xiufu::simulation {

using routing::CaseState;

namespace {

std::string Encoded(const std::string& answer_id, const routing::Revoked& finding) {
  department::v1::Answer answer;
  answer.set_answer_id(answer_id);
  department::v1::Answer::Revoked& revoked = *answer.mutable_revoked();
  revoked.set_kind(finding.kind);
  revoked.set_document_no(finding.document_no);
  revoked.set_found_on(finding.found_on);
  for (const std::string& reason : finding.reasons) revoked.add_reasons(reason);
  return answer.SerializeAsString();
}

}  // namespace

std::string AnyFinding(Dice& dice) {
  const std::vector<std::string> kinds = {"FALSE_MATERIAL", "UNTRUE_COMMITMENT", "NON_PERFORMANCE",
                                          "DECISION_ANNULLED", "PLAN_FAILED"};
  return dice.AnyOf(kinds);
}

WalkStep WalkDesk::Assign() {
  const auto one = SomeCase(*world_, dice_, {CaseState::kToBeAssigned});
  if (!one.has_value()) return {};
  const std::string& code = dice_.AnyOf(WalkFeeds::Authorities());
  return Tried(absl::StrCat(one->id.ToString(), " to ", code),
               world_->desk().Assign({one->id, code, "分办员", "按落款单位分办"}));
}

WalkStep WalkDesk::Allow() {
  std::vector<routing::UncountedAnswer> uncounted;
  world_->Read("routing", [&](storage::Session& session) {
    uncounted = routing::DeskTable().Uncounted(session, {}, 200);
  });
  if (uncounted.empty()) return {};
  const routing::AnswerKey& key = dice_.AnyOf(uncounted).key;
  return Tried(key.answer_id,
               world_->desk().Allow({key.case_id, key.answer_id, "督办员", "新的理由"}));
}

WalkStep WalkDesk::Review() {
  const auto one = SomeCase(*world_, dice_, {CaseState::kPreCheck});
  if (!one.has_value()) return {};
  std::vector<std::string> defects;
  if (dice_.OneIn(3)) defects = {"缺整改报告"};
  return Tried(absl::StrCat(one->id.ToString(), defects.empty() ? "" : " defects"),
               world_->desk().Review({one->id, defects, "预审员", "已核对"}));
}

WalkStep WalkDesk::Think() {
  const auto one = SomeCase(*world_, dice_, {CaseState::kWithAuthority});
  if (!one.has_value()) return {};
  return Tried(one->id.ToString(), world_->desk().Think({one->id, "预审员", "材料齐全"}));
}

WalkStep WalkDesk::Tell() {
  const auto one = SomeCase(*world_, dice_, {CaseState::kWithUpstream, CaseState::kToBeAssigned});
  if (!one.has_value()) return {};
  const routing::Told told = AnythingTold(one->id);
  return Tried(told.answer_id, world_->desk().Tell({one->id, told}));
}

routing::Told WalkDesk::AnythingTold(const Id& case_id) {
  const std::string today = FormatDay(LegalDay(world_->clock().Now()));
  routing::Told told{.answer_id = absl::StrCat("told/", ++told_),
                     .content = absl::StrCat(told_),
                     .person = "联络员",
                     .source = "上级系统"};
  switch (dice_.Below(4)) {
    case 0:
      told.kind = routing::Told::Filed{absl::StrCat("XYZG-", told_), today};
      return told;
    case 1:
      told.kind = routing::Accepted{absl::StrCat("受", told_)};
      return told;
    case 2:
      told.kind = routing::NotAccepted{"", {"材料不符"}, "可依法申请行政复议"};
      return told;
    default:
      return ToldRefusal(case_id, today);
  }
}

WalkStep WalkDesk::Revoke() {
  const auto one = SomeCase(*world_, dice_, {CaseState::kConcluded});
  if (!one.has_value()) return {};
  routing::Revoked finding{.kind = AnyFinding(dice_),
                           .document_no = absl::StrCat("撤", dice_.Below(50)),
                           .found_on = FormatDay(LegalDay(world_->clock().Now())),
                           .reasons = {"查实"},
                           .reported_by = "来函"};
  routing::Answered answered;
  answered.answer_id = absl::StrCat("revocation/", finding.document_no);
  answered.content = Encoded(answered.answer_id, finding);
  answered.kind = std::move(finding);
  return Tried(one->id.ToString(), world_->desk().Revoke({one->id, "", std::move(answered)}));
}

WalkStep WalkDesk::AssignObjection() {
  std::vector<routing::Objection> all;
  world_->Read("routing", [&](storage::Session& session) {
    all = routing::ObjectionTable().List(session, Id(), !dice_.OneIn(6), 200);
  });
  if (all.empty()) return {};
  const Id& one = dice_.AnyOf(all).id;
  const std::string& code = dice_.AnyOf(WalkFeeds::Authorities());
  return Tried(one.ToString(),
               world_->desk().AssignObjection({one, code, "分办员", "按认定单位分办"}));
}

}  // namespace xiufu::simulation
