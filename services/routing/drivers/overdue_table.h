#pragma once

#include "services/routing/app/ports.h"

namespace xiufu::routing {

class OverdueTable final : public Overdues {
 public:
  void Put(storage::Tx& tx, const Case& kase, absl::string_view kind, absl::Time since,
           std::optional<absl::Time> until) const override;
  void Remove(storage::Tx& tx, const Id& case_id, absl::string_view kind,
              absl::Time since) const override;
};

}  // namespace xiufu::routing
