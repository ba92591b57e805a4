#pragma once

#include <functional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/messaging/envelope.h"
#include "libs/service/retry_policy.h"
#include "libs/service/wiring.h"
#include "libs/storage/tx.h"
#include "libs/storage/waiting.h"

namespace xiufu::service {

// What happens to an event once its claim stands: its handler in a savepoint, or a row that waits.
// The one place where an event is handled, whether it came live, was read back, or is tried again.
// Runs on the writer.
class Handling {
 public:
  // `jitter` gives numbers in [0, 1); called on the writer only.
  Handling(const Wiring* wiring, RetryPolicy policy, std::function<double()> jitter);

  // A newly claimed event: nothing to this service, behind a waiting row of its application, or
  // handled; what fails becomes a row.
  void TakeNew(const messaging::EncodedEvent& event, absl::Time now, storage::Tx& tx) const;
  // A row that is due: handled with the `now` of its first delivery; released, put off or parked.
  void TakeAgain(const storage::WaitingRow& row, absl::Time now, storage::Tx& tx) const;
  // A newly claimed event that must not be tried.
  void Park(const messaging::EncodedEvent& event, absl::Time now, absl::string_view reason,
            storage::Tx& tx) const;

 private:
  absl::Status Handle(const messaging::EncodedEvent& event, absl::Time now, storage::Tx& tx) const;

  const Wiring* const wiring_;
  const RetryPolicy policy_;
  const std::function<double()> jitter_;
};

}  // namespace xiufu::service
