#pragma once

#include "services/routing/app/ports.h"

namespace xiufu::routing {

class ReportTable final : public Reports {
 public:
  void Add(storage::Tx& tx, const Id& record, absl::string_view kind,
           const KeptReport& report) const override;
  std::vector<KeptReport> Of(storage::Tx& tx, const Id& record) const override;
};

}  // namespace xiufu::routing
