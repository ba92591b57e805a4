#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/calendar/calendar.h"
#include "libs/catalogue/rule.h"

namespace xiufu::catalogue {

// The clock stood still: not counted from the day after `asked` to `supplemented`, both included.
struct Pause {
  absl::CivilDay asked;
  absl::CivilDay supplemented;
  friend bool operator==(const Pause&, const Pause&) = default;
};

// A due date with everything that led to it, so that anybody can recompute it: `days` from
// `start_date` by that calendar, without the pauses.
struct DeadlineReceipt {
  std::string kind;           // "ACCEPT", "DECIDE", "OVERALL"
  std::string start_event;    // start_event.h
  absl::CivilDay start_date;  // Asia/Shanghai, itself not counted
  int days = 0;
  bool working_days = true;
  bool pauses_on_supplement = false;
  std::vector<Pause> pauses;  // in the order of time
  calendar::Due due;          // holidays and make-up days of the pauses are not among its own
  std::string source;
  std::string confidence;
  std::string calendar_version;
};

DeadlineReceipt ReceiptOf(const Deadline& deadline, absl::string_view event, absl::CivilDay start,
                          const calendar::Calendar& calendar);

// Receipts of the rule's deadlines that `event` starts, in the rule's order.
std::vector<DeadlineReceipt> DeadlinesFrom(const Rule& rule, absl::string_view event,
                                           absl::CivilDay start,
                                           const calendar::Calendar& calendar);

// A deadline after a supplement: what was left of it when the applicant was asked runs from the day
// of the supplement. Unchanged when it does not pause.
DeadlineReceipt AfterSupplement(const DeadlineReceipt& before, absl::CivilDay asked,
                                absl::CivilDay supplemented, const calendar::Calendar& calendar);

// The due date of a receipt by a calendar, from its start, days and pauses alone.
calendar::Due DueOf(const DeadlineReceipt& receipt, const calendar::Calendar& calendar);

// The same deadline by another calendar.
DeadlineReceipt ByCalendar(const DeadlineReceipt& before, const calendar::Calendar& calendar);

// nullptr when there is none.
const DeadlineReceipt* FindReceipt(const std::vector<DeadlineReceipt>& receipts,
                                   absl::string_view kind);

}  // namespace xiufu::catalogue
