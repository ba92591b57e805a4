#include "services/intake/drivers/window_codec.h"

#include <algorithm>

#include "libs/base/legal_day.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/drivers/agent_codec.h"
#include "services/intake/drivers/common_codec.h"
#include "services/intake/drivers/notice_codec.h"
#include "services/intake/drivers/request_codec.h"
#include "services/intake/drivers/view_codec.h"

namespace xiufu::intake {
namespace {

v1::MaterialPrecheck::State StateOfPaper(PaperState state) {
  return static_cast<v1::MaterialPrecheck::State>(state);
}

v1::MaterialPrecheck::Record PrecheckedRecord(const Precheck& precheck, size_t index) {
  const NoticeRecord& record = precheck.notice.records[index];
  v1::MaterialPrecheck::Record proto;
  proto.set_record(RecordName(record.record.record));
  proto.set_verdict(ToProto(record.eligibility.verdict));
  if (record.eligibility.earliest) {
    proto.set_earliest_date(FormatDay(*record.eligibility.earliest));
  }
  for (const PrecheckedPaper& paper : precheck.papers) {
    for (const MaterialNeed& need : paper.material.needed_by) {
      if (need.record != index) continue;
      v1::MaterialPrecheck::Need& added = *proto.add_papers();
      added.set_kind(paper.material.kind);
      added.set_name(need.name);
      added.set_name_en(need.name_en);
      added.set_state(StateOfPaper(paper.state));
    }
  }
  return proto;
}

void Add(const std::vector<WindowCount>& counts,
         google::protobuf::RepeatedPtrField<v1::CountWindowWorkResponse::Count>& list) {
  for (const WindowCount& count : counts) {
    v1::CountWindowWorkResponse::Count& added = *list.Add();
    added.set_month(count.month);
    added.set_window(count.window);
    added.set_region(count.region);
    added.set_topic(count.topic);
    added.set_count(count.count);
  }
}

}  // namespace

FileCommand CommandOf(const v1::FileAtWindowRequest& request) {
  v1::CreateApplicationRequest create;
  create.set_subject_uscc(request.subject_uscc());
  *create.mutable_records() = request.records();
  *create.mutable_applicant() = request.applicant();
  if (request.has_power_of_attorney()) {
    *create.mutable_power_of_attorney() = request.power_of_attorney();
  }
  create.set_one_thing_no(request.one_thing_no());
  create.set_platform_no(request.platform_no());
  return {request.clerk(), request.window(), CommandOf(create)};
}

PrecheckCommand CommandOf(const v1::PrecheckMaterialsRequest& request) {
  PrecheckCommand command{
      request.clerk(), request.window(), InquiryOf(request), {}, request.by_agent()};
  for (const v1::PrecheckMaterialsRequest::Paper& paper : request.papers()) {
    command.papers.push_back(
        {paper.kind(), paper.media_type(), paper.size(), paper.beginning(), paper.valid_until()});
  }
  return command;
}

ConsultationCommand CommandOf(const v1::RecordConsultationRequest& request) {
  return {request.clerk(),  request.window(),       static_cast<ConsultationMode>(request.mode()),
          request.topic(),  LinkOf(request),        request.question(),
          request.answer(), request.contact_name(), request.contact_phone()};
}

HandOverCommand CommandOf(const v1::GiveHandOverRequest& request) {
  return {request.clerk(), request.application(), request.consultation(), request.to_region(),
          request.reason()};
}

v1::Filing ToProto(const FilingView& view) {
  v1::Filing proto;
  *proto.mutable_application() = ToProto(view.application);
  proto.set_clerk(view.filing.desk.clerk);
  proto.set_window(view.filing.desk.window);
  proto.set_filed_region(view.filing.desk.region);
  proto.set_region(view.filing.region);
  *proto.mutable_file_time() = TimestampOf(view.filing.filed);
  if (view.power) *proto.mutable_power_of_attorney() = ToProto(*view.power);
  if (view.hand_over) {
    const Application& application = view.application.application;
    *proto.mutable_hand_over() =
        ToProto(HandOverView{*view.hand_over, application.subject_uscc, application.number});
  }
  return proto;
}

v1::MaterialPrecheck ToProto(const Precheck& precheck) {
  const Notice& notice = precheck.notice;
  v1::MaterialPrecheck proto;
  proto.set_subject_uscc(notice.subject_uscc);
  proto.set_subject_name(notice.subject_name);
  proto.set_on_date(FormatDay(notice.on));
  for (size_t i = 0; i < notice.records.size(); ++i) {
    *proto.add_records() = PrecheckedRecord(precheck, i);
  }
  for (const PrecheckedPaper& paper : precheck.papers) {
    v1::MaterialPrecheck::Paper& added = *proto.add_papers();
    added.set_kind(paper.material.kind);
    added.set_name(paper.material.name);
    added.set_name_en(paper.material.name_en);
    added.set_state(StateOfPaper(paper.state));
    for (const MaterialNeed& need : paper.material.needed_by) {
      added.add_records(RecordName(notice.records[need.record].record.record));
    }
  }
  for (const std::string& name : precheck.not_asked) proto.add_not_asked(name);
  proto.set_complete(precheck.complete);
  return proto;
}

v1::Consultation ToProto(const Consultation& consultation) {
  v1::Consultation proto;
  proto.set_name(ConsultationName(consultation.id));
  proto.set_clerk(consultation.desk.clerk);
  proto.set_window(consultation.desk.window);
  proto.set_region(consultation.region);
  proto.set_mode(static_cast<v1::Consultation::Mode>(consultation.mode));
  proto.set_topic(consultation.topic);
  *proto.mutable_time() = TimestampOf(consultation.at);
  proto.set_subject_uscc(consultation.subject_uscc);
  proto.set_application(ApplicationName(consultation.application));
  proto.set_case_name(CaseName(consultation.case_id));
  proto.set_question(consultation.question);
  proto.set_answer(consultation.answer);
  proto.set_contact_name(consultation.contact_name);
  proto.set_contact_phone(consultation.contact_phone);
  return proto;
}

v1::HandOver ToProto(const HandOverView& view) {
  const HandOver& hand_over = view.hand_over;
  v1::HandOver proto;
  proto.set_name(HandOverName(hand_over.id));
  proto.set_application(ApplicationName(hand_over.application));
  proto.set_consultation(ConsultationName(hand_over.consultation));
  proto.set_application_number(view.application_number);
  proto.set_subject_uscc(view.subject_uscc);
  proto.set_from_region(hand_over.from_region);
  proto.set_to_region(hand_over.to_region);
  proto.set_from_clerk(hand_over.from_clerk);
  proto.set_reason(hand_over.reason);
  *proto.mutable_give_time() = TimestampOf(hand_over.given);
  if (Happened(hand_over.taken)) *proto.mutable_take_time() = TimestampOf(hand_over.taken);
  proto.set_to_clerk(hand_over.to_clerk);
  return proto;
}

void Fill(const WindowCounts& counts, v1::CountWindowWorkResponse& response) {
  Add(counts.consultations, *response.mutable_consultations());
  Add(counts.prechecks, *response.mutable_prechecks());
}

void Fill(const catalogue::Catalogue& catalogue, const catalogue::Messages& messages,
          absl::string_view region, v1::ListWindowsResponse& response) {
  for (const catalogue::HelpWindow& window : catalogue.windows()) {
    if (!region.empty() && window.region != region) continue;
    const Region* known = catalogue.regions().Find(window.region);
    v1::ListWindowsResponse::Window& added = *response.add_windows();
    added.set_id(window.id);
    *added.mutable_window() =
        ToProto(NoticeWindow{window, known == nullptr ? window.region : known->name}, messages);
  }
  for (const catalogue::Hotline& hotline : catalogue.hotlines()) {
    *response.add_hotlines() = ToProto(hotline);
  }
  for (const catalogue::ConsultationTopic& topic : catalogue.topics()) {
    v1::ListWindowsResponse::Topic& added = *response.add_topics();
    added.set_id(topic.id);
    added.set_name(topic.name);
    added.set_name_en(topic.name_en);
  }
}

}  // namespace xiufu::intake
