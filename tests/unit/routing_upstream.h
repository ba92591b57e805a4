#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/messaging/cause.h"
#include "libs/messaging/envelope.h"
#include "xiufu/department/v1/events.pb.h"
#include "xiufu/intake/v1/events.pb.h"
#include "xiufu/publication/v1/events.pb.h"
#include "xiufu/result/v1/events.pb.h"

namespace xiufu::routing {

// Those routing listens to, for one application of one or more records of the transport bureau:
// makes their events, numbered per stream. `at` is the n-th hour after submission.
class Upstream {
 public:
  explicit Upstream(absl::Time submitted_at, int records = 1)
      : submitted_at_(submitted_at), records_(records) {
    application_ = MakeId("application");
  }

  messaging::EncodedEvent Submitted(const std::string& authority = "transport",
                                    const std::string& rule = "N36-GEN",
                                    common::v1::FrontDoor door = common::v1::FRONT_DOOR_CITY) {
    intake::v1::ApplicationSubmitted event;
    event.mutable_origin()->set_front_door(door);
    event.set_application(Bytes(application_));
    event.set_number("XYXF2106002026052900000001X");
    event.set_subject_uscc("91210600MA0000001X");
    SetTime(0, event.mutable_submitted_at());
    for (int i = 0; i < records_; ++i) {
      intake::v1::SubmittedRecord* record = event.add_records();
      record->mutable_record()->set_record(Bytes(MakeId(absl::StrCat("record", i))));
      record->mutable_record()->set_version(3);
      *record->mutable_record()->mutable_authority() = named_;
      if (named_.name().empty()) {
        record->mutable_record()->mutable_authority()->set_code(
            codes_.empty() ? authority : codes_[static_cast<size_t>(i) % codes_.size()]);
      }
      record->mutable_rule()->set_rule_id(rule);
      record->mutable_rule()->set_catalogue_version("1");
    }
    AddPaper("M2", event);
    messaging::EncodedEvent encoded =
        Encode("intake", "xiufu.intake.submitted.v1", "submitted", Id(), event);
    const messaging::Cause cause = messaging::CauseOf(encoded.envelope, submitted_at_);
    for (int i = 0; i < records_; ++i) {
      cases_.push_back(cause.Derive("case", static_cast<uint64_t>(i)));
      tasks_.push_back(cause.Derive("task", static_cast<uint64_t>(i)));
    }
    return encoded;
  }
  messaging::EncodedEvent Supplemented(int hour, int round = 1, const std::string& kind = "M3") {
    intake::v1::ApplicationSupplemented event = About<intake::v1::ApplicationSupplemented>();
    event.set_round(round);
    SetTime(hour, event.mutable_supplemented_at());
    AddPaper(kind, event);
    return Encode("intake", "xiufu.intake.supplemented.v1", absl::StrCat("supplemented", round),
                  case_id(), event);
  }
  messaging::EncodedEvent Delivered(int hour) {
    department::v1::TaskDelivered event = About<department::v1::TaskDelivered>();
    event.set_task(Bytes(tasks_[0]));
    event.set_authority_code("transport");
    event.set_authority_task_no("T-1");
    SetTime(hour, event.mutable_delivered_at());
    return Encode("adapter.transport", "xiufu.adapter.delivered.v1", "delivered", case_id(), event);
  }
  messaging::EncodedEvent Accepted(int hour, const std::string& answer_id) {
    department::v1::Answer answer;
    answer.mutable_accepted()->set_document_no("受理1号");
    return Answered(hour, answer_id, std::move(answer));
  }
  messaging::EncodedEvent SupplementAsked(int hour, const std::string& answer_id) {
    department::v1::Answer answer;
    answer.mutable_supplement_requested()->add_defects("缺整改报告");
    return Answered(hour, answer_id, std::move(answer));
  }
  // Defects that are papers: the n-th kind for the n-th defect; an empty one is words alone.
  messaging::EncodedEvent PapersAsked(int hour, const std::string& answer_id,
                                      const std::vector<std::string>& kinds) {
    department::v1::Answer answer;
    department::v1::Answer::SupplementRequested& request = *answer.mutable_supplement_requested();
    for (size_t i = 0; i < kinds.size(); ++i) {
      request.add_defects(absl::StrCat("缺少", kinds[i]));
      if (kinds[i].empty()) continue;
      request.add_missing()->set_defect(static_cast<int>(i));
      request.mutable_missing()->rbegin()->set_kind(kinds[i]);
    }
    return Answered(hour, answer_id, std::move(answer));
  }
  messaging::EncodedEvent NotAccepted(int hour, const std::string& answer_id) {
    department::v1::Answer answer;
    answer.mutable_not_accepted()->set_document_no("不受1号");
    answer.mutable_not_accepted()->add_reasons("未满最短公示期");
    answer.mutable_not_accepted()->set_remedies("可申请行政复议");
    return Answered(hour, answer_id, std::move(answer));
  }
  messaging::EncodedEvent Extended(int hour, const std::string& answer_id) {
    department::v1::Answer answer;
    answer.mutable_extended()->set_document_no("延1号");
    answer.mutable_extended()->set_reason("需要实地核查");
    return Answered(hour, answer_id, std::move(answer));
  }
  messaging::EncodedEvent SupplementMissed(int hour, int round = 1) {
    intake::v1::SupplementMissed event = About<intake::v1::SupplementMissed>();
    event.set_round(round);
    SetTime(hour, event.mutable_missed_at());
    return Encode("intake", "xiufu.intake.supplement_missed.v1", absl::StrCat("missed", round),
                  case_id(), event);
  }
  messaging::EncodedEvent WithdrawalRequested(int hour) {
    intake::v1::WithdrawalRequested event = About<intake::v1::WithdrawalRequested>();
    SetTime(hour, event.mutable_requested_at());
    return Encode("intake", "xiufu.intake.withdrawal_requested.v1",
                  absl::StrCat("withdrawal", hour), case_id(), event);
  }
  messaging::EncodedEvent Returned(int hour, const std::string& answer_id) {
    department::v1::Answer answer;
    answer.mutable_returned()->set_reason("非本单位认定");
    return Answered(hour, answer_id, std::move(answer));
  }
  messaging::EncodedEvent Decided(int hour, const std::string& answer_id, bool approved = true) {
    department::v1::Answer answer;
    answer.mutable_decided()->set_outcome(approved ? department::v1::Answer::APPROVED
                                                   : department::v1::Answer::REFUSED);
    answer.mutable_decided()->set_decision_no(absl::StrCat("决", answer_id));
    answer.mutable_decided()->set_decision_date("2026-05-29");
    answer.mutable_decided()->set_record_version(3);
    return Answered(hour, answer_id, std::move(answer));
  }
  messaging::EncodedEvent Revoked(int hour, const std::string& answer_id,
                                  const std::string& kind = "FALSE_MATERIAL",
                                  const std::string& found_on = "2026-05-29") {
    department::v1::Answer answer;
    answer.mutable_revoked()->set_kind(kind);
    answer.mutable_revoked()->set_document_no(absl::StrCat("撤", answer_id));
    answer.mutable_revoked()->set_found_on(found_on);
    answer.mutable_revoked()->add_reasons("缴款凭证系伪造");
    answer.mutable_revoked()->set_remedies("六十日内可申请行政复议");
    return Answered(hour, answer_id, std::move(answer));
  }
  messaging::EncodedEvent Entered(int hour, const std::string& answer_id) {
    result::v1::DecisionEntered event = About<result::v1::DecisionEntered>();
    event.set_decision(Bytes(MakeId(absl::StrCat("decision", answer_id))));
    event.set_result(common::v1::CASE_RESULT_APPROVED);
    event.set_decision_no(absl::StrCat("决", answer_id));
    SetTime(hour, event.mutable_entered_at());
    return Encode("result", "xiufu.result.decision_entered.v1", absl::StrCat("entered", answer_id),
                  case_id(), event);
  }
  messaging::EncodedEvent Faulty(int hour, const std::string& answer_id) {
    result::v1::DecisionFaulty event = About<result::v1::DecisionFaulty>();
    event.set_task(Bytes(tasks_[0]));
    event.set_answer_id(answer_id);
    event.set_reason("未说明理由");
    SetTime(hour, event.mutable_found_at());
    return Encode("result", "xiufu.result.decision_faulty.v1", absl::StrCat("faulty", answer_id),
                  case_id(), event);
  }
  messaging::EncodedEvent LoopClosed(int hour) {
    result::v1::LoopClosed event = About<result::v1::LoopClosed>();
    SetTime(hour, event.mutable_closed_at());
    return Encode("result", "xiufu.result.loop_closed.v1", "loop_closed", case_id(), event);
  }

