#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/storage/tx.h"
#include "services/department_adapter/app/ports.h"

namespace xiufu::department {

// An authority answered, by whatever door: stores the answer as it came and tells routing.
// Idempotent on (authority, answer id).
class ReceiveAnswer {
 public:
  ReceiveAnswer(const Tasks* tasks, const Answers* answers, const Events* events)
      : tasks_(tasks), answers_(answers), events_(events) {}

  // `answer` has passed CheckAnswer. NOT_FOUND: no such task; PERMISSION_DENIED: another
  // authority's; ALREADY_EXISTS: this answer id came with other content.
  absl::Status operator()(storage::Tx& tx, absl::string_view authority_code, const Answer& answer,
                          absl::Time received_at) const;

 private:
  const Tasks* tasks_;
  const Answers* answers_;
  const Events* events_;
};

}  // namespace xiufu::department
