#include "libs/service/handling.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/messaging/cause.h"
#include "libs/storage/inbox.h"

namespace xiufu::service {
namespace {

// Enough to understand a failure in a list; handlers put no applicant data into messages.
std::string ReasonOf(const absl::Status& failure) {
  return absl::StrCat(absl::StatusCodeToString(failure.code()), ": ",
                      failure.message().substr(0, 500));
}

}  // namespace

Handling::Handling(const Wiring* wiring, RetryPolicy policy, std::function<double()> jitter)
    : wiring_(wiring), policy_(policy), jitter_(std::move(jitter)) {}

void Handling::TakeNew(const messaging::EncodedEvent& event, absl::Time now,
                       storage::Tx& tx) const {
  const messaging::Envelope& envelope = event.envelope;
  if (wiring_->router.Ignores(envelope.type)) return;
  if (tx.waiting().Blocks(tx, envelope.application, envelope.case_id)) {
    tx.waiting().Add(tx, event, storage::WaitingState::kBehind, 0, absl::InfiniteFuture(), now, "");
    return;
  }
  absl::Status handled = Handle(event, now, tx);
  if (handled.ok() || !tx.status().ok()) return;
  RetryDecision decision = policy_.Decide(handled, 1, jitter_());
  const bool retry = decision.kind == RetryDecision::Kind::kRetry;
  tx.waiting().Add(tx, event,
                   retry ? storage::WaitingState::kRetry : storage::WaitingState::kParked, 1,
                   retry ? now + decision.after : absl::InfiniteFuture(), now, ReasonOf(handled));
}

void Handling::TakeAgain(const storage::WaitingRow& row, absl::Time now, storage::Tx& tx) const {
  absl::Status handled = Handle(row.event, row.first_now, tx);
  if (!tx.status().ok()) return;
  if (handled.ok()) {
    tx.waiting().Release(tx, row.id, now);
    return;
  }
  RetryDecision decision = policy_.Decide(handled, row.attempts + 1, jitter_());
  if (decision.kind == RetryDecision::Kind::kRetry) {
    tx.waiting().Reschedule(tx, row.id, row.attempts + 1, now + decision.after, ReasonOf(handled));
  } else {
    tx.waiting().Park(tx, row.id, row.attempts + 1, ReasonOf(handled));
  }
}

void Handling::Park(const messaging::EncodedEvent& event, absl::Time now, absl::string_view reason,
                    storage::Tx& tx) const {
  tx.waiting().Add(tx, event, storage::WaitingState::kParked, 1, absl::InfiniteFuture(), now,
                   reason);
}

absl::Status Handling::Handle(const messaging::EncodedEvent& event, absl::Time now,
                              storage::Tx& tx) const {
  // A row may be older than the knowledge that its type says nothing here.
  if (wiring_->router.Ignores(event.envelope.type)) return absl::OkStatus();
  const EventHandler* handler = wiring_->router.Find(event.envelope.type);
  if (handler == nullptr) {
    return absl::UnimplementedError(absl::StrCat("no handler for ", event.envelope.type));
  }
  return tx.InSavepoint([&](storage::Tx& inside) {
    absl::Status status =
        (*handler)(event.envelope, messaging::CauseOf(event.envelope, now), inside);
    if (status.ok()) inside.inbox().RecordInput(inside, event, now, wiring_->versions());
    return status;
  });
}

}  // namespace xiufu::service
