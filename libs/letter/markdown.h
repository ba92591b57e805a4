#pragma once

#include <string>

#include "libs/letter/document.h"

namespace xiufu::letter {

// The document as Markdown (CommonMark with pipe tables), flow charts as Mermaid. The same document
// gives the same text.
std::string RenderMarkdown(const Document& document);

}  // namespace xiufu::letter
