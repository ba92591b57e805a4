#include "libs/feed/meaning.h"

namespace xiufu::feed {
namespace {

// In the order of Meaning.
constexpr absl::string_view kNames[kMeaningCount] = {
    "SUBJECT_NAME",   "SUBJECT_KIND",     "SUBJECT_USCC",
    "DOCUMENT_NO",    "VIOLATION",        "FACTS",
    "LEGAL_BASIS",    "PENALTY_KINDS",    "PENALTY",
    "FINE",           "CONFISCATED",      "LICENCE",
    "PROCEDURE",      "LIST_NAME",        "GROUND",
    "DETERMINED_ON",  "VALID_UNTIL",      "PUBLICITY_END",
    "PUBLISHED_ON",   "CORRECTED_ON",     "RESTRICTION_UNTIL",
    "REPAIR_BASIS",   "AUTHORITY_NAME",   "AUTHORITY_USCC",
    "AUTHORITY_CODE", "SOURCE_NAME",      "SOURCE_USCC",
    "REMARK",         "STATUS",           "REPORTED_ON",
    "REPORTED_BY",    "REPORTED_BY_CODE", "REPORTED_REASON"};

}  // namespace

absl::string_view ToString(Meaning meaning) { return kNames[static_cast<size_t>(meaning)]; }

std::optional<Meaning> MeaningNamed(absl::string_view name) {
  for (size_t i = 0; i < kMeaningCount; ++i) {
    if (kNames[i] == name) return static_cast<Meaning>(i);
  }
  return std::nullopt;
}

}  // namespace xiufu::feed
