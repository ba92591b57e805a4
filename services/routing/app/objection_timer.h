#pragma once

#include "absl/strings/string_view.h"
#include "libs/storage/timers.h"
#include "services/routing/domain/deadline.h"

namespace xiufu::routing {

inline constexpr char kObjectionDecideTimer[] = "OBJECTION_DUE";
inline constexpr char kObjectionDeliverTimer[] = "OBJECTION_DELIVER_DUE";

// The timer of an objection's clock of this kind.
inline absl::string_view ObjectionTimer(absl::string_view deadline_kind) {
  return deadline_kind == kDeliverDeadline ? kObjectionDeliverTimer : kObjectionDecideTimer;
}

inline void ArmObjection(storage::Tx& tx, const Id& objection, const DeadlineReceipt& receipt) {
  tx.timers().Set(tx, {.kind = std::string(ObjectionTimer(receipt.kind)),
                       .subject = objection,
                       .due = MissedAt(receipt)});
}

}  // namespace xiufu::routing
