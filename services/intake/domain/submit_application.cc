#include "services/intake/domain/submit_application.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "services/intake/domain/eligibility.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {
namespace {

std::string ReasonsOf(const Eligibility& eligibility) {
  return absl::StrJoin(eligibility.reasons, "；",
                       [](std::string* out, const catalogue::BilingualText& reason) {
                         absl::StrAppend(out, reason.zh);
                       });
}

// The first record that cannot be submitted gives code and reason, all of them a violation.
absl::Status CheckAllSubmittable(const std::vector<Eligibility>& eligibilities) {
  absl::Status first;
  std::vector<Violation> violations;
  for (size_t i = 0; i < eligibilities.size(); ++i) {
    const absl::Status status = CheckSubmittable(eligibilities[i]);
    if (status.ok()) continue;
    if (first.ok()) first = status;
    violations.push_back({absl::StrCat("records[", i, "]"),
                          absl::StrCat(ReasonsOf(eligibilities[i]), " / ", status.message())});
  }
  if (first.ok()) return first;
  const std::optional<ErrorReason> reason = ReasonOf(first);
  return WithReason(MissingThings(violations), reason->reason, reason->metadata);
}

bool HasKind(const std::vector<Material>& materials, const std::string& kind) {
  return std::any_of(materials.begin(), materials.end(),
                     [&](const Material& material) { return material.kind == kind; });
}

// By which an agent is authorised.
RequiredMaterial PowerPaper(const Law& law) {
  const std::string& kind = law.catalogue->window_terms().power_material;
  const catalogue::MaterialKind* known = law.catalogue->FindMaterial(kind);
  return {kind, known == nullptr ? kind : known->name};
}

absl::Status CheckMaterials(const std::vector<RequiredMaterial>& asked,
                            const std::vector<Material>& materials) {
  std::vector<Violation> missing;
  std::vector<std::string> kinds;
  for (const RequiredMaterial& required : asked) {
    const bool told = std::find(kinds.begin(), kinds.end(), required.kind) != kinds.end();
    if (told || HasKind(materials, required.kind)) continue;
    kinds.push_back(required.kind);
    missing.push_back({"materials", absl::StrCat("缺少材料 ", required.kind, " ", required.name,
                                                 " / material ", required.kind, " is missing")});
  }
  if (missing.empty()) return absl::OkStatus();
  return WithReason(MissingThings(missing), "MATERIALS_MISSING",
                    {{"kinds", absl::StrJoin(kinds, ",")}});
}

absl::Status CheckDraft(const Application& application) {
  if (IsDraft(application)) return absl::OkStatus();
  return WithReason(absl::FailedPreconditionError("the application was submitted before"),
                    "APPLICATION_ALREADY_SUBMITTED",
                    {{"application", ApplicationName(application.id)}});
}

absl::Status CheckFree(const Id& record, std::optional<Hold> hold) {
  if (!hold.has_value()) return absl::OkStatus();
  const bool open = *hold == Hold::kOpen;
  const absl::Status status =
      open ? absl::AlreadyExistsError("another open application has the record")
           : absl::FailedPreconditionError("the repair of the record was approved before");
  return WithReason(status, open ? "RECORD_HAS_OPEN_APPLICATION" : "RECORD_ALREADY_REPAIRED",
                    {{"record", RecordName(record)}});
}

}  // namespace

absl::Status DecideSubmit(const Law& law, absl::Time now,
                          const std::vector<std::optional<Hold>>& holds,
                          const std::vector<Material>& materials, const std::vector<Ban>& bans,
                          bool by_power, Application& application,
                          std::vector<ApplicationRecord>& records) {
  if (absl::Status status = CheckDraft(application); !status.ok()) return status;
  for (size_t i = 0; i < records.size(); ++i) {
    absl::Status status = CheckFree(records[i].snapshot.record, holds[i]);
    if (!status.ok()) return status;
  }
  std::vector<Eligibility> eligibilities;
  for (const ApplicationRecord& record : records) {
    eligibilities.push_back(JudgeRecord(law, record.snapshot, LegalDay(now),
                                        IsPushed(application.origin) ? std::vector<Ban>() : bans));
  }
  if (absl::Status status = CheckAllSubmittable(eligibilities); !status.ok()) return status;
  std::vector<RequiredMaterial> asked;
  for (const Eligibility& one : eligibilities) {
    asked.insert(asked.end(), one.materials.begin(), one.materials.end());
  }
  if (by_power) asked.push_back(PowerPaper(law));
  if (absl::Status status = CheckMaterials(asked, materials); !status.ok()) return status;
  for (size_t i = 0; i < records.size(); ++i) records[i].rule = eligibilities[i].rule;
  application.submitted = now;
  application.state = ApplicationState::kSubmitted;
  return absl::OkStatus();
}

}  // namespace xiufu::intake
