#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "libs/catalogue/messages.h"
#include "libs/catalogue/rule.h"
#include "services/intake/domain/notice.h"

namespace xiufu::intake {

// The words of letters and forms (deploy/messages/letters.toml). Letters are Chinese; what screens
// show has English beside it. Views the messages.
class LetterWords {
 public:
  explicit LetterWords(const catalogue::Messages* messages) : messages_(messages) {}

  std::string operator()(absl::string_view key,
                         absl::Span<const catalogue::MessageArg> args = {}) const {
    return messages_->Text(key, args).zh;
  }
  catalogue::BilingualText Both(absl::string_view key,
                                absl::Span<const catalogue::MessageArg> args = {}) const {
    return messages_->Text(key, args);
  }

  std::string Day(absl::CivilDay day) const;                          // "2026年11月24日"
  std::string List(const std::vector<std::string>& items) const;      // "甲、乙"
  std::string Sentence(const std::vector<std::string>& parts) const;  // "甲；乙"
  // Of indexes, ascending: "第1、3—5条".
  std::string Numbers(const std::vector<size_t>& records) const;
  // A source with a mark behind it where its number is not verified.
  std::string Source(absl::string_view source, absl::string_view confidence) const;
  std::string Confidence(absl::string_view confidence) const;
  // "自受理起7个工作日内"
  catalogue::BilingualText Limit(const catalogue::Deadline& deadline) const;
  // What a record is called: by its document, else by its list.
  std::string Document(const RecordSnapshot& record) const;
  // What a paper is called by those who ask for it.
  std::string Names(const NoticeMaterial& material) const;
  // Of the records that need it: "第1、3条".
  std::string NumbersOf(const NoticeMaterial& material) const;
  // The act that was penalised, or the list and why.
  std::string Act(const RecordSnapshot& record) const;
  // The act, the kinds of penalty, the amounts.
  std::string What(const RecordSnapshot& record) const;

 private:
  const catalogue::Messages* messages_;
};

// The remarks at the end of every notice: free of charge, ...
std::vector<catalogue::BilingualText> RemarksOf(const Notice& notice, const LetterWords& words);
// FAILED_PRECONDITION naming the texts that are missing: to be asked at start.
absl::Status CheckLetterMessages(const catalogue::Messages& messages);

}  // namespace xiufu::intake
