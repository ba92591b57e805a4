#include "services/intake/app/agents.h"

#include <algorithm>
#include <utility>

#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "services/intake/app/application_view.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {

void Agents::ReplacePower(const Call& call, const ReplacePowerCommand& command,
                          ClientWrite<PowerOfAttorney> write) {
  Violations violations;
  const absl::StatusOr<Id> application = ParseApplicationName("application", command.application);
  violations.Take(application.status());
  Id document;
  if (!command.document.empty()) {
    const absl::StatusOr<Id> named = ParseMaterialName("document", command.document);
    violations.Take(named.status());
    document = named.value_or(Id());
  }
  if (!violations.empty()) return write.done(violations.ToStatus());
  const absl::Time now = NowOf(context_);
  RunOnce(std::move(write),
          [this, call, application = *application, power = command.power, document,
           now](storage::Tx& tx) { return Replace(tx, call, application, power, document, now); });
}

absl::StatusOr<PowerOfAttorney> Agents::Replace(storage::Tx& tx, const Call& call,
                                                const Id& application, const PowerCommand& command,
                                                const Id& document, absl::Time now) const {
  absl::StatusOr<Application> found = FindOwned(tx, tables_, application, call.principal);
  if (!found.ok()) return found.status();
  if (!ShowsPower(found->applicant, found->origin)) {
    return WithReason(
        absl::FailedPreconditionError("该申请不是代理人提出的 / the application is not an agent's"),
        "NO_AGENT");
  }
  absl::StatusOr<PowerOfAttorney> power =
      ValidatePower(command, found->subject_uscc, agent_secret_, now);
  if (!power.ok()) return power.status();
  absl::Status paper = CheckDocument(tx, *found, document);
  if (!paper.ok()) return paper;
  power->document = document;
  tables_.powers->Insert(tx, application, *power);
  return *std::move(power);
}

absl::Status Agents::CheckDocument(storage::Session& session, const Application& application,
                                   const Id& document) const {
  if (document.IsNone() && IsDraft(application))
    return absl::OkStatus();  // looked at when submitted
  const std::string& kind = law_.Now().catalogue->window_terms().power_material;
  const std::optional<PowerOfAttorney> before = tables_.powers->LatestOf(session, application.id);
  const std::vector<Material> materials = tables_.materials->Of(session, application.id);
  const bool fits = std::any_of(materials.begin(), materials.end(), [&](const Material& one) {
    const bool newer = !before || one.created > before->recorded;
    return one.id == document && one.kind == kind && newer;
  });
  if (fits) return absl::OkStatus();
  return FieldViolation("document", document.IsNone() ? "empty" : "not a new power of attorney",
                        "the material of its kind that was uploaded for this power");
}

absl::StatusOr<AgentPage> Agents::List(const std::string& to_date, int64_t offset,
                                       int limit) const {
  AgentPage page;
  page.terms = law_.Now().catalogue->window_terms();
  page.to = LegalDay(context_.clock->Now());
  if (!to_date.empty()) {
    const absl::StatusOr<absl::CivilDay> day = ParseDay(to_date);
    if (!day.ok()) return FieldViolation("to_date", "not a day", "yyyy-mm-dd, or nothing");
    page.to = *day;
  }
  page.from = page.to - std::max(page.terms.agent_days - 1, 0);
  const AgentFilter filter{StartOfLegalDay(page.from), StartOfLegalDay(page.to + 1), offset,
                           limit + 1};
  absl::Status status = database_->Read([&](storage::Session& session) {
    page.agents = tables_.powers->Count(session, filter);
    return session.status();
  });
  if (!status.ok()) return status;
  page.more = static_cast<int>(page.agents.size()) > limit;
  if (page.more) page.agents.pop_back();
  for (const AgentCount& one : page.agents) page.stands_out.push_back(StandsOut(one, page.terms));
  return page;
}

}  // namespace xiufu::intake
