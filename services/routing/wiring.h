#pragma once

#include "absl/status/status.h"
#include "libs/base/clock.h"
#include "libs/catalogue/law.h"
#include "libs/service/wiring.h"
#include "libs/storage/database.h"
#include "services/routing/app/allow_supplement.h"
#include "services/routing/app/assign_case.h"
#include "services/routing/app/report_revocation.h"
#include "services/routing/app/review_case.h"
#include "services/routing/app/supervise.h"
#include "services/routing/app/take_objection.h"
#include "services/routing/app/tell_relayed.h"

namespace xiufu::routing {

// The law outlives the wiring.
service::Wiring WireRouting(const catalogue::LawInForce* law);

// At start and whenever the law was loaded: brings everything open to the calendar in force, in the
// background.
absl::Status ApplyCalendar(storage::Database& database, const catalogue::LawInForce& law,
                           absl::Time now);

// On the writer, from a call of the desk.
absl::Status AssignCaseTo(const AssignCase::Command& command, const catalogue::LawInForce& law,
                          const messaging::Cause& cause, storage::Tx& tx);
// The same, from a reviewer.
absl::Status ReviewCaseOf(const ReviewCase::Command& command, const catalogue::LawInForce& law,
                          const messaging::Cause& cause, storage::Tx& tx);
absl::Status GiveOpinionOn(const ReviewCase::OpinionCommand& command,
                           const catalogue::LawInForce& law, const messaging::Cause& cause,
                           storage::Tx& tx);
absl::Status ReportRevocationOf(const ReportRevocation::Command& command,
                                const catalogue::LawInForce& law, const messaging::Cause& cause,
                                storage::Tx& tx);
absl::Status AllowSupplementOf(const AllowSupplement::Command& command,
                               const catalogue::LawInForce& law, const messaging::Cause& cause,
                               storage::Tx& tx);
absl::Status TellRelayedCase(const TellRelayed::Command& command, const catalogue::LawInForce& law,
                             const messaging::Cause& cause, storage::Tx& tx);

absl::StatusOr<SupervisionOrder> IssueOrder(const Supervise::Issue& issue,
                                            const catalogue::LawInForce& law,
                                            const messaging::Cause& cause, storage::Tx& tx);
absl::StatusOr<SupervisionOrder> RecordReply(const Supervise::Reply& reply,
                                             const catalogue::LawInForce& law, storage::Tx& tx);

absl::Status AssignObjectionTo(const TakeObjection::Assignment& assignment,
                               const catalogue::LawInForce& law, const messaging::Cause& cause,
                               storage::Tx& tx);

}  // namespace xiufu::routing
