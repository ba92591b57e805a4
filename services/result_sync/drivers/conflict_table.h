#pragma once

#include <vector>

#include "services/result_sync/app/ports.h"

namespace xiufu::result {

// One that is still a person's turn.
struct OpenConflict {
  Conflict conflict;
  absl::Time entered_at = absl::InfinitePast();  // none while the decision is not here
};

class ConflictTable final : public Conflicts {
 public:
  void Add(storage::Tx& tx, const Conflict& conflict) const override;
  bool Has(storage::Tx& tx, const Id& decision) const override;
  bool IsSettled(storage::Tx& tx, const Id& decision) const override;
  void Settle(storage::Tx& tx, const Id& decision, absl::string_view person,
              absl::string_view reason, absl::Time at) const override;

  // Neither settled nor carried out since, by decision, after `after`.
  std::vector<OpenConflict> Open(storage::Session& session, const Id& after, int limit) const;
};

}  // namespace xiufu::result
