#pragma once

#include "absl/status/status.h"
#include "libs/letter/document.h"
#include "services/intake/app/read_filings.h"
#include "services/intake/domain/precheck.h"
#include "services/intake/drivers/letter_words.h"

namespace xiufu::intake {

// 材料预核清单: every paper once, what is there and what is lacking.
letter::Document PrecheckLetter(const Precheck& precheck, const LetterWords& words);
// 材料收取清单: number and query code, what was handed in, and of a draft what is still missing.
letter::Document SlipLetter(const FilingSlip& slip, const LetterWords& words);

// FAILED_PRECONDITION naming the texts that are missing: to be asked at start.
absl::Status CheckWindowMessages(const catalogue::Messages& messages);

}  // namespace xiufu::intake
