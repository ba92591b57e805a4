#pragma once

#include <string>
#include <vector>

#include "libs/storage/session.h"
#include "services/routing/app/ports.h"

namespace xiufu::routing {

// What the people at the desk look at.
struct UnassignedCase {
  Id case_id;
  Id application;
  std::string application_number;
  std::string snapshot;  // xiufu.common.v1.RecordSnapshot
  std::string reason;
  absl::Time since;
};
struct UncountedAnswer {
  AnswerKey key;
  Id application;
  std::string application_number;
  std::string authority_code;  // that gave it
  std::string kind;
  std::string reason;
  absl::Time received_at;
};

// Where a page ends: the time, and the key that tells apart what has the same.
struct DeskPosition {
  absl::Time at = absl::InfinitePast();
  Id id;
  Id task;
  std::string answer_id;
};

class DeskTable {
 public:
  // The oldest first, after `after`.
  std::vector<UnassignedCase> Unassigned(storage::Session& session, const DeskPosition& after,
                                         int limit) const;
  std::vector<UncountedAnswer> Uncounted(storage::Session& session, const DeskPosition& after,
                                         int limit) const;
};

}  // namespace xiufu::routing
