#include "services/intake/domain/material.h"

#include "absl/strings/match.h"

namespace xiufu::intake {

absl::string_view MediaTypeOf(absl::string_view beginning) {
  if (absl::StartsWith(beginning, "%PDF-")) return "application/pdf";
  if (absl::StartsWith(beginning, "\xFF\xD8\xFF")) return "image/jpeg";
  if (absl::StartsWith(beginning, "\x89PNG\r\n\x1A\n")) return "image/png";
  return "";
}

}  // namespace xiufu::intake
