#pragma once

#include <string>

#include "libs/letter/document.h"
#include "services/intake/domain/notice.h"
#include "services/intake/drivers/letter_words.h"

namespace xiufu::intake {

// What a notice is: of everything that somebody asks about (一次性告知书), or of the record that
// its subject is told of (信用修复告知书).
enum class NoticeKind { kOneTime, kOfRecord };

// The notice as a letter; its QR code leads to `link`.
letter::Document NoticeLetter(const Notice& notice, NoticeKind kind, const LetterWords& words,
                              const std::string& link);

// What every page of a letter about a notice has at its foot, and its date.
letter::Document EmptyLetter(const Notice& notice, const LetterWords& words, std::string title);

}  // namespace xiufu::intake
