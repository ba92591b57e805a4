#include "services/intake/domain/standing.h"

#include <algorithm>

#include "services/intake/domain/application_states.h"

namespace xiufu::intake {
namespace {

bool Approved(const CaseView& view) {
  return IsConcluded(view) && view.decision.result == CaseResult::kApproved;
}

bool AnyApproved(const std::vector<CaseView>& cases) {
  return std::any_of(cases.begin(), cases.end(), Approved);
}

absl::Time LastEnd(const std::vector<CaseView>& cases) {
  absl::Time last = absl::InfinitePast();
  for (const CaseView& view : cases) last = std::max(last, view.ended);
  return last;
}

// InfinitePast when nothing was approved or an approval is still open.
absl::Time LastClosing(const std::vector<CaseView>& cases) {
  absl::Time last = absl::InfinitePast();
  for (const CaseView& view : cases) {
    if (!Approved(view)) continue;
    if (!Happened(view.loop_closed)) return absl::InfinitePast();
    last = std::max(last, view.loop_closed);
  }
  return last;
}

}  // namespace

Standing StandingOf(const Application& application, const std::vector<CaseView>& cases) {
  Standing standing;
  if (IsDraft(application)) return standing;
  standing.state = StateOf(cases, application.record_count);
  if (InfoOf(standing.state).owner != Turn::kNobody) return standing;
  standing.concluded = LastEnd(cases);
  standing.loop_closed = LastClosing(cases);
  return standing;
}

std::vector<News> Advance(Application& application, const Standing& standing) {
  std::vector<News> news;
  if (!Happened(application.concluded) && Happened(standing.concluded)) {
    const bool withdrawn = standing.state == ApplicationState::kWithdrawn;
    news.push_back({withdrawn ? kApplicationWithdrawn : kApplicationConcluded, standing.concluded});
  }
  if (!Happened(application.loop_closed) && Happened(standing.loop_closed)) {
    news.push_back({kApplicationLoopClosed, standing.loop_closed});
  }
  application.state = standing.state;
  application.concluded = standing.concluded;
  application.loop_closed = standing.loop_closed;
  return news;
}

bool IsFinal(const Application& application, const std::vector<CaseView>& cases) {
  if (!Happened(application.concluded)) return false;
  return Happened(application.loop_closed) || !AnyApproved(cases);
}

}  // namespace xiufu::intake
