#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

class SqlSupplementTable final : public SupplementTable {
 public:
  std::vector<SupplementNote> NotesOf(storage::Session& session,
                                      const Id& application) const override;
  void Insert(storage::Tx& tx, const Id& application, const SupplementNote& note,
              absl::Time supplemented) const override;
};

}  // namespace xiufu::intake
