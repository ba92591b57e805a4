#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

class SqlMaterialTable final : public MaterialTable {
 public:
  std::vector<Material> Of(storage::Session& session, const Id& application) const override;
  bool HasBlob(storage::Session& session, absl::string_view sha256) const override;
  void Insert(storage::Tx& tx, const Material& material) const override;
};

}  // namespace xiufu::intake
