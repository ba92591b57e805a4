#pragma once

#include "services/publication/app/ports.h"

namespace xiufu::publication {

// Table "ending".
class SqlEndings final : public Endings {
 public:
  std::optional<EnteredDecision> Find(storage::Session& session, const Id& decision) const override;
  void Insert(storage::Tx& tx, const Ending& ending) const override;
  std::optional<Ending> FindWhole(storage::Session& session, const Id& decision) const override;
  std::vector<Ending> Refused(storage::Session& session, const Id& after, int limit) const override;
  std::vector<Ending> LetStandOnes(storage::Session& session, const Id& after,
                                   int limit) const override;
  void Settle(storage::Tx& tx, const Ending& ending) const override;
};

}  // namespace xiufu::publication
