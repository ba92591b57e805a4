#pragma once

#include <map>
#include <string>
#include <vector>

#include "libs/letter/document.h"
#include "services/intake/drivers/document_letter.h"

namespace xiufu::intake {

// What is handed in through an upstream door for a record that is decided in another system: where
// and how, the application filled in, and the papers that go with it. By the clerk who relays it,
// or by the applicant.
letter::Document PackageLetter(const FoundDocument& found, const std::string& door_link,
                               const std::map<std::string, std::string>& paper_names,
                               const LetterWords& words);

// The keys of its words.
std::vector<std::string> PackageLetterKeys();

}  // namespace xiufu::intake
