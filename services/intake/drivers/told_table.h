#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

class SqlToldTable final : public ToldTable {
 public:
  std::vector<ToldNotice> Of(storage::Session& session, const Id& application) const override;
  void Keep(storage::Tx& tx, const ToldNotice& notice) const override;
};

}  // namespace xiufu::intake
