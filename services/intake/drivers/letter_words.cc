#include "services/intake/drivers/letter_words.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/legal_day.h"
#include "libs/base/money.h"

namespace xiufu::intake {
namespace {

constexpr absl::string_view kLetterKeys[] = {"NOTICE_TITLE",
                                             "NOTICE_ADDRESSEE",
                                             "NOTICE_OPENING",
                                             "NOTICE_COUNT",
                                             "NOTICE_SECTION_RECORDS",
                                             "NOTICE_SECTION_CONDITIONS",
                                             "NOTICE_CONDITIONS",
                                             "NOTICE_RULE",
                                             "NOTICE_SECTION_MATERIALS",
                                             "NOTICE_SECTION_FETCHED",
                                             "NOTICE_SECTION_CHANNELS",
                                             "NOTICE_SECTION_LIMITS",
                                             "NOTICE_SECTION_DETAILS",
                                             "NOTICE_SECTION_WINDOWS",
                                             "NOTICE_SECTION_REMARKS",
                                             "NOTICE_COLUMN_NO",
                                             "NOTICE_COLUMN_RECORD",
                                             "NOTICE_COLUMN_AUTHORITY",
                                             "NOTICE_COLUMN_VERDICT",
                                             "NOTICE_COLUMN_EARLIEST",
                                             "NOTICE_COLUMN_PUBLICITY_END",
                                             "NOTICE_COLUMN_MATERIAL",
                                             "NOTICE_COLUMN_USED_FOR",
                                             "NOTICE_COLUMN_WHY",
                                             "NOTICE_COLUMN_STEP",
                                             "NOTICE_COLUMN_LIMIT",
                                             "NOTICE_COLUMN_SOURCE",
                                             "NOTICE_COLUMN_WINDOW",
                                             "NOTICE_COLUMN_ADDRESS",
                                             "NOTICE_COLUMN_HOTLINE",
                                             "NOTICE_VERDICT_ELIGIBLE",
                                             "NOTICE_VERDICT_NOT_YET",
                                             "NOTICE_VERDICT_NOT_REPAIRABLE",
                                             "NOTICE_VERDICT_NEEDS_PERSON",
                                             "NOTICE_RECORD_NO",
                                             "NOTICE_DECIDED_ON",
                                             "NOTICE_CALLED_THERE",
                                             "NOTICE_PROVES",
                                             "NOTICE_BY_RULE",
                                             "NOTICE_WHY",
                                             "NOTICE_SOURCE",
                                             "NOTICE_UNVERIFIED_MARK",
                                             "NOTICE_NO_MATERIALS",
                                             "NOTICE_FETCHED",
                                             "NOTICE_FETCHED_FOR",
                                             "NOTICE_NOTHING_ELSE",
                                             "NOTICE_APPLY_AT",
                                             "NOTICE_CHANNEL_UNKNOWN",
                                             "NOTICE_HANDLING_IN_SUITE",
                                             "NOTICE_HANDLING_RELAYED",
                                             "NOTICE_HANDLING_HANDED_OVER",
                                             "NOTICE_HANDLING_RESULT_ONLY",
                                             "NOTICE_HANDLING_UNKNOWN",
                                             "NOTICE_NOTHING_TO_APPLY",
                                             "NOTICE_LIMIT_WORKING",
                                             "NOTICE_LIMIT_CALENDAR",
                                             "NOTICE_LIMIT_PAUSES",
                                             "NOTICE_START_RECEIVED",
                                             "NOTICE_START_SUBMITTED",
                                             "NOTICE_START_SUBMITTED_OR_UPSTREAM",
                                             "NOTICE_START_PUSHED_TO_AUTHORITY",
                                             "NOTICE_START_SUPPLEMENT_COMPLETE",
                                             "NOTICE_START_RESULT_RECEIVED",
                                             "NOTICE_START_PRE_CHECK",
                                             "NOTICE_START_ACCEPTED",
                                             "NOTICE_START_SUPPLEMENT_REQUESTED",
                                             "NOTICE_START_DECIDE_DUE",
                                             "NOTICE_START_DECIDED",
                                             "NOTICE_STEP_PRE_CHECK",
                                             "NOTICE_STEP_ACCEPT",
                                             "NOTICE_STEP_SUPPLEMENT",
                                             "NOTICE_STEP_DECIDE",
                                             "NOTICE_STEP_EXTEND",
                                             "NOTICE_STEP_OVERALL",
                                             "NOTICE_STEP_EXECUTE",
                                             "NOTICE_STEP_SHARE",
                                             "NOTICE_RESULT",
                                             "NOTICE_RESULT_ONLY_WORD",
                                             "NOTICE_LIMITS_OF",
                                             "NOTICE_NO_LIMITS",
                                             "NOTICE_DETAIL_HEADING",
                                             "NOTICE_NO_DOCUMENT",
                                             "NOTICE_DETAIL_WHAT",
                                             "NOTICE_LISTED",
                                             "NOTICE_LISTED_FOR",
                                             "NOTICE_FINE",
                                             "NOTICE_CONFISCATED",
                                             "NOTICE_DETAIL_REASONS",
                                             "NOTICE_CONDITION_MET",
                                             "NOTICE_CONDITION_NOT_MET",
                                             "NOTICE_CONDITION_TO_PROVE",
                                             "NOTICE_CONDITION_BY_AUTHORITY",
                                             "NOTICE_AS_PUBLISHED",
                                             "NOTICE_HOTLINE",
                                             "NOTICE_FREE",
                                             "NOTICE_TRUE",
                                             "NOTICE_NOT_A_DECISION",
                                             "NOTICE_UNVERIFIED",
                                             "NOTICE_QR",
                                             "NOTICE_ISSUER",
                                             "NOTICE_FILE",
                                             "REPAIR_NOTICE_TITLE",
                                             "REPAIR_NOTICE_OPENING",
                                             "REPAIR_NOTICE_FILE",
                                             "LETTER_PAGE",
                                             "LETTER_FOOTER",
                                             "LETTER_LIST_COMMA",
                                             "LETTER_LIST_SEMICOLON",
                                             "LETTER_DAY",
                                             "LETTER_UNKNOWN",
                                             "CONFIDENCE_A",
                                             "CONFIDENCE_T",
                                             "CONFIDENCE_S",
                                             "CONFIDENCE_F",
                                             "CONFIDENCE_M",
                                             "CONFIDENCE_I",
                                             "CONFIDENCE_C",
                                             "FORM_NAME",
                                             "FORM_USCC",
                                             "FORM_LEGAL_REPRESENTATIVE",
                                             "FORM_HANDLER",
                                             "FORM_PHONE",
                                             "FORM_ADDRESS",
                                             "FORM_RECORDS",
                                             "FORM_COLUMN_DOCUMENT",
                                             "FORM_COLUMN_DATE",
                                             "FORM_COLUMN_WHAT",
                                             "FORM_CORRECTION",
                                             "FORM_MATERIALS",
                                             "FORM_MATERIAL_BOX",
                                             "FORM_DECLARATION",
                                             "FORM_APPLICANT_SEAL",
                                             "FORM_PROMISER_SEAL",
                                             "FORM_LEGAL_SIGNATURE",
                                             "FORM_DATE",
                                             "FORM_DATE_BLANK",
                                             "FORM_RECEIPT",
                                             "FORM_RECEIVED_BY",
                                             "FORM_RECEIVED_ON",
                                             "FORM_REMARK",
                                             "FORM_TO",
                                             "FORM_PROMISE",
                                             "FORM_CLAUSE",
                                             "FORM_TEMPLATE_NOTE",
                                             "FORM_FILE"};

bool AnyUnverified(const Notice& notice) {
  return std::any_of(notice.records.begin(), notice.records.end(), [](const NoticeRecord& one) {
    if (IsUnverified(one.eligibility.confidence)) return true;
    if (!one.rule) return false;
    return std::any_of(one.rule->deadlines.begin(), one.rule->deadlines.end(),
                       [](const catalogue::Deadline& deadline) {
                         return IsUnverified(deadline.provenance.confidence);
                       });
  });
}

}  // namespace

std::string LetterWords::Day(absl::CivilDay day) const {
  return (*this)("LETTER_DAY", {{"year", absl::StrCat(day.year())},
                                {"month", absl::StrCat(day.month())},
                                {"day", absl::StrCat(day.day())}});
}

std::string LetterWords::List(const std::vector<std::string>& items) const {
  return absl::StrJoin(items, (*this)("LETTER_LIST_COMMA"));
}

std::string LetterWords::Sentence(const std::vector<std::string>& parts) const {
  return absl::StrJoin(parts, (*this)("LETTER_LIST_SEMICOLON"));
}

std::string LetterWords::Numbers(const std::vector<size_t>& records) const {
  std::vector<std::string> ranges;
  for (size_t begin = 0; begin < records.size();) {
    size_t end = begin + 1;
    while (end < records.size() && records[end] == records[end - 1] + 1) ++end;
    const size_t first = records[begin] + 1, last = records[end - 1] + 1;
    // Two neighbours read better as a list.
    if (end - begin == 2) {
      ranges.push_back(absl::StrCat(first));
      ranges.push_back(absl::StrCat(last));
    } else {
      ranges.push_back(first == last ? absl::StrCat(first) : absl::StrCat(first, "—", last));
    }
    begin = end;
  }
  return (*this)("NOTICE_RECORD_NO", {{"numbers", List(ranges)}});
}

std::string LetterWords::Source(absl::string_view source, absl::string_view confidence) const {
  return (*this)("NOTICE_SOURCE",
                 {{"source", source},
                  {"mark", IsUnverified(confidence) ? (*this)("NOTICE_UNVERIFIED_MARK") : ""}});
}

std::string LetterWords::Confidence(absl::string_view confidence) const {
  return (*this)(absl::StrCat("CONFIDENCE_", confidence));
}

catalogue::BilingualText LetterWords::Limit(const catalogue::Deadline& deadline) const {
  const catalogue::BilingualText start =
      Both(absl::StrCat("NOTICE_START_", catalogue::StartKey(deadline)));
  const bool working = deadline.day_kind == catalogue::DayKind::kWorking;
  catalogue::BilingualText limit =
      Both(working ? "NOTICE_LIMIT_WORKING" : "NOTICE_LIMIT_CALENDAR",
           {{"start", start.zh, start.en}, {"days", absl::StrCat(deadline.days)}});
  if (!deadline.pauses_on_supplement) return limit;
  return Both("NOTICE_LIMIT_PAUSES", {{"limit", limit.zh, limit.en}});
}

std::string LetterWords::Document(const RecordSnapshot& record) const {
  if (!record.document_no.empty()) return record.document_no;
  return record.words.list_name.empty() ? (*this)("NOTICE_NO_DOCUMENT") : record.words.list_name;
}

std::string LetterWords::Names(const NoticeMaterial& material) const {
  std::vector<std::string> names;
  for (const MaterialNeed& need : material.needed_by) {
    if (std::find(names.begin(), names.end(), need.name) == names.end()) names.push_back(need.name);
  }
  return names.empty() ? material.name : List(names);
}

std::string LetterWords::NumbersOf(const NoticeMaterial& material) const {
  std::vector<size_t> records;
  for (const MaterialNeed& need : material.needed_by) records.push_back(need.record);
  return records.empty() ? (*this)("LETTER_UNKNOWN") : Numbers(records);
}

std::string LetterWords::Act(const RecordSnapshot& record) const {
  if (record.words.matter == catalogue::MatterKind::kPenalty || record.words.list_name.empty()) {
    const std::string& act =
        record.words.violation.empty() ? record.words.ground : record.words.violation;
    return act.empty() ? (*this)("LETTER_UNKNOWN") : act;
  }
  return (*this)(record.words.ground.empty() ? "NOTICE_LISTED" : "NOTICE_LISTED_FOR",
                 {{"list", record.words.list_name}, {"ground", record.words.ground}});
}

std::string LetterWords::What(const RecordSnapshot& record) const {
  std::vector<std::string> parts = {Act(record)};
  if (!record.words.kinds.empty()) parts.push_back(List(record.words.kinds));
  if (record.words.fine_fen > 0) {
    parts.push_back((*this)("NOTICE_FINE", {{"yuan", YuanFromFen(record.words.fine_fen)}}));
  }
  if (record.words.confiscated_fen > 0) {
    parts.push_back(
        (*this)("NOTICE_CONFISCATED", {{"yuan", YuanFromFen(record.words.confiscated_fen)}}));
  }
  return Sentence(parts);
}

std::vector<catalogue::BilingualText> RemarksOf(const Notice& notice, const LetterWords& words) {
  const catalogue::MessageArg date("date", words.Day(notice.on), FormatDay(notice.on));
  std::vector<catalogue::BilingualText> remarks = {words.Both("NOTICE_FREE"),
                                                   words.Both("NOTICE_TRUE"),
                                                   words.Both("NOTICE_NOT_A_DECISION", {date})};
  if (AnyUnverified(notice)) remarks.push_back(words.Both("NOTICE_UNVERIFIED"));
  return remarks;
}

absl::Status CheckLetterMessages(const catalogue::Messages& messages) {
  return messages.Require(kLetterKeys);
}

}  // namespace xiufu::intake
