#include "services/routing/domain/deadline.h"

#include <algorithm>

#include "libs/base/legal_day.h"
#include "libs/catalogue/due_date.h"

namespace xiufu::routing {
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

std::vector<DeadlineReceipt> DeadlinesFrom(const catalogue::Rule& rule, absl::string_view event,
                                           absl::CivilDay start,
                                           const calendar::Calendar& calendar) {
  std::vector<DeadlineReceipt> receipts;
  for (const catalogue::Deadline& deadline : rule.deadlines) {
    if (deadline.start_event != event) continue;
    receipts.push_back({.kind = deadline.kind,
                        .start_event = deadline.start_event,
                        .start_date = start,
                        .days = deadline.days,
                        .working_days = deadline.day_kind == catalogue::DayKind::kWorking,
                        .pauses_on_supplement = deadline.pauses_on_supplement,
                        .due = catalogue::DueDate(deadline, start, calendar),
                        .source = deadline.provenance.source,
                        .confidence = deadline.provenance.confidence,
                        .calendar_version = calendar.version()});
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

std::optional<absl::CivilDay> LastDayToDecide(const catalogue::Rule& rule,
                                              const std::vector<DeadlineReceipt>& from_receipt,
                                              const calendar::Calendar& calendar) {
  if (const DeadlineReceipt* decide = FindReceipt(from_receipt, kDecideDeadline)) {
    return decide->due.day;
  }
  const catalogue::Deadline* decide = catalogue::FindDeadline(rule, kDecideDeadline);
  const DeadlineReceipt* accept = FindReceipt(from_receipt, kAcceptDeadline);
  if (decide == nullptr || accept == nullptr) return std::nullopt;
  return catalogue::DueDate(*decide, accept->due.day, calendar).day;
}

const DeadlineReceipt* FindReceipt(const std::vector<DeadlineReceipt>& receipts,
                                   absl::string_view kind) {
  auto it = std::find_if(receipts.begin(), receipts.end(),
                         [&](const DeadlineReceipt& receipt) { return receipt.kind == kind; });
  return it == receipts.end() ? nullptr : &*it;
}

CaseState StateOfClocks(const Case& kase) {
  const bool interrupted =
      kase.state == CaseState::kSupplementRequested || kase.state == CaseState::kDecided;
  return interrupted ? kase.resume : kase.state;
}

bool IsOpen(const Case& kase, absl::string_view kind) {
  if (kase.state == CaseState::kConcluded) return false;
  return kind != kAcceptDeadline || RunningDeadline(StateOfClocks(kase)) == kAcceptDeadline;
}

absl::string_view RunningDeadline(CaseState state) {
  switch (state) {
    case CaseState::kReceived:
    case CaseState::kWithAuthority:
      return kAcceptDeadline;
    case CaseState::kAccepted:
      return kDecideDeadline;
    case CaseState::kSupplementRequested:
    case CaseState::kDecided:
    case CaseState::kConcluded:
      return "";
  }
  return "";
}

absl::Time MissedAt(const DeadlineReceipt& receipt) { return StartOfLegalDay(receipt.due.day + 1); }

}  // namespace xiufu::routing
