#include "services/intake/app/submit_application.h"

#include <optional>
#include <utility>

#include "services/intake/app/check_act.h"
#include "services/intake/app/tell.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/submit_application.h"

namespace xiufu::intake {

SubmitApplicationCase::SubmitApplicationCase(CallContext context, LawSource law, Tables tables,
                                             const Announcer* announcer)
    : context_(context), law_(law), tables_(tables), announcer_(announcer) {}

void SubmitApplicationCase::operator()(const Call& call, const std::string& name,
                                       ClientWrite<ApplicationView> write, Capacity acting) {
  Violations violations;
  absl::StatusOr<Id> id = ParseApplicationName("name", name);
  violations.Take(id.status());
  CheckActing(acting, violations);
  if (!violations.empty()) return write.done(violations.ToStatus());
  const absl::Time now = NowOf(context_);
  RunOnce(std::move(write), [this, call, id = *id, acting, now](storage::Tx& tx) {
    return Submit(tx, call, id, acting, now);
  });
}

absl::StatusOr<ApplicationView> SubmitApplicationCase::Submit(storage::Tx& tx, const Call& call,
                                                              const Id& id, Capacity acting,
                                                              absl::Time now) const {
  absl::StatusOr<Application> application = FindOwned(tx, tables_, id, call.principal);
  if (!application.ok()) return application.status();
  std::vector<ApplicationRecord> records = tables_.records->Of(tx, id);
  std::vector<Material> materials = tables_.materials->Of(tx, id);
  std::vector<std::optional<Hold>> holds;
  for (const ApplicationRecord& record : records) {
    holds.push_back(tables_.records->HoldOf(tx, record.snapshot.record));
  }
  const Law law = law_.Now();
  absl::Status decided =
      DecideSubmit(law, now, holds, materials, tables_.bans->Of(tx, application->subject_uscc),
                   ActsByPower(*application, acting), *application, records);
  if (decided.ok()) decided = CheckAct(tx, tables_, *application, {Act::kApply, acting, {}}, now);
  if (!decided.ok()) return decided;
  tables_.records->Take(tx, id, records);
  tables_.applications->SaveProgress(tx, *application);
  tables_.timeline->Append(
      tx, id, EntriesFor(*law_.messages, *application, nullptr, {{kApplicationSubmitted, now}}));
  announcer_->Submitted(tx, CauseOfCall(context_, call, id, now),
                        {&*application, &records, &materials});
  ApplicationView view;
  view.application = *std::move(application);
  for (const ApplicationRecord& record : records) view.records.push_back(record.snapshot.record);
  view.materials = std::move(materials);
  return view;
}

}  // namespace xiufu::intake
