#pragma once

#include "absl/status/statusor.h"
#include "libs/catalogue/help.h"
#include "libs/letter/document.h"
#include "services/intake/domain/notice.h"
#include "services/intake/drivers/letter_words.h"

namespace xiufu::intake {

// The blanks of a kind for the records of a notice, filled with what is known: one for all records
// whose authorities call it the same, each on pages of its own. INVALID_ARGUMENT with a violation
// of "kind" when none of the records asks for one.
absl::StatusOr<letter::Document> FormLetter(const Notice& notice, catalogue::FormKind kind,
                                            const LetterWords& words);

// For those who file upstream themselves: where to file what, and all the blanks of the notice.
// FAILED_PRECONDITION (NOTHING_TO_APPLY_FOR) when that is so of every record.
absl::StatusOr<letter::Document> FormSetLetter(const Notice& notice, const LetterWords& words);

}  // namespace xiufu::intake
