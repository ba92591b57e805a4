#include "services/intake/drivers/form_letter.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "services/intake/drivers/notice_letter.h"

namespace xiufu::intake {
namespace {

// One blank and the records it is for.
struct Sheet {
  catalogue::Form form;
  std::vector<size_t> records;
};

std::vector<Sheet> SheetsOf(const Notice& notice, catalogue::FormKind kind) {
  std::vector<Sheet> sheets;
  for (size_t i = 0; i < notice.records.size(); ++i) {
    const NoticeRecord& record = notice.records[i];
    const auto& form =
        kind == catalogue::FormKind::kApplication ? record.application : record.commitment;
    if (!form) continue;
    const auto same = std::find_if(sheets.begin(), sheets.end(), [&](const Sheet& sheet) {
      return sheet.form.name == form->name && sheet.form.clauses == form->clauses;
    });
    if (same == sheets.end()) {
      sheets.push_back({*form, {i}});
    } else {
      same->records.push_back(i);
    }
  }
  return sheets;
}

class FormWriter {
 public:
  FormWriter(const Notice& notice, const LetterWords& words, letter::Document& document)
      : notice_(notice), words_(words), document_(document) {}

  void Application(const Sheet& sheet) {
    Put(letter::Title{sheet.form.name, ""});
    Put(letter::Form{
        {{{words_("FORM_NAME"), notice_.subject_name}, {words_("FORM_USCC"), notice_.subject_uscc}},
         {{words_("FORM_LEGAL_REPRESENTATIVE"), ""}, {words_("FORM_PHONE"), ""}},
         {{words_("FORM_HANDLER"), ""}, {words_("FORM_PHONE"), ""}},
         {{words_("FORM_ADDRESS"), ""}}}});
    Put(letter::Heading{words_("FORM_RECORDS"), 2});
    Put(RecordsOf(sheet));
    // A declaration and the signature below it stay on one page.
    // So much room that with a record or two all of it is on one page.
    Put(letter::Form{{{{words_("FORM_CORRECTION"), "", 3}},
                      {{words_("FORM_MATERIALS"), MaterialsOf(sheet)}},
                      {{words_("FORM_DECLARATION"), absl::StrJoin(ClausesOf(sheet), "\n")}}},
                     true});
    Sign("FORM_APPLICANT_SEAL");
    Put(letter::Heading{words_("FORM_RECEIPT"), 2});
    Put(letter::Form{{{{words_("FORM_RECEIVED_BY"), ""}, {words_("FORM_RECEIVED_ON"), ""}},
                      {{words_("FORM_REMARK"), ""}}},
                     true});
    Note();
  }

  void Commitment(const Sheet& sheet) {
    Put(letter::Title{sheet.form.name, ""});
    Put(letter::Paragraph{.text = words_("FORM_TO", {{"authorities", AuthoritiesOf(sheet)}}),
                          .indented = false,
                          .keep_with_next = true});
    Put(letter::Paragraph{.text = words_("FORM_PROMISE", {{"name", notice_.subject_name},
                                                          {"uscc", notice_.subject_uscc}}),
                          .keep_with_next = true});
    for (const std::string& clause : ClausesOf(sheet)) Put(letter::Paragraph{.text = clause});
    Put(letter::Heading{words_("FORM_RECORDS"), 2});
    Put(RecordsOf(sheet));
    Sign("FORM_PROMISER_SEAL");
    Note();
  }

 private:
  letter::Table RecordsOf(const Sheet& sheet) const {
    letter::Table table{{{words_("NOTICE_COLUMN_NO"), 1.3, letter::Align::kCentre},
                         {words_("FORM_COLUMN_DOCUMENT"), 4.8},
                         {words_("NOTICE_COLUMN_AUTHORITY"), 4},
                         {words_("FORM_COLUMN_DATE"), 2.6, letter::Align::kCentre},
                         {words_("FORM_COLUMN_WHAT"), 4.2}},
                        {}};
    for (size_t index : sheet.records) {
      const RecordSnapshot& record = notice_.records[index].record;
      table.rows.push_back({absl::StrCat(table.rows.size() + 1), record.document_no,
                            record.authority.name, FormatDay(record.words.determined_on),
                            words_.Act(record)});
    }
    return table;
  }

  // The papers asked for with these records, to be ticked.
  std::string MaterialsOf(const Sheet& sheet) const {
    std::vector<std::string> boxes;
    for (const NoticeMaterial& material : notice_.asked) {
      if (material.kind == sheet.form.material) continue;  // this paper itself
      std::vector<std::string> names;
      for (const MaterialNeed& need : material.needed_by) {
        const bool here =
            std::binary_search(sheet.records.begin(), sheet.records.end(), need.record);
        if (here && std::find(names.begin(), names.end(), need.name) == names.end()) {
          names.push_back(need.name);
        }
      }
      for (const std::string& name : names) {
        boxes.push_back(words_("FORM_MATERIAL_BOX", {{"material", name}}));
      }
    }
    return absl::StrJoin(boxes, "\n");
  }

  std::vector<std::string> ClausesOf(const Sheet& sheet) const {
    std::vector<std::string> clauses;
    for (const std::string& clause : sheet.form.clauses) {
      clauses.push_back(words_("FORM_CLAUSE",
                               {{"number", absl::StrCat(clauses.size() + 1)}, {"clause", clause}}));
    }
    return clauses;
  }

