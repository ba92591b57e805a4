#include "services/routing/domain/deadline.h"

#include <algorithm>

#include "libs/base/legal_day.h"
#include "libs/catalogue/due_date.h"

namespace xiufu::routing {

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
  const int used = before.working_days ? calendar.CountWorkingDays(before.start_date, asked)
                                       : static_cast<int>(asked - before.start_date);
  DeadlineReceipt after = before;
  after.start_event = "SUPPLEMENTED";
  after.start_date = supplemented;
  after.days = std::max(0, before.days - used);
  after.due = before.working_days && after.days > 0
                  ? calendar.AddWorkingDays(supplemented, after.days)
                  : calendar.OnOrAfter(supplemented + (before.working_days ? 0 : after.days));
  after.calendar_version = calendar.version();
  return after;
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
