#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "libs/letter/document.h"
#include "libs/letter/fonts.h"

namespace xiufu::letter {

// The document as PDF on A4 pages, fonts embedded, its text extractable. The same document gives
// the same bytes. INVALID_ARGUMENT for a QR code that would hold too much. Any thread.
absl::StatusOr<std::string> RenderPdf(const Fonts& fonts, const Document& document);

}  // namespace xiufu::letter
