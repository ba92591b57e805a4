#include "libs/catalogue/receipt.h"

#include <algorithm>

#include "libs/catalogue/due_date.h"

namespace xiufu::catalogue {
namespace {

// `next` follows what was passed over so far.
void Join(const calendar::Due& next, calendar::Due& passed) {
  passed.day = next.day;
  passed.provisional |= next.provisional;
  passed.holidays_skipped.insert(passed.holidays_skipped.end(), next.holidays_skipped.begin(),
                                 next.holidays_skipped.end());
  passed.makeup_days_counted.insert(passed.makeup_days_counted.end(),
                                    next.makeup_days_counted.begin(),
                                    next.makeup_days_counted.end());
  passed.exceptions.insert(passed.exceptions.end(), next.exceptions.begin(), next.exceptions.end());
}

}  // namespace

DeadlineReceipt ReceiptOf(const Deadline& deadline, absl::string_view event, absl::CivilDay start,
                          const calendar::Calendar& calendar) {
  return {.kind = deadline.kind,
          .start_event = std::string(event),
          .start_date = start,
          .days = deadline.days,
          .working_days = deadline.day_kind == DayKind::kWorking,
          .pauses_on_supplement = deadline.pauses_on_supplement,
          .due = DueDate(deadline, start, calendar),
          .source = deadline.provenance.source,
          .confidence = deadline.provenance.confidence,
          .calendar_version = calendar.version()};
}

std::vector<DeadlineReceipt> DeadlinesFrom(const Rule& rule, absl::string_view event,
                                           absl::CivilDay start,
                                           const calendar::Calendar& calendar) {
  std::vector<DeadlineReceipt> receipts;
  for (const Deadline& deadline : rule.deadlines) {
    const bool pushed =
        !deadline.start_event_pushed.empty() && deadline.start_event_pushed == event;
    if (pushed || deadline.start_event == event) {
      receipts.push_back(ReceiptOf(deadline, event, start, calendar));
    }
  }
  return receipts;
}

DeadlineReceipt AfterSupplement(const DeadlineReceipt& before, absl::CivilDay asked,
                                absl::CivilDay supplemented, const calendar::Calendar& calendar) {
  if (!before.pauses_on_supplement) return before;
  DeadlineReceipt after = before;
  after.pauses.push_back({asked, supplemented});
  return ByCalendar(after, calendar);
}

DeadlineReceipt ByCalendar(const DeadlineReceipt& before, const calendar::Calendar& calendar) {
  DeadlineReceipt after = before;
  after.due = DueOf(after, calendar);
  after.calendar_version = calendar.version();
  return after;
}

calendar::Due DueOf(const DeadlineReceipt& receipt, const calendar::Calendar& calendar) {
  absl::CivilDay from = receipt.start_date;
  int left = receipt.days;
  calendar::Due passed;
  for (const Pause& pause : receipt.pauses) {
    if (receipt.working_days) Join(calendar.PassOver(from, pause.asked), passed);
    left -= receipt.working_days ? calendar.CountWorkingDays(from, pause.asked)
                                 : static_cast<int>(pause.asked - from);
    left = std::max(left, 0);
    from = pause.supplemented;
  }
  // Who asked when nothing was left has until the day of the supplement, or the next working day.
  const bool counts = receipt.working_days && (left > 0 || receipt.pauses.empty());
  Join(counts ? calendar.AddWorkingDays(from, left)
              : calendar.OnOrAfter(receipt.working_days ? from : from + left),
       passed);
  return passed;
}

const DeadlineReceipt* FindReceipt(const std::vector<DeadlineReceipt>& receipts,
                                   absl::string_view kind) {
  auto it = std::find_if(receipts.begin(), receipts.end(),
                         [&](const DeadlineReceipt& receipt) { return receipt.kind == kind; });
  return it == receipts.end() ? nullptr : &*it;
}

}  // namespace xiufu::catalogue
