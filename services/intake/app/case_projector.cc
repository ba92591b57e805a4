#include "services/intake/app/case_projector.h"

#include <algorithm>
#include <utility>

#include "services/intake/app/tell.h"
#include "services/intake/domain/standing.h"

namespace xiufu::intake {
namespace {

std::optional<CaseView> FindCase(const std::vector<CaseView>& cases, const Id& id) {
  const auto found =
      std::find_if(cases.begin(), cases.end(), [&](const CaseView& view) { return view.id == id; });
  if (found == cases.end()) return std::nullopt;
  return *found;
}

void Put(std::vector<CaseView>& cases, const CaseView& view) {
  for (CaseView& known : cases) {
    if (known.id != view.id) continue;
    known = view;
    return;
  }
  cases.push_back(view);
}

bool SameProgress(const Application& a, const Application& b) {
  return a.state == b.state && a.concluded == b.concluded && a.loop_closed == b.loop_closed;
}

}  // namespace

absl::Status CaseProjector::operator()(storage::Tx& tx, const Id& application, const Id& case_id,
                                       Project project) const {
  std::optional<Application> found = tables_.applications->Find(tx, application);
  if (!tx.status().ok()) return tx.status();
  if (!found.has_value() || IsDraft(*found)) {
    return absl::NotFoundError("this store knows of no such submitted application");
  }
  std::vector<CaseView> cases = tables_.cases->Of(tx, application);
  absl::StatusOr<CaseProjection> projection = project(FindCase(cases, case_id));
  if (!projection.ok()) return projection.status();
  if (projection->changed) Store(tx, *found, cases, *projection);
  return tx.status();
}

void CaseProjector::Store(storage::Tx& tx, Application& application, std::vector<CaseView>& cases,
                          const CaseProjection& projection) const {
  tables_.cases->Save(tx, projection.view);
  Put(cases, projection.view);
  const Application before = application;
  const std::vector<News> news = Advance(application, StandingOf(application, cases));
  if (!SameProgress(before, application)) tables_.applications->SaveProgress(tx, application);
  SettleRecord(tx, projection);
  for (const News& one : projection.news) {
    const std::optional<ToldNotice> told = NoticeIn(one, projection.view);
    if (told.has_value()) tables_.told->Keep(tx, *told);
  }
  upstream_->News(tx, application, projection.view, projection.news);
  std::vector<TimelineEntry> entries =
      EntriesFor(*messages_, application, &projection.view, projection.news);
  for (TimelineEntry& entry : EntriesFor(*messages_, application, nullptr, news, cases)) {
    entries.push_back(std::move(entry));
  }
  if (notifications_ != nullptr) notifications_->Push(tx, application, projection.view, entries);
  if (!entries.empty()) {
    tables_.timeline->Append(tx, application.id, std::move(entries));
  }
}

// A record whose case ended without a decision, with a refusal, or with an approval that was
// revoked or is for a time only, may be applied for again; one that was repaired or annulled stays
// ended.
void CaseProjector::SettleRecord(storage::Tx& tx, const CaseProjection& projection) const {
  const CaseView& view = projection.view;
  if (!HasEnded(view)) return;
  const bool stays = IsConcluded(view) && view.decision.result != CaseResult::kRefused &&
                     !IsRevoked(view) && !view.for_a_time;
  tables_.records->SetHold(tx, view.application, view.record,
                           stays ? std::optional<Hold>(Hold::kEnded) : std::nullopt);
}

}  // namespace xiufu::intake
