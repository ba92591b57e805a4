#pragma once

#include "services/routing/app/ports.h"

namespace xiufu::routing {

class AnswerTable final : public Answers {
 public:
  std::optional<AnswerRow> Find(storage::Tx& tx, const Id& case_id,
                                absl::string_view answer_id) const override;
  void Insert(storage::Tx& tx, const Id& case_id, absl::string_view answer_id,
              absl::Time received_at, const AnswerRow& row) const override;
  void MarkFaulty(storage::Tx& tx, const Id& case_id, absl::string_view answer_id,
                  absl::string_view reason) const override;
};

}  // namespace xiufu::routing
