#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

class SqlFilingTable final : public FilingTable {
 public:
  std::optional<Filing> Find(storage::Session& session, const Id& application) const override;
  std::vector<Filing> List(storage::Session& session, absl::string_view region, const Id& before,
                           int limit) const override;
  void Insert(storage::Tx& tx, const Filing& filing) const override;
  void Move(storage::Tx& tx, const Id& application, absl::string_view region) const override;
};

}  // namespace xiufu::intake
