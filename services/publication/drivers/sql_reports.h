#pragma once

#include "services/publication/app/ports.h"

namespace xiufu::publication {

// Table "reported_result".
class SqlReports final : public ReportedResults {
 public:
  std::optional<ReportedResult> Find(storage::Session& session, const Id& record,
                                     Reported::Kind kind) const override;
  void Insert(storage::Tx& tx, const ReportedResult& result) const override;
};

}  // namespace xiufu::publication
