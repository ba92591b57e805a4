#pragma once

#include <map>
#include <string>

#include "absl/status/status.h"
#include "libs/catalogue/messages.h"
#include "libs/catalogue/rule.h"
#include "libs/letter/document.h"
#include "services/intake/app/read_documents.h"
#include "services/intake/drivers/letter_words.h"

namespace xiufu::intake {

// What an approval of a case is called and does, by its rule.
struct ResultWords {
  std::string word;  // "终止公示"; empty where the rule is not known any more
  std::vector<std::string> effects;
  std::string door;  // id of the channel through which such a record is applied for
  std::map<std::string, std::string> papers;  // what the kinds of the papers are called
};
using ResultWordsByCase = std::map<Id, ResultWords>;

// A paper of an application as a letter. `progress_link` is what the receipt's QR code holds, with
// {number} and {code} filled in; empty: the two with a space between them.
letter::Document DocumentLetter(const FoundDocument& found, const ResultWordsByCase& results,
                                const LetterWords& words, const std::string& progress_link);

// The file's name, in Chinese.
std::string DocumentFileName(const FoundDocument& found, const LetterWords& words);
catalogue::BilingualText DocumentTitle(const DocumentBasis& basis, const LetterWords& words);

// FAILED_PRECONDITION naming the texts that are missing: to be asked at start.
absl::Status CheckDocumentMessages(const catalogue::Messages& messages);

}  // namespace xiufu::intake
