#pragma once

#include <string>
#include <utility>
#include <vector>

#include "libs/letter/document.h"
#include "services/intake/app/read_documents.h"
#include "services/intake/drivers/letter_words.h"

namespace xiufu::intake {

// What all papers of an application have in common. Views what it is given.
class DocumentWriter {
 public:
  DocumentWriter(const FoundDocument& found, const LetterWords& words);

  const FoundDocument& found() const { return found_; }
  const Application& application() const { return found_.source.application; }
  const LetterWords& words() const { return words_; }

  // Title and addressee.
  void Begin();
  void Say(std::string text) { Put(letter::Paragraph{.text = std::move(text)}); }
  void Head(absl::string_view key) { Put(letter::Heading{words_(key), 2}); }
  // A heading and numbered paragraphs; nothing for no items. Paragraphs may go over pages.
  void List(absl::string_view key, const std::vector<std::string>& items);
  void Put(letter::Block block) { document_.blocks.push_back(std::move(block)); }
  // Small print, then issuer and date.
  void End(const std::vector<std::string>& notes);

  // "2026年11月24日"
  std::string DayOf(absl::Time time) const;
  std::string OrUnknown(const std::string& text) const;
  // A due date with its provisional mark; unknown where the case has none of this kind.
  std::string DueOf(const std::vector<Deadline>& deadlines, absl::string_view kind) const;
  const RecordSnapshot* RecordOf(const CaseView& view) const;
  std::string DocumentNoOf(const CaseView& view) const;
  const std::string& subject_name() const { return subject_name_; }

  letter::Document Take() { return std::move(document_); }

 private:
  const FoundDocument& found_;
  const LetterWords& words_;
  std::string subject_name_;
  letter::Document document_;
};

}  // namespace xiufu::intake
