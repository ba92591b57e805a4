#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

class SqlRecordTable final : public RecordTable {
 public:
  std::vector<Id> IdsOf(storage::Session& session, const Id& application) const override;
  std::vector<ApplicationRecord> Of(storage::Session& session,
                                    const Id& application) const override;
  std::optional<Id> HolderOf(storage::Session& session, const Id& record) const override;
  std::optional<Hold> HoldOf(storage::Session& session, const Id& record) const override;
  void Insert(storage::Tx& tx, const Id& application,
              const std::vector<RecordSnapshot>& records) const override;
  void Take(storage::Tx& tx, const Id& application,
            const std::vector<ApplicationRecord>& records) const override;
  void SetHold(storage::Tx& tx, const Id& application, const Id& record,
               std::optional<Hold> hold) const override;
};

}  // namespace xiufu::intake
