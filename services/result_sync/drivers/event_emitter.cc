#include "services/result_sync/drivers/event_emitter.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/timestamp.pb.h"
#include "libs/storage/outbox.h"
#include "xiufu/result/v1/events.pb.h"
#include "xiufu/result/v1/revocation_events.pb.h"

namespace xiufu::result {
namespace {

std::string BytesOf(const Id& id) { return std::string(id.bytes()); }

void SetTime(absl::Time time, google::protobuf::Timestamp* proto) {
  const timespec spec = absl::ToTimespec(time);
  proto->set_seconds(spec.tv_sec);
  proto->set_nanos(static_cast<int32_t>(spec.tv_nsec));
}

std::string CaseName(const Id& case_id) { return absl::StrCat("cases/", case_id.ToString()); }

template <typename Proto>
void Append(storage::Tx& tx, const messaging::Cause& cause, absl::string_view type,
            std::string subject, const Id& case_id, const Id& application, Proto& proto) {
  proto.set_case_id(BytesOf(case_id));
  proto.set_application(BytesOf(application));
  const messaging::About about{"result", type, std::move(subject), application, case_id};
  tx.outbox().Append(
      tx, messaging::NewEvent(cause, "/xiufu/result_sync", about, Proto::descriptor()->full_name(),
                              proto.SerializeAsString()));
}

}  // namespace

void EventEmitter::DecisionEntered(storage::Tx& tx, const messaging::Cause& cause,
                                   const Decision& decision) const {
  const TakenAnswer& answer = decision.answer;
  result::v1::DecisionEntered proto;
  proto.set_decision(BytesOf(decision.id));
  proto.set_record(BytesOf(answer.record));
  proto.set_record_version(answer.record_version);
  proto.set_subject_uscc(answer.subject_uscc);
  proto.mutable_authority()->set_code(answer.authority.code);
  proto.mutable_authority()->set_name(answer.authority.name);
  proto.mutable_authority()->set_uscc(answer.authority.uscc);
  proto.set_result(static_cast<common::v1::CaseResult>(answer.outcome));
  proto.set_decision_no(answer.decision_no);
  proto.set_decision_date(answer.decision_date);
  *proto.mutable_reasons() = {answer.reasons.begin(), answer.reasons.end()};
  proto.set_remedies(answer.remedies);
  SetTime(decision.entered_at, proto.mutable_entered_at());
  if (answer.outcome == Outcome::kApproved) {
    *proto.mutable_effects() = {answer.effects.begin(), answer.effects.end()};
  }
  proto.set_result_word(answer.result_word);
  proto.set_reported_by(answer.reported_by);
  if (answer.outcome == Outcome::kApproved && !answer.commitment.title.empty()) {
    proto.mutable_commitment()->set_title(answer.commitment.title);
    proto.mutable_commitment()->set_title_en(answer.commitment.title_en);
    proto.mutable_commitment()->set_made_on(answer.commitment.made_on);
    proto.mutable_commitment()->set_rule_id(answer.commitment.rule_id);
  }
  Append(tx, cause, "xiufu.result.decision_entered.v1", CaseName(answer.case_id), answer.case_id,
         answer.application, proto);
}

void EventEmitter::DecisionFaulty(storage::Tx& tx, const messaging::Cause& cause,
                                  const TakenAnswer& answer, absl::string_view reason) const {
  result::v1::DecisionFaulty proto;
  proto.set_task(BytesOf(answer.task));
  proto.set_answer_id(answer.answer_id);
  proto.set_reason(std::string(reason));
  SetTime(answer.taken_at, proto.mutable_found_at());
  Append(tx, cause, "xiufu.result.decision_faulty.v1", CaseName(answer.case_id), answer.case_id,
         answer.application, proto);
}

void EventEmitter::EffectConfirmed(storage::Tx& tx, const messaging::Cause& cause,
                                   const Id& case_id, const Id& application,
                                   const std::vector<std::string>& effects, absl::Time at) const {
  result::v1::EffectConfirmed proto;
  *proto.mutable_effects() = {effects.begin(), effects.end()};
  SetTime(at, proto.mutable_confirmed_at());
  Append(tx, cause, "xiufu.result.effect_confirmed.v1", CaseName(case_id), case_id, application,
         proto);
}

void EventEmitter::DecisionRevoked(storage::Tx& tx, const messaging::Cause& cause,
                                   const Revocation& revocation) const {
  const TakenRevocation& taken = revocation.taken;
  result::v1::DecisionRevoked proto;
  proto.set_revocation(BytesOf(revocation.id));
  proto.set_decision(BytesOf(taken.decision));
  proto.set_record(BytesOf(taken.record));
  proto.set_subject_uscc(revocation.subject_uscc);
  proto.mutable_authority()->set_code(taken.authority.code);
  proto.mutable_authority()->set_name(taken.authority.name);
  proto.mutable_authority()->set_uscc(taken.authority.uscc);
  proto.set_kind(taken.kind);
  proto.set_kind_name(taken.kind_name);
  proto.set_kind_name_en(taken.kind_name_en);
  proto.set_document_no(taken.document_no);
  proto.set_found_on(taken.found_on);
  *proto.mutable_reasons() = {taken.reasons.begin(), taken.reasons.end()};
  proto.set_remedies(taken.remedies);
  proto.set_found_by(taken.found_by);
  SetTime(taken.taken_at, proto.mutable_entered_at());
  if (taken.breach) {
    routing::v1::Breach& breach = *proto.mutable_breach();
    breach.set_rule_id(taken.breach->rule_id);
    breach.set_regime(taken.breach->regime);
    breach.set_ban_from(taken.breach->ban_from);
    breach.set_ban_until(taken.breach->ban_until);
    breach.set_source(taken.breach->source);
    breach.set_confidence(taken.breach->confidence);
  }
  proto.set_restarts(taken.restarts);
  proto.set_breaks_commitment(taken.breaks_commitment);
  proto.set_reported_by(taken.reported_by);
  proto.set_of_report(revocation.of_report);
  Append(tx, cause, "xiufu.result.decision_revoked.v1", CaseName(taken.case_id), taken.case_id,
         taken.application, proto);
}

void EventEmitter::RestorationConfirmed(storage::Tx& tx, const messaging::Cause& cause,
                                        const Restored& restored) const {
  result::v1::RestorationConfirmed proto;
  proto.set_state(static_cast<common::v1::RecordState>(restored.state));
  proto.set_publicity_end(restored.publicity_end);
  SetTime(restored.restored_at, proto.mutable_restored_at());
  Append(tx, cause, "xiufu.result.restoration_confirmed.v1", CaseName(restored.case_id),
         restored.case_id, restored.application, proto);
}

void EventEmitter::LoopClosed(storage::Tx& tx, const messaging::Cause& cause, const Id& case_id,
                              const Id& application, absl::Time at) const {
  result::v1::LoopClosed proto;
  SetTime(at, proto.mutable_closed_at());
  Append(tx, cause, "xiufu.result.loop_closed.v1", CaseName(case_id), case_id, application, proto);
}

}  // namespace xiufu::result
