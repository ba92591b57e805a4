#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

class SqlNumberTable final : public NumberTable {
 public:
  int64_t Next(storage::Tx& tx, absl::string_view region, absl::CivilDay day) const override;
};

}  // namespace xiufu::intake
