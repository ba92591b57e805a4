#pragma once

#include <string>
#include <vector>

#include "libs/letter/document.h"
#include "services/intake/drivers/document_letter.h"

namespace xiufu::intake {

// The conclusion letter (办结告知书): all cases of an application in one table, then the reasons
// and remedies of those that were not approved.
letter::Document ConclusionLetter(const FoundDocument& found, const ResultWordsByCase& results,
                                  const LetterWords& words);

std::vector<std::string> ConclusionLetterKeys();

}  // namespace xiufu::intake
