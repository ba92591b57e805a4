#pragma once

#include "services/routing/app/ports.h"

namespace xiufu::routing {

class AnswerTable final : public Answers {
 public:
  std::optional<AnswerRow> Find(storage::Tx& tx, const AnswerKey& key) const override;
  void Insert(storage::Tx& tx, const AnswerKey& key, absl::Time received_at,
              const AnswerRow& row) const override;
  void LetCount(storage::Tx& tx, const AnswerKey& key, const SupplementAllowed& allowed,
                absl::Time at) const override;
  void MarkFaulty(storage::Tx& tx, const AnswerKey& key, absl::string_view reason) const override;
};

}  // namespace xiufu::routing
