#include "services/routing/domain/deadline.h"

#include "libs/base/legal_day.h"
#include "libs/catalogue/due_date.h"

namespace xiufu::routing {

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