  // The record is version 3 in the application.
  messaging::EncodedEvent ResultReported(int hour, const std::string& kind,
                                         uint64_t found_version = 3, int record = 0) {
    publication::v1::ResultReported event;
    event.set_record(Bytes(MakeId(absl::StrCat("record", record))));
    event.set_found_version(found_version);
    event.set_version(found_version + 1);
    event.set_kind(kind);
    event.set_state(kind == "MOVED_OUT" ? "ENDED" : "WITHDRAWN");
    event.set_day("2026-05-29");
    event.set_result_word(kind == "MOVED_OUT" ? "移出" : "撤下");
    event.set_source("丹交函〔2026〕7号");
    event.set_reason("整改到位");
    SetTime(hour, event.mutable_reported_at());
    return Encode("publication", "xiufu.publication.result_reported.v1",
                  absl::StrCat("reported", kind, record), Id(), event, Id());
  }

  // The records name this authority, as one that publication does not know.
  void RecordsName(const std::string& name, const std::string& uscc) {
    named_.set_name(name);
    named_.set_uscc(uscc);
  }

  // The records are of these authorities in turn.
  void RecordsOf(std::vector<std::string> codes) { codes_ = std::move(codes); }
  // What is said from now on is about the case of this record, by its authority. After it, the
  // application is not submitted again.
  void TurnTo(size_t record) {
    if (turned_from_.first.empty()) turned_from_ = {cases_, tasks_};
    cases_[0] = turned_from_.first.at(record);
    tasks_[0] = turned_from_.second.at(record);
    authority_ = codes_.at(record % codes_.size());
  }

