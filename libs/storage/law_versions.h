#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/storage/session.h"
#include "libs/storage/tx.h"

namespace xiufu::storage {

// One version of one part of the law as data.
struct LawVersion {
  std::string kind;     // "catalogue", "calendar", "authorities"
  std::string version;  // as decisions name it; perhaps with a digest behind '@'
  std::string sha256;   // hex
  std::string content;  // the files as one text
};

inline constexpr char kCatalogueKind[] = "catalogue";
inline constexpr char kCalendarKind[] = "calendar";
inline constexpr char kAuthoritiesKind[] = "authorities";

// Keeps a version that the store does not have yet, so that what was decided with it can be
// recomputed. ALREADY_EXISTS when it has one of that name with other content.
absl::Status KeepLawVersion(Tx& tx, const LawVersion& version, absl::Time now);

// The content that was kept under a hash.
std::optional<std::string> FindLaw(Session& session, absl::string_view kind,
                                   absl::string_view sha256);

}  // namespace xiufu::storage
