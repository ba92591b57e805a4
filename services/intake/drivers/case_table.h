#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

class SqlCaseTable final : public CaseTable {
 public:
  std::vector<CaseView> Of(storage::Session& session, const Id& application) const override;
  void Save(storage::Tx& tx, const CaseView& view) const override;
};

}  // namespace xiufu::intake
