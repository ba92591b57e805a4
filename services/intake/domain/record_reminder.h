#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"

namespace xiufu::intake {

// Codes of what subjects are told about public records, whether or not anybody has applied.
inline constexpr absl::string_view kRecordRepairable = "RECORD_REPAIRABLE";
inline constexpr absl::string_view kRecordEnding = "RECORD_ENDING";

// Publication says that it is the day to tell a subject something about a public record.
struct RecordReminder {
  Id record;
  std::string code;
  std::string subject_uscc;
  std::string subject_name;
  std::string document;  // what the record is called: its document, else its list
  std::string authority_name;
  std::string day;  // ISO 8601: from then on one may apply, or its last day of publicity
  absl::Time at;    // the day on which it was to be told
};

}  // namespace xiufu::intake
