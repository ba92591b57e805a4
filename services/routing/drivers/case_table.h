#pragma once

#include "services/routing/app/ports.h"

namespace xiufu::routing {

class CaseTable final : public Cases {
 public:
  // The same outside the writer.
  std::optional<Case> Read(storage::Session& session, const Id& id) const;
  std::optional<Case> Find(storage::Tx& tx, const Id& id) const override;
  std::vector<Id> RunningAfter(storage::Tx& tx, const Id& after, size_t limit) const override;
  void Insert(storage::Tx& tx, const Case& kase) const override;
  std::vector<Id> OpenAbout(storage::Tx& tx, const Id& record) const override;
  std::vector<Id> ConcludedBy(storage::Tx& tx, absl::string_view decision_no) const override;
  void Update(storage::Tx& tx, const Case& kase) const override;
};

}  // namespace xiufu::routing
