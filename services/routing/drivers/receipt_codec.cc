#include "services/routing/drivers/receipt_codec.h"

#include "libs/base/legal_day.h"

namespace xiufu::routing {

void WriteDeadline(const DeadlineReceipt& receipt, v1::Deadline* proto) {
  proto->set_kind(receipt.kind);
  proto->set_start_event(receipt.start_event);
  proto->set_start_date(FormatDay(receipt.start_date));
  proto->set_working_days(receipt.days);
  proto->set_due_date(FormatDay(receipt.due.day));
  proto->set_provisional(receipt.due.provisional);
  proto->set_source(receipt.source);
  proto->set_confidence(receipt.confidence);
  proto->set_calendar_version(receipt.calendar_version);
}

}  // namespace xiufu::routing
