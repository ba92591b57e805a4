#include "services/intake/domain/standing.h"

#include <algorithm>

namespace xiufu::intake {
namespace {

bool Approved(const CaseView& view) {
  return IsConcluded(view) && view.decision.result == CaseResult::kApproved;
}

int CountOpened(const std::vector<CaseView>& cases) {
  return static_cast<int>(std::count_if(cases.begin(), cases.end(), IsOpened));
}

bool AllEnded(const Application& application, const std::vector<CaseView>& cases) {
  return static_cast<int>(std::count_if(cases.begin(), cases.end(), HasEnded)) >=
         application.record_count;
}

bool AllWithdrawn(const std::vector<CaseView>& cases) {
  return std::all_of(cases.begin(), cases.end(),
                     [](const CaseView& view) { return view.state == CaseState::kWithdrawn; });
}

bool AnyApproved(const std::vector<CaseView>& cases) {
  return std::any_of(cases.begin(), cases.end(), Approved);
}

ApplicationState StateOf(const Application& application, const std::vector<CaseView>& cases) {
  if (IsDraft(application)) return ApplicationState::kDraft;
  if (std::any_of(cases.begin(), cases.end(), AwaitsSupplement)) {
    return ApplicationState::kSupplementRequested;
  }
  if (CountOpened(cases) < application.record_count) return ApplicationState::kSubmitted;
  if (!AllEnded(application, cases)) return ApplicationState::kInProgress;
  return AllWithdrawn(cases) ? ApplicationState::kWithdrawn : ApplicationState::kConcluded;
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
  standing.state = StateOf(application, cases);
  const bool ended = standing.state == ApplicationState::kConcluded ||
                     standing.state == ApplicationState::kWithdrawn;
  if (!ended) return standing;
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
