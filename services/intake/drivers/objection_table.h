#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

class SqlObjectionTable final : public ObjectionTable {
 public:
  std::optional<Objection> Find(storage::Session& session, const Id& id) const override;
  std::vector<Objection> List(storage::Session& session, const std::string& principal,
                              const Id& before, int limit) const override;
  std::optional<Id> OpenLike(storage::Session& session, const ObjectionDraft& what) const override;
  void Insert(storage::Tx& tx, const Objection& objection) const override;
  void Update(storage::Tx& tx, const Objection& objection) const override;
  std::vector<ObjectionStep> StepsOf(storage::Session& session, const Id& id) const override;
  void AddStep(storage::Tx& tx, const Id& id, const ObjectionStep& step) const override;
  void CompleteFirstStep(storage::Tx& tx, const Id& id, const ObjectionStep& step) const override;
};

}  // namespace xiufu::intake
