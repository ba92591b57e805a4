#include "services/routing/domain/light.h"

#include <algorithm>

#include "libs/base/legal_day.h"

namespace xiufu::routing {
namespace {

absl::CivilDay WorkingDaysBefore(absl::CivilDay day, int days, const calendar::Calendar& calendar) {
  while (days > 0) {
    --day;
    if (calendar.IsWorkingDay(day)) --days;
  }
  return day;
}

}  // namespace

absl::Time WarnAt(const DeadlineReceipt& receipt, const catalogue::Reminder& reminder,
                  const calendar::Calendar& calendar) {
  const absl::CivilDay runs_from =
      receipt.pauses.empty() ? receipt.start_date + 1 : receipt.pauses.back().supplemented;
  return StartOfLegalDay(
      std::max(WorkingDaysBefore(receipt.due.day, reminder.days_before, calendar), runs_from));
}

absl::Time EscalateAt(const DeadlineReceipt& receipt, const catalogue::EscalationStep& step,
                      const calendar::Calendar& calendar) {
  return StartOfLegalDay(calendar.AddWorkingDays(receipt.due.day, step.days_after).day + 1);
}

Light LightOf(const DeadlineReceipt& receipt, const catalogue::Reminder* reminder,
              const calendar::Calendar& calendar, absl::Time now) {
  if (now >= MissedAt(receipt)) return Light::kRed;
  const bool warned = reminder != nullptr && now >= WarnAt(receipt, *reminder, calendar);
  return warned ? Light::kYellow : Light::kGreen;
}

ClockOwner OwnerOf(absl::string_view deadline_kind) {
  if (deadline_kind == kSupplementDeadline) return ClockOwner::kApplicant;
  if (deadline_kind == kDeliverDeadline) return ClockOwner::kSuite;
  return ClockOwner::kAuthority;
}

}  // namespace xiufu::routing
