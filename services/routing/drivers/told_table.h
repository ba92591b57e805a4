#pragma once

#include <string>
#include <vector>

#include "services/routing/app/ports.h"

namespace xiufu::routing {

// What people told of cases that are decided in another system.
class ToldTable final : public ToldRows {
 public:
  void Insert(storage::Tx& tx, const Id& case_id, absl::Time at, absl::string_view kind,
              const Told& told) const override;
};

// A case that is with an upstream door.
struct RelayedCase {
  Id case_id;
  Id application;
  std::string application_number;
  std::string snapshot;  // xiufu.common.v1.RecordSnapshot
  std::string handling;
  std::string door;
  std::string upstream_no;
  absl::Time since;
};
// The oldest first, after that time and id.
std::vector<RelayedCase> RelayedAfter(storage::Session& session, absl::Time at, const Id& id,
                                      int limit);

}  // namespace xiufu::routing
