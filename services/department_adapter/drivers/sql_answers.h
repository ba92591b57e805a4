#pragma once

#include "services/department_adapter/app/ports.h"

namespace xiufu::department {

// Table "answer".
class SqlAnswers final : public Answers {
 public:
  std::optional<std::string> FingerprintOf(storage::Session& session,
                                           absl::string_view authority_code,
                                           absl::string_view answer_id) const override;
  void Insert(storage::Tx& tx, absl::string_view authority_code, const Answer& answer,
              absl::Time received_at) const override;
};

}  // namespace xiufu::department
