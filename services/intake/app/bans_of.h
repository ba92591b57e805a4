#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/storage/database.h"
#include "services/intake/app/ports.h"

namespace xiufu::intake {

// The subject's, of before and of now. Any thread but the writer.
inline absl::StatusOr<std::vector<Ban>> BansOf(storage::Database& database, const Tables& tables,
                                               absl::string_view subject_uscc) {
  std::vector<Ban> bans;
  const absl::Status status = database.Read([&](storage::Session& session) {
    bans = tables.bans->Of(session, subject_uscc);
    return session.status();
  });
  if (!status.ok()) return status;
  return bans;
}

}  // namespace xiufu::intake
