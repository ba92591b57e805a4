#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

// Table "ban".
class SqlBanTable final : public BanTable {
 public:
  void Insert(storage::Tx& tx, const Ban& ban) const override;
  std::vector<Ban> Of(storage::Session& session, absl::string_view subject_uscc) const override;
};

}  // namespace xiufu::intake
