#include "services/routing/domain/deadline.h"

#include "absl/algorithm/container.h"
#include "libs/base/legal_day.h"
#include "libs/catalogue/due_date.h"
#include "services/routing/domain/case_states.h"

namespace xiufu::routing {

std::vector<DeadlineReceipt> StartedBy(const Law& law, absl::string_view event,
                                       absl::CivilDay day) {
  std::vector<DeadlineReceipt> receipts =
      catalogue::DeadlinesFrom(*law.rule, event, day, law.calendar);
  if (law.own == nullptr) return receipts;
  for (const catalogue::Deadline& own : law.own->own_clocks) {
    if (own.start_event != event || !own.provenance.InForce(day)) continue;
    if (catalogue::FindDeadline(*law.rule, own.kind) != nullptr) continue;
    receipts.push_back(catalogue::ReceiptOf(own, event, day, law.calendar));
  }
  return receipts;
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

CaseState StateOfClocks(const Case& kase) {
  const bool interrupted =
      kase.state == CaseState::kSupplementRequested || kase.state == CaseState::kDecided;
  return interrupted ? kase.resume : kase.state;
}

bool IsOpen(const Case& kase, absl::string_view kind) {
  if (IsFinal(kase.state)) return Runs(kase, kind);
  if (kind == kSupplementDeadline) return kase.state == CaseState::kSupplementRequested;
  const CaseState state = StateOfClocks(kase);
  if (kind == kPreCheckDeadline) return state == CaseState::kPreCheck;
  if (kind == kDeliverDeadline) return state == CaseState::kReceived;
  if (kind == kAcceptDeadline) return Runs(state, kind);
  if (kind == kDecideDeadline) return state != CaseState::kExtended;
  return true;
}

absl::Span<const absl::string_view> ClocksOf(CaseState state) {
  static constexpr absl::string_view kLookedAt[] = {kPreCheckDeadline, kOverallDeadline};
  static constexpr absl::string_view kOnTheWay[] = {kDeliverDeadline, kOverallDeadline};
  // Some rules count the decision from the day on which the authority got the case.
  static constexpr absl::string_view kBeforeAcceptance[] = {kAcceptDeadline, kDecideDeadline,
                                                            kOverallDeadline};
  static constexpr absl::string_view kDeciding[] = {kDecideDeadline, kOverallDeadline};
  static constexpr absl::string_view kExtended[] = {kExtendDeadline, kOverallDeadline};
  static constexpr absl::string_view kAsked[] = {kSupplementDeadline};
  static constexpr absl::string_view kWaiting[] = {kOverallDeadline};
  switch (state) {
    case CaseState::kPreCheck:
      return kLookedAt;
    case CaseState::kReceived:
      return kOnTheWay;
    case CaseState::kWithAuthority:
      return kBeforeAcceptance;
    case CaseState::kAccepted:
      return kDeciding;
    case CaseState::kExtended:
      return kExtended;
    case CaseState::kSupplementRequested:
      return kAsked;
    case CaseState::kToBeAssigned:
    case CaseState::kWithUpstream:
    case CaseState::kDecided:
      return kWaiting;
    case CaseState::kConcluded:
    case CaseState::kNotAccepted:
    case CaseState::kWithdrawn:
    case CaseState::kClosedNoSupplement:
      return {};
  }
  return {};
}

absl::Span<const absl::string_view> ClocksOf(const Case& kase) {
  static constexpr absl::string_view kEffects[] = {kExecuteDeadline, kShareDeadline};
  const bool effects_open = kase.state == CaseState::kConcluded &&
                            kase.result == CaseResult::kApproved &&
                            kase.loop_closed_at == absl::InfinitePast();
  if (effects_open) return kEffects;
  return ClocksOf(kase.state);
}

bool Runs(CaseState state, absl::string_view kind) {
  return absl::c_linear_search(ClocksOf(state), kind);
}

bool Runs(const Case& kase, absl::string_view kind) {
  return absl::c_linear_search(ClocksOf(kase), kind);
}

std::vector<DeadlineReceipt> AfterExtension(const catalogue::Rule& rule,
                                            const std::vector<DeadlineReceipt>& deadlines,
                                            const calendar::Calendar& calendar) {
  const DeadlineReceipt* decide = FindReceipt(deadlines, kDecideDeadline);
  if (decide == nullptr) return {};
  std::vector<DeadlineReceipt> extended =
      catalogue::DeadlinesFrom(rule, catalogue::kDecideDue, decide->due.day, calendar);
  const DeadlineReceipt* overall = FindReceipt(deadlines, kOverallDeadline);
  if (extended.empty() || overall == nullptr) return extended;
  const DeadlineReceipt& more = extended.front();
  if (more.working_days != overall->working_days) return extended;
  DeadlineReceipt grown = *overall;
  grown.days += more.days;
  grown.due = catalogue::DueOf(grown, calendar);
  extended.push_back(std::move(grown));
  return extended;
}

absl::Time MissedAt(const DeadlineReceipt& receipt) { return StartOfLegalDay(receipt.due.day + 1); }

}  // namespace xiufu::routing