  // From now on the answers are those of another task.
  void SpeakAs(const Id& task, const std::string& authority) {
    tasks_[0] = task;
    authority_ = authority;
  }

  const Id& case_id() const { return cases_.at(0); }
  const Id& task() const { return tasks_.at(0); }
  const Id& application() const { return application_; }
  absl::Time At(int hour) const { return submitted_at_ + absl::Hours(hour); }

 private:
  static std::string Bytes(const Id& id) { return std::string(id.bytes()); }
  static Id MakeId(const std::string& name) { return DeriveId(Id(), name, 1, {1, 7}); }

  void SetTime(int hour, google::protobuf::Timestamp* time) const {
    time->set_seconds(absl::ToUnixSeconds(At(hour)));
  }
  template <typename Proto>
  static void AddPaper(const std::string& kind, Proto& event) {
    event.add_materials()->set_kind(kind);
    event.mutable_materials(0)->set_material(Bytes(MakeId(absl::StrCat("paper ", kind))));
  }
  template <typename Proto>
  Proto About() const {
    Proto proto;
    proto.set_case_id(Bytes(case_id()));
    proto.set_application(Bytes(application_));
    return proto;
  }
  messaging::EncodedEvent Answered(int hour, const std::string& answer_id,
                                   department::v1::Answer answer) {
    department::v1::TaskAnswered event = About<department::v1::TaskAnswered>();
    event.set_task(Bytes(tasks_[0]));
    event.set_authority_code(authority_);
    answer.set_answer_id(answer_id);
    *event.mutable_answer() = std::move(answer);
    SetTime(hour, event.mutable_received_at());
    return Encode(absl::StrCat("adapter.", authority_), "xiufu.adapter.answered.v1",
                  absl::StrCat("answered ", authority_, answer_id), case_id(), event);
  }
  template <typename Proto>
  messaging::EncodedEvent Encode(const std::string& stream, const std::string& type,
                                 const std::string& name, const Id& case_id, const Proto& event) {
    return Encode(stream, type, name, case_id, event, application_);
  }
  template <typename Proto>
  messaging::EncodedEvent Encode(const std::string& stream, const std::string& type,
                                 const std::string& name, const Id& case_id, const Proto& event,
                                 const Id& application) {
    messaging::Envelope envelope;
    envelope.id = MakeId(absl::StrCat("event ", name));
    envelope.type = type;
    envelope.stream = stream;
    envelope.epoch = 1000;
    envelope.seq = ++last_[stream].first;
    envelope.previous_id = std::exchange(last_[stream].second, envelope.id);
    envelope.application = application;
    envelope.case_id = case_id;
    envelope.place = {1, 7};
    envelope.data = event.SerializeAsString();
    return {envelope, messaging::EncodeEnvelope(envelope)};
  }

  const absl::Time submitted_at_;
  const int records_;
  Id application_;
  std::vector<Id> cases_;
  std::vector<Id> tasks_;
  std::pair<std::vector<Id>, std::vector<Id>> turned_from_;  // cases, tasks
  std::string authority_ = "transport";
  common::v1::Authority named_;
  std::vector<std::string> codes_;
  std::map<std::string, std::pair<int64_t, Id>> last_;
};

}  // namespace xiufu::routing
