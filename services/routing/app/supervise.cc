#include "services/routing/app/supervise.h"

#include <optional>

#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "services/routing/app/remind.h"
#include "services/routing/domain/order_number.h"

namespace xiufu::routing {
namespace {

constexpr char kOrderReply[] = "ORDER_REPLY";

absl::Status Refuse(absl::string_view what, absl::string_view reason) {
  return WithReason(absl::FailedPreconditionError(what), reason);
}

}  // namespace

absl::StatusOr<SupervisionOrder> Supervise::operator()(const Issue& issue,
                                                       const messaging::Cause& cause,
                                                       storage::Tx& tx) const {
  const std::optional<Case> kase = ports_->cases->Find(tx, issue.case_id);
  if (!kase) return WithReason(absl::NotFoundError("no such case"), "CASE_NOT_FOUND");
  if (OwnerOf(issue.kind) != ClockOwner::kAuthority) {
    return Refuse("this time is not the authority's", "NOT_THE_AUTHORITYS");
  }
  const std::string region = law_->RegionOf(kase->authority.code);
  if (kase->state == CaseState::kToBeAssigned || region.empty()) {
    return Refuse("no authority has the case", "NOT_WITH_AUTHORITY");
  }
  const std::optional<absl::Time> since = ports_->orders->OverdueSince(tx, kase->id, issue.kind);
  if (!since) return Refuse("this deadline is not overdue", "NOT_OVERDUE");
  if (const auto open = ports_->orders->FindOpen(tx, kase->id, issue.kind, *since)) {
    return WithReason(absl::FailedPreconditionError("an order about it is not replied to yet"),
                      "ORDER_OPEN", {{"number", *open}});
  }
  const absl::CivilDay day = LegalDay(issue.at);
  const auto supervision = law_->Supervision();
  const catalogue::Deadline* limit = supervision->FindOwnClock(kOrderReply, day);
  if (limit == nullptr) return Refuse("supervision.toml has no ORDER_REPLY", "NO_REPLY_LIMIT");
  const SupervisionOrder order{
      .number = OrderNumber(region, day, ports_->orders->NextSequence(tx, region, day)),
      .case_id = kase->id,
      .kind = issue.kind,
      .since = *since,
      .authority_code = kase->authority.code,
      .authority_name = kase->authority.name,
      .person = issue.person,
      .demand = issue.demand,
      .issued_at = issue.at,
      .reply_due = catalogue::ReceiptOf(*limit, limit->start_event, day, law_->CalendarOf(*kase))};
  ports_->orders->Insert(tx, order);
  Remind(*ports_, *kase,
         {.kind = "SUPERVISION_ORDER",
          .text = order.demand,
          .deadline_kind = order.kind,
          .due_date = FormatDay(order.reply_due.due.day),
          .number = order.number,
          .at = order.issued_at},
         cause, tx);
  return order;
}

absl::StatusOr<SupervisionOrder> Supervise::operator()(const Reply& reply, storage::Tx& tx) const {
  std::optional<SupervisionOrder> order = ports_->orders->Find(tx, reply.number);
  if (!order) return WithReason(absl::NotFoundError("no such order"), "ORDER_NOT_FOUND");
  if (order->replied_at != absl::InfinitePast()) {
    return Refuse("the order is replied to", "REPLIED_ALREADY");
  }
  ports_->orders->Reply(tx, reply.number, reply.person, reply.text, reply.at);
  order->reply = reply.text;
  order->replied_by = reply.person;
  order->replied_at = reply.at;
  return *std::move(order);
}

}  // namespace xiufu::routing
