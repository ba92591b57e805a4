#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/feed/record_content.h"

namespace xiufu::publication {

// Publicity of a record (公示). The numbers are those of xiufu.common.v1.RecordState and of the
// store.
enum class RecordState {
  kPublished = 1,
  kNotPublished = 2,
  kEnded = 3,
  kExpired = 4,
  kWithdrawn = 5,
  kShielded = 6,
};
absl::string_view ToString(RecordState state);  // "PUBLISHED", ...

using feed::NaturalKey;
using feed::RecordContent;
using feed::Reported;

// SHA-256 over everything the feed said: equal exactly when nothing changed.
std::string Fingerprint(const RecordContent& content);

struct Record {
  Id id;
  uint64_t version = 0;  // from 1, +1 with every change
  RecordContent content;
  RecordState state = RecordState::kPublished;
  std::optional<absl::Time> ended_at;
  Id ended_by;                                  // the decision that ended or shielded it; else none
  std::string result_word;                      // "终止公示", by the rule of the decision
  std::optional<absl::CivilDay> ends_on;        // the last day of publicity, see Publicity
  std::optional<absl::CivilDay> repairable_on;  // see Publicity
};

}  // namespace xiufu::publication
