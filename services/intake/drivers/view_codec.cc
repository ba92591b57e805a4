#include "services/intake/drivers/view_codec.h"

#include <string>

#include "libs/base/legal_day.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/drivers/case_codec.h"
#include "services/intake/drivers/common_codec.h"
#include "services/intake/drivers/next_step_codec.h"

namespace xiufu::intake {
namespace {

v1::Applicant ToProto(const Applicant& applicant) {
  v1::Applicant proto;
  proto.set_name(applicant.name);
  proto.set_phone(applicant.phone);
  proto.set_capacity(static_cast<common::v1::Capacity>(applicant.capacity));
  return proto;
}

common::v1::Origin ToProto(const Origin& origin) {
  common::v1::Origin proto;
  proto.set_front_door(static_cast<common::v1::FrontDoor>(origin.front_door));
  proto.set_channel(origin.channel);
  proto.set_upstream_no(origin.upstream_no);
  proto.set_upstream_query_code(origin.upstream_query_code);
  if (Happened(origin.received_at)) *proto.mutable_received_at() = TimestampOf(origin.received_at);
  if (Happened(origin.pushed_at)) *proto.mutable_pushed_at() = TimestampOf(origin.pushed_at);
  return proto;
}

void SetTimes(const Application& application, v1::Application& proto) {
  *proto.mutable_create_time() = TimestampOf(application.created);
  if (Happened(application.submitted)) {
    *proto.mutable_submit_time() = TimestampOf(application.submitted);
  }
  if (Happened(application.concluded)) {
    *proto.mutable_conclude_time() = TimestampOf(application.concluded);
  }
}

}  // namespace

v1::Eligibility::Verdict ToProto(catalogue::Verdict verdict) {
  switch (verdict) {
    case catalogue::Verdict::kEligible:
      return v1::Eligibility::ELIGIBLE;
    case catalogue::Verdict::kNotYet:
      return v1::Eligibility::NOT_YET;
    case catalogue::Verdict::kNotRepairable:
      return v1::Eligibility::NOT_REPAIRABLE;
    case catalogue::Verdict::kNeedsPerson:
      break;
  }
  return v1::Eligibility::NEEDS_PERSON;
}

namespace {

std::string DayOrNothing(const std::optional<absl::CivilDay>& day) {
  return day ? FormatDay(*day) : std::string();
}

v1::Eligibility::Ban ToProto(const Ban& ban) {
  v1::Eligibility::Ban proto;
  proto.set_from_date(FormatDay(ban.from));
  proto.set_until_date(FormatDay(ban.until));
  proto.set_document_no(ban.document_no);
  *proto.mutable_authority() = ToProto(ban.authority);
  proto.set_rule_id(ban.rule_id);
  proto.set_source(ban.source);
  proto.set_confidence(ban.confidence);
  proto.set_unverified(!catalogue::IsVerified(ban.confidence));
  return proto;
}

v1::Eligibility::Condition::State StateOf(catalogue::ConditionState::State state) {
  switch (state) {
    case catalogue::ConditionState::State::kMet:
      return v1::Eligibility::Condition::MET;
    case catalogue::ConditionState::State::kNotMet:
      return v1::Eligibility::Condition::NOT_MET;
    case catalogue::ConditionState::State::kToProve:
      return v1::Eligibility::Condition::TO_PROVE;
    case catalogue::ConditionState::State::kByAuthority:
      break;
  }
  return v1::Eligibility::Condition::BY_AUTHORITY;
}

// What the law looks at one by one.
void AddLaw(const Eligibility& eligibility, v1::Eligibility& proto) {
  for (const catalogue::ConditionState& condition : eligibility.conditions) {
    v1::Eligibility::Condition& added = *proto.add_conditions();
    added.set_id(condition.id);
    added.set_state(StateOf(condition.state));
    added.set_text(condition.name.zh);
    added.set_text_en(condition.name.en);
    for (const std::string& kind : condition.materials) added.add_materials(kind);
  }
  for (const catalogue::Window& period : eligibility.periods) {
    v1::Eligibility::Period& added = *proto.add_periods();
    added.set_rule_id(period.rule_id);
    added.set_earliest_date(DayOrNothing(period.earliest));
    added.set_publicity_end_date(DayOrNothing(period.end));
    added.set_source(period.source);
    added.set_confidence(period.confidence);
  }
  if (eligibility.channel) {
    v1::Eligibility::Channel& channel = *proto.mutable_channel();
    channel.set_id(eligibility.channel->id);
    channel.set_name(eligibility.channel->name);
    channel.set_name_en(eligibility.channel->name_en);
    channel.set_source(eligibility.channel->source);
    channel.set_confidence(eligibility.channel->confidence);
  }
  if (eligibility.item) {
    v1::Eligibility::Item& item = *proto.mutable_item();
    item.set_id(eligibility.item->id);
    item.set_name(eligibility.item->name);
    item.set_name_en(eligibility.item->name_en);
    item.set_base_code(eligibility.item->base_code);
    item.set_implementation_code(eligibility.item->implementation_code);
    item.set_one_thing_code(eligibility.item->one_thing_code);
    item.set_provisional(eligibility.item->provisional);
  }
  if (eligibility.handling) {
    proto.set_handling(std::string(catalogue::ToString(*eligibility.handling)));
  }
}

}  // namespace

v1::Application ToProto(const ApplicationView& view) {
  const Application& application = view.application;
  v1::Application proto;
  proto.set_name(ApplicationName(application.id));
  proto.set_number(application.number);
  proto.set_subject_uscc(application.subject_uscc);
  for (const Id& record : view.records) proto.add_records(RecordName(record));
  *proto.mutable_applicant() = ToProto(application.applicant);
  *proto.mutable_origin() = ToProto(application.origin);
  proto.set_state(static_cast<v1::Application::State>(application.state));
  for (const CaseView& one : view.cases) *proto.add_cases() = ToProto(one);
  for (const Material& material : view.materials) *proto.add_materials() = ToProto(material);
  SetTimes(application, proto);
  if (view.with_query_code) proto.set_query_code(application.query_code);
  proto.set_one_thing_no(application.one_thing_no);
  proto.set_platform_no(application.platform_no);
  proto.set_loop_closed(Happened(application.loop_closed));
  return proto;
}

v1::Material ToProto(const Material& material) {
  v1::Material proto;
  proto.set_name(MaterialName(material.id));
  proto.set_kind(material.kind);
  proto.set_file_name(material.file_name);
  proto.set_media_type(material.media_type);
  proto.set_size(material.size);
  proto.set_sha256(HexEncode(material.sha256));
  *proto.mutable_create_time() = TimestampOf(material.created);
  return proto;
}

v1::TimelineEntry ToProto(const TimelineEntry& entry) {
  v1::TimelineEntry proto;
  proto.set_position(entry.position);
  *proto.mutable_time() = TimestampOf(entry.time);
  proto.set_code(entry.code);
  proto.set_text(entry.text);
  proto.set_text_en(entry.text_en);
  proto.set_case_name(CaseName(entry.case_id));
  proto.set_record(RecordName(entry.record));
  proto.set_case_state(static_cast<common::v1::CaseState>(entry.case_state));
  proto.set_result(static_cast<common::v1::CaseResult>(entry.result));
  proto.set_application_state(static_cast<v1::Application::State>(entry.application_state));
  if (!entry.next.text.empty()) *proto.mutable_next_step() = ToProto(entry.next);
  return proto;
}

v1::Eligibility ToProto(const Eligibility& eligibility) {
  v1::Eligibility proto;
  proto.set_record(RecordName(eligibility.record));
  proto.set_verdict(ToProto(eligibility.verdict));
  proto.set_earliest_date(DayOrNothing(eligibility.earliest));
  proto.set_publicity_end_date(DayOrNothing(eligibility.publicity_end));
  proto.set_record_class(eligibility.record_class);
  for (const catalogue::BilingualText& reason : eligibility.reasons) {
    proto.add_reasons(reason.zh);
    proto.add_reasons_en(reason.en);
  }
  for (const RequiredMaterial& material : eligibility.materials) {
    v1::RequiredMaterial& added = *proto.add_materials();
    added.set_kind(material.kind);
    added.set_name(material.name);
    added.set_name_en(material.name_en);
    added.set_fetched(material.fetched);
  }
  AddLaw(eligibility, proto);
  *proto.mutable_authority() = ToProto(eligibility.authority);
  *proto.mutable_rule() = ToProto(eligibility.rule);
  proto.set_source(eligibility.source);
  proto.set_confidence(eligibility.confidence);
  if (eligibility.ban) *proto.mutable_ban() = ToProto(*eligibility.ban);
  return proto;
}

v1::Record ToRecord(const RecordSnapshot& snapshot) {
  v1::Record proto;
  proto.set_name(RecordName(snapshot.record));
  *proto.mutable_snapshot() = ToProto(snapshot);
  return proto;
}

v1::ApplicationFile ToProto(const ApplicationFile& file) {
  v1::ApplicationFile proto;
  proto.set_application(BytesOf(file.application.id));
  proto.set_number(file.application.number);
  proto.set_subject_uscc(file.application.subject_uscc);
  *proto.mutable_applicant() = ToProto(file.application.applicant);
  for (const Material& material : file.materials) *proto.add_materials() = ToProto(material);
  for (const SupplementNote& note : file.notes) {
    v1::SupplementNote& added = *proto.add_notes();
    added.set_case_id(BytesOf(note.case_id));
    added.set_round(note.round);
    added.set_note(note.note);
  }
  for (const Ban& ban : file.bans) *proto.add_bans() = ToProto(ban);
  return proto;
}

}  // namespace xiufu::intake
