#pragma once

#include <vector>

#include "services/routing/app/objection_ports.h"

namespace xiufu::routing {

class ObjectionTable final : public Objections {
 public:
  std::optional<Objection> Find(storage::Session& session, const Id& id) const override;
  std::vector<Id> OpenAfter(storage::Tx& tx, const Id& after, size_t limit) const override;
  void Insert(storage::Tx& tx, const Objection& objection) const override;
  void Update(storage::Tx& tx, const Objection& objection) const override;
  std::optional<std::string> HolderOf(storage::Tx& tx, const Id& objection,
                                      const Id& task) const override;
  void InsertTask(storage::Tx& tx, const Id& objection, const Id& task,
                  absl::string_view authority_code, absl::Time at) const override;
  void NoteDelivered(storage::Tx& tx, const Id& task, absl::Time at) const override;
  void InsertAssignment(storage::Tx& tx, const Objection& before, absl::Time at,
                        const ObjectionAssigned& assigned) const override;

  // The oldest first, after `after`.
  std::vector<Objection> List(storage::Session& session, const Id& after, bool unassigned_only,
                              int limit) const;
};

class ObjectionAnswerTable final : public ObjectionAnswers {
 public:
  std::optional<std::string> FindContent(storage::Tx& tx, const AnswerKey& key) const override;
  void Insert(storage::Tx& tx, const AnswerKey& key, absl::Time received_at,
              ObjectionInputKind kind, absl::string_view content,
              absl::string_view reason) const override;
};

}  // namespace xiufu::routing
