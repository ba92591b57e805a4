#include "services/intake/drivers/notice_codec.h"

#include <utility>

#include "libs/base/legal_day.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/drivers/common_codec.h"
#include "services/intake/drivers/letter_words.h"
#include "services/intake/drivers/view_codec.h"

namespace xiufu::intake {
namespace {

v1::Notice::Remark RemarkOf(const catalogue::BilingualText& text) {
  v1::Notice::Remark remark;
  remark.set_text(text.zh);
  remark.set_text_en(text.en);
  return remark;
}

v1::NoticeRecord::Limit LimitOf(const catalogue::Deadline& deadline, const LetterWords& words) {
  v1::NoticeRecord::Limit limit;
  limit.set_kind(deadline.kind);
  limit.set_start_event(deadline.start_event);
  limit.set_days(deadline.days);
  limit.set_working_days(deadline.day_kind == catalogue::DayKind::kWorking);
  limit.set_pauses_on_supplement(deadline.pauses_on_supplement);
  limit.set_source(deadline.provenance.source);
  limit.set_confidence(deadline.provenance.confidence);
  limit.set_unverified(IsUnverified(deadline.provenance.confidence));
  const catalogue::BilingualText text = words.Limit(deadline);
  limit.set_text(text.zh);
  limit.set_text_en(text.en);
  return limit;
}

v1::NoticeRecord RecordOf(const NoticeRecord& record, const LetterWords& words) {
  v1::NoticeRecord proto;
  *proto.mutable_snapshot() = ToProto(record.record);
  *proto.mutable_eligibility() = ToProto(record.eligibility);
  proto.set_unverified(IsUnverified(record.eligibility.confidence));
  if (record.application) proto.set_application_form(record.application->name);
  if (record.commitment) proto.set_commitment_form(record.commitment->name);
  if (!record.rule) return proto;
  proto.set_procedure(record.rule->name);
  proto.set_procedure_en(record.rule->name_en);
  proto.set_result_word(record.result_word.zh);
  proto.set_result_word_en(record.result_word.en);
  for (const catalogue::Deadline& deadline : record.rule->deadlines) {
    *proto.add_limits() = LimitOf(deadline, words);
  }
  for (const catalogue::Effect& effect : record.rule->effects) {
    v1::NoticeRecord::Effect& added = *proto.add_effects();
    added.set_id(effect.id);
    added.set_name(effect.name);
    added.set_name_en(effect.name_en);
  }
  return proto;
}

v1::NoticeMaterial MaterialOf(const NoticeMaterial& material, const Notice& notice) {
  v1::NoticeMaterial proto;
  proto.set_kind(material.kind);
  proto.set_name(material.name);
  proto.set_name_en(material.name_en);
  proto.set_source(material.source);
  proto.set_confidence(material.confidence);
  for (const MaterialNeed& need : material.needed_by) {
    v1::NoticeMaterial::Need& added = *proto.add_needed_by();
    added.set_record(RecordName(notice.records[need.record].record.record));
    added.set_name(need.name);
    added.set_name_en(need.name_en);
    for (const catalogue::BilingualText& text : need.proves) *added.add_proves() = RemarkOf(text);
    added.set_rule_id(need.rule_id);
    added.set_source(need.source);
    added.set_confidence(need.confidence);
    added.set_unverified(IsUnverified(need.confidence));
  }
  return proto;
}

}  // namespace

v1::Notice::HelpWindow ToProto(const NoticeWindow& window, const catalogue::Messages& messages) {
  const LetterWords words(&messages);
  const catalogue::HelpWindow& known = window.window;
  v1::Notice::HelpWindow proto;
  proto.set_region(known.region);
  proto.set_region_name(window.region_name);
  proto.set_name(known.name);
  proto.set_name_en(known.name_en);
  proto.set_address(known.address);
  proto.set_hours(known.hours);
  proto.set_hotline(known.hotline);
  proto.set_source(known.source);
  proto.set_confidence(known.confidence);
  if (known.address.empty() || known.hours.empty() || known.hotline.empty()) {
    const catalogue::BilingualText note = words.Both("NOTICE_AS_PUBLISHED");
    proto.set_note(note.zh);
    proto.set_note_en(note.en);
  }
  return proto;
}

v1::Notice::Hotline ToProto(const catalogue::Hotline& hotline) {
  v1::Notice::Hotline proto;
  proto.set_number(hotline.number);
  proto.set_name(hotline.name);
  proto.set_name_en(hotline.name_en);
  proto.set_source(hotline.source);
  proto.set_confidence(hotline.confidence);
  return proto;
}

v1::Notice ToProto(const Notice& notice, const catalogue::Messages& messages) {
  const LetterWords words(&messages);
  v1::Notice proto;
  proto.set_subject_uscc(notice.subject_uscc);
  proto.set_subject_name(notice.subject_name);
  proto.set_on_date(FormatDay(notice.on));
  for (const NoticeRecord& record : notice.records) *proto.add_records() = RecordOf(record, words);
  for (const NoticeMaterial& one : notice.asked) *proto.add_materials() = MaterialOf(one, notice);
  for (const NoticeMaterial& one : notice.fetched) *proto.add_fetched() = MaterialOf(one, notice);
  for (const NoticeWindow& window : notice.windows)
    *proto.add_windows() = ToProto(window, messages);
  for (const catalogue::Hotline& hotline : notice.hotlines) {
    *proto.add_hotlines() = ToProto(hotline);
  }
  for (const auto& remark : RemarksOf(notice, words)) *proto.add_remarks() = RemarkOf(remark);
  proto.set_catalogue_version(notice.catalogue_version);
  proto.set_catalogue_sha256(notice.catalogue_sha256);
  proto.set_calendar_version(notice.calendar_version);
  return proto;
}

v1::Letter ToProto(PrintedLetter letter) {
  v1::Letter proto;
  proto.set_file_name(std::move(letter.file_name));
  proto.set_media_type(std::move(letter.media_type));
  proto.set_content(std::move(letter.content));
  proto.set_sha256(std::move(letter.sha256));
  return proto;
}

}  // namespace xiufu::intake
