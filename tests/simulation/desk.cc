#include "tests/simulation/desk.h"

#include "absl/strings/str_cat.h"
#include "xiufu/department/v1/events.pb.h"

namespace xiufu::simulation {

absl::Status Desk::Act(const Id& about,
                       absl::FunctionRef<absl::Status(const messaging::Cause&, storage::Tx&)> act) {
  const absl::Time now = absl::FromUnixMillis(absl::ToUnixMillis(clock_->Now()));
  const messaging::Cause cause{ids_->NewV7(now), now, PlaceOf(about), ""};
  return routing_->WriteAndWait([&](storage::Tx& tx) { return act(cause, tx); });
}

absl::Status Desk::Assign(const routing::AssignCase::Command& command) {
  return Act(command.case_id, [&](const messaging::Cause& cause, storage::Tx& tx) {
    return routing::AssignCaseTo(command, *law_, cause, tx);
  });
}

absl::Status Desk::Allow(const routing::AllowSupplement::Command& command) {
  return Act(command.case_id, [&](const messaging::Cause& cause, storage::Tx& tx) {
    return routing::AllowSupplementOf(command, *law_, cause, tx);
  });
}

absl::Status Desk::Review(const routing::ReviewCase::Command& command) {
  return Act(command.case_id, [&](const messaging::Cause& cause, storage::Tx& tx) {
    return routing::ReviewCaseOf(command, *law_, cause, tx);
  });
}

absl::Status Desk::Think(const routing::ReviewCase::OpinionCommand& command) {
  return Act(command.case_id, [&](const messaging::Cause& cause, storage::Tx& tx) {
    return routing::GiveOpinionOn(command, *law_, cause, tx);
  });
}

absl::Status Desk::Tell(const routing::TellRelayed::Command& command) {
  return Act(command.case_id, [&](const messaging::Cause& cause, storage::Tx& tx) {
    return routing::TellRelayedCase(command, *law_, cause, tx);
  });
}

absl::Status Desk::Revoke(const routing::ReportRevocation::Command& command) {
  return Act(command.case_id, [&](const messaging::Cause& cause, storage::Tx& tx) {
    return routing::ReportRevocationOf(command, *law_, cause, tx);
  });
}

absl::Status Desk::AssignObjection(const routing::TakeObjection::Assignment& assignment) {
  return Act(assignment.objection, [&](const messaging::Cause& cause, storage::Tx& tx) {
    return routing::AssignObjectionTo(assignment, *law_, cause, tx);
  });
}

routing::Told ToldRefusal(const Id& case_id, const std::string& day) {
  const std::string answer_id = absl::StrCat("told/refused-", case_id.ToString());
  const std::string number = absl::StrCat("信修不准", case_id.ToString().substr(24));
  department::v1::Answer answer;
  answer.set_answer_id(answer_id);
  department::v1::Answer::Decided& decided = *answer.mutable_decided();
  decided.set_outcome(department::v1::Answer::REFUSED);
  decided.set_decision_no(number);
  decided.set_decision_date(day);
  decided.add_reasons("尚未履行完毕");
  decided.set_remedies("可依法申请行政复议");
  return {
      .answer_id = answer_id,
      .content = answer.SerializeAsString(),
      .person = "联络员",
      .source = "上级系统",
      .kind = routing::Decided{
          {routing::CaseResult::kRefused, number, day, {"尚未履行完毕"}, "可依法申请行政复议"}}};
}

}  // namespace xiufu::simulation
