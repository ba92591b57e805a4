#include "services/intake/drivers/document_writer.h"

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "services/intake/drivers/document_letter.h"

namespace xiufu::intake {

DocumentWriter::DocumentWriter(const FoundDocument& found, const LetterWords& words)
    : found_(found), words_(words) {
  if (!found.source.records.empty()) subject_name_ = found.source.records.front().subject_name;
  document_.title = DocumentTitle(found.basis, words).zh;
  document_.day = LegalDay(found.basis.dated);
  document_.footer = words("DOCUMENT_FOOTER", {{"number", application().number}});
  // The arguments of this text are filled in by whoever counts the pages.
  document_.page_number = words("LETTER_PAGE");
}

void DocumentWriter::Begin() {
  const catalogue::BilingualText title = DocumentTitle(found_.basis, words_);
  Put(letter::Title{title.zh, title.en});
  Put(letter::Paragraph{.text = words_("NOTICE_ADDRESSEE", {{"name", subject_name_}}),
                        .indented = false,
                        .keep_with_next = true});
}

void DocumentWriter::List(absl::string_view key, const std::vector<std::string>& items) {
  if (items.empty()) return;
  Head(key);
  for (size_t i = 0; i < items.size(); ++i) {
    Say(items.size() == 1
            ? items[i]
            : words_("DOCUMENT_ITEM", {{"number", absl::StrCat(i + 1)}, {"text", items[i]}}));
  }
}

void DocumentWriter::End(const std::vector<std::string>& notes) {
  for (const std::string& note : notes) Put(letter::Paragraph{.text = note, .small = true});
  Put(letter::Paragraph{
      .text = words_("NOTICE_ISSUER"), .align = letter::Align::kRight, .keep_with_next = true});
  Put(letter::Paragraph{.text = DayOf(found_.basis.dated), .align = letter::Align::kRight});
}

std::string DocumentWriter::DayOf(absl::Time time) const { return words_.Day(LegalDay(time)); }

std::string DocumentWriter::OrUnknown(const std::string& text) const {
  return text.empty() ? words_("LETTER_UNKNOWN") : text;
}

std::string DocumentWriter::DueOf(const std::vector<Deadline>& deadlines,
                                  absl::string_view kind) const {
  for (const Deadline& deadline : deadlines) {
    if (deadline.kind != kind || deadline.due_date.empty()) continue;
    if (!deadline.provisional) return deadline.due_date;
    return words_("NEXT_PROVISIONAL", {{"due", deadline.due_date}});
  }
  return words_("LETTER_UNKNOWN");
}

const RecordSnapshot* DocumentWriter::RecordOf(const CaseView& view) const {
  for (const RecordSnapshot& record : found_.source.records) {
    if (record.record == view.record) return &record;
  }
  return nullptr;
}

std::string DocumentWriter::DocumentNoOf(const CaseView& view) const {
  const RecordSnapshot* record = RecordOf(view);
  return record == nullptr ? words_("LETTER_UNKNOWN") : words_.Document(*record);
}

}  // namespace xiufu::intake