  std::string AuthoritiesOf(const Sheet& sheet) const {
    std::vector<std::string> names;
    for (size_t index : sheet.records) {
      const std::string& name = notice_.records[index].record.authority.name;
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return words_.List(names);
  }

  void Sign(absl::string_view seal) {
    Put(letter::Signature{{{words_(seal), ""},
                           {words_("FORM_LEGAL_SIGNATURE"), ""},
                           {words_("FORM_DATE"), words_("FORM_DATE_BLANK")}}});
  }
  void Note() {
    Put(letter::Paragraph{.text = words_("FORM_TEMPLATE_NOTE"), .indented = false, .small = true});
  }
  void Put(letter::Block block) { document_.blocks.push_back(std::move(block)); }

  const Notice& notice_;
  const LetterWords& words_;
  letter::Document& document_;
};

}  // namespace

namespace {

// One sheet for each channel: which records, which papers, where.
class CoverWriter {
 public:
  CoverWriter(const Notice& notice, const LetterWords& words, letter::Document& document)
      : notice_(notice), words_(words), document_(document) {}

  void Write() {
    const catalogue::BilingualText title = words_.Both("WINDOW_FORMS_TITLE");
    Put(letter::Title{title.zh, title.en});
    Put(letter::Paragraph{.text = words_("NOTICE_ADDRESSEE", {{"name", notice_.subject_name}}),
                          .indented = false,
                          .keep_with_next = true});
    Say(words_("WINDOW_FORMS_OPENING",
               {{"uscc", notice_.subject_uscc}, {"date", words_.Day(notice_.on)}}));
    Put(letter::Heading{words_("WINDOW_FORMS_WHERE"), 1});
    Put(Where());
    Put(letter::Heading{words_("WINDOW_FORMS_PAPERS"), 1});
    Put(Papers());
    Say(words_("WINDOW_FORMS_AFTER"));
    Put(letter::Paragraph{.text = words_("NOTICE_FREE"), .strong = true});
  }

 private:
  letter::Table Where() const {
    letter::Table table{{{words_("WINDOW_COLUMN_RECORDS"), 5.4},
                         {words_("NOTICE_COLUMN_AUTHORITY"), 3.6},
                         {words_("WINDOW_COLUMN_CHANNEL"), 8}},
                        {}};
    for (size_t i = 0; i < notice_.records.size(); ++i) {
      const NoticeRecord& record = notice_.records[i];
      if (record.eligibility.verdict == catalogue::Verdict::kNotRepairable) continue;
      table.rows.push_back({absl::StrCat(words_.Numbers({i}), "\n", words_.Document(record.record)),
                            record.record.authority.name, ChannelOf(record.eligibility)});
    }
    return table;
  }

  letter::Table Papers() const {
    letter::Table table{{{words_("NOTICE_COLUMN_NO"), 1.3, letter::Align::kCentre},
                         {words_("NOTICE_COLUMN_MATERIAL"), 9.7},
                         {words_("NOTICE_COLUMN_USED_FOR"), 6}},
                        {}};
    for (const NoticeMaterial& material : notice_.asked) {
      table.rows.push_back({absl::StrCat(table.rows.size() + 1), words_.Names(material),
                            words_.NumbersOf(material)});
    }
    return table;
  }

  std::string ChannelOf(const Eligibility& eligibility) const {
    if (!eligibility.channel) return words_("NOTICE_CHANNEL_UNKNOWN");
    const catalogue::Channel& channel = *eligibility.channel;
    if (channel.link.empty()) return channel.name;
    return absl::StrCat(channel.name, "\n", channel.link);
  }

  void Say(std::string text) { Put(letter::Paragraph{.text = std::move(text)}); }
  void Put(letter::Block block) { document_.blocks.push_back(std::move(block)); }

  const Notice& notice_;
  const LetterWords& words_;
  letter::Document& document_;
};

void AddSheets(const Notice& notice, catalogue::FormKind kind, const LetterWords& words,
               letter::Document& document) {
  FormWriter writer(notice, words, document);
  for (const Sheet& sheet : SheetsOf(notice, kind)) {
    if (!document.blocks.empty()) document.blocks.push_back(letter::PageBreak{});
    if (kind == catalogue::FormKind::kApplication) {
      writer.Application(sheet);
    } else {
      writer.Commitment(sheet);
    }
  }
}

}  // namespace

absl::StatusOr<letter::Document> FormSetLetter(const Notice& notice, const LetterWords& words) {
  const bool applicable =
      std::any_of(notice.records.begin(), notice.records.end(), [](const NoticeRecord& record) {
        return record.eligibility.verdict != catalogue::Verdict::kNotRepairable;
      });
  if (!applicable) {
    return WithReason(absl::FailedPreconditionError(
                          "没有可以申请修复的失信信息 / there is no record to apply for"),
                      "NOTHING_TO_APPLY_FOR");
  }
  letter::Document document = EmptyLetter(notice, words, words("WINDOW_FORMS_TITLE"));
  CoverWriter(notice, words, document).Write();
  AddSheets(notice, catalogue::FormKind::kApplication, words, document);
  AddSheets(notice, catalogue::FormKind::kCommitment, words, document);
  return document;
}

absl::StatusOr<letter::Document> FormLetter(const Notice& notice, catalogue::FormKind kind,
                                            const LetterWords& words) {
  const std::vector<Sheet> sheets = SheetsOf(notice, kind);
  if (sheets.empty()) {
    return FieldViolation("kind", absl::StrCat("no record asks for ", catalogue::ToString(kind)),
                          "a form that one of the records needs");
  }
  letter::Document document = EmptyLetter(notice, words, sheets.front().form.name);
  AddSheets(notice, kind, words, document);
  return document;
}

}  // namespace xiufu::intake
