#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

class SqlPrecheckTable final : public PrecheckTable {
 public:
  void CountOne(storage::Tx& tx, const Desk& desk, absl::string_view month) const override;
  std::vector<WindowCount> Count(storage::Session& session, absl::string_view region,
                                 absl::string_view from_month,
                                 absl::string_view to_month) const override;
};

}  // namespace xiufu::intake
