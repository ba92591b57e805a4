#include "services/intake/app/provide_supplement.h"

#include <algorithm>
#include <utility>

#include "libs/base/status.h"
#include "services/intake/app/check_act.h"
#include "services/intake/domain/project_case.h"

namespace xiufu::intake {

ProvideSupplementCase::ProvideSupplementCase(CallContext context, Tables tables,
                                             const CaseProjector* projector,
                                             const Announcer* announcer)
    : context_(context), tables_(tables), projector_(projector), announcer_(announcer) {}

void ProvideSupplementCase::operator()(const Call& call, const SupplementCommand& command,
                                       ClientWrite<ApplicationView> write) {
  absl::StatusOr<Supplement> supplement = ValidateSupplement(command);
  if (!supplement.ok()) return write.done(supplement.status());
  const absl::Time now = NowOf(context_);
  RunOnce(std::move(write), [this, call, supplement = *std::move(supplement),
                             now](storage::Tx& tx) { return Provide(tx, call, supplement, now); });
}

absl::StatusOr<ApplicationView> ProvideSupplementCase::Provide(storage::Tx& tx, const Call& call,
                                                               const Supplement& supplement,
                                                               absl::Time now) const {
  const Id& id = supplement.application;
  absl::StatusOr<Application> application = FindOwned(tx, tables_, id, call.principal);
  if (!application.ok()) return application.status();
  ApplicationView view = LoadView(tx, tables_, *application);
  const auto found = std::find_if(view.cases.begin(), view.cases.end(), [&](const CaseView& one) {
    return one.id == supplement.case_id;
  });
  if (found == view.cases.end()) {
    return WithReason(absl::NotFoundError("no such case of this application"), "CASE_NOT_FOUND");
  }
  absl::StatusOr<std::vector<Material>> chosen =
      DecideSupplement(supplement, *found, view.materials);
  if (!chosen.ok()) return chosen.status();
  const Doing doing{Act::kSupplement, supplement.acting, {found->record}};
  absl::Status may = CheckAct(tx, tables_, *application, doing, now);
  if (!may.ok()) return may;
  tables_.supplements->Insert(tx, id, {found->id, found->supplement_round, supplement.note}, now);
  projector_->Store(tx, view.application, view.cases, ProjectSupplemented(*found, now));
  announcer_->Supplemented(tx, CauseOfCall(context_, call, id, now),
                           {id, found->id, found->supplement_round, now, *std::move(chosen)});
  return view;
}

}  // namespace xiufu::intake
