#pragma once

#include <string>
#include <vector>

#include "libs/letter/document.h"
#include "services/intake/drivers/document_letter.h"

namespace xiufu::intake {

// A document of one case.
letter::Document CaseLetter(const FoundDocument& found, const ResultWordsByCase& results,
                            const LetterWords& words);

// How a case came out, as keys end: "APPROVED", "REFUSED", "DONE_ALREADY", "RECORD_WITHDRAWN" for
// a decision, else the state.
std::string OutcomeOf(const CaseView& view);

std::vector<std::string> CaseLetterKeys();

}  // namespace xiufu::intake
