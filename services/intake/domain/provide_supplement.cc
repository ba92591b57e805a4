#include "services/intake/domain/provide_supplement.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "services/intake/domain/power_of_attorney.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/upload_material.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {
namespace {

void CheckMaterialNames(const std::vector<std::string>& names, std::vector<Id>& ids,
                        Violations& violations) {
  if (names.empty() || names.size() > static_cast<size_t>(kMaxMaterials)) {
    violations.Add("materials", absl::StrCat(names.size(), " materials"),
                   absl::StrCat("1 to ", kMaxMaterials));
    return;
  }
  std::set<Id> seen;
  for (size_t i = 0; i < names.size(); ++i) {
    const std::string field = absl::StrCat("materials[", i, "]");
    absl::StatusOr<Id> id = ParseMaterialName(field, names[i]);
    violations.Take(id.status());
    if (!id.ok()) continue;
    if (!seen.insert(*id).second) violations.Add(field, "given twice", "each material once");
    ids.push_back(*id);
  }
}

absl::Status CheckAwaitsSupplement(const CaseView& view) {
  if (AwaitsSupplement(view)) return absl::OkStatus();
  if (IsWithdrawalRequested(view)) {
    return WithReason(absl::FailedPreconditionError(
                          "已提出撤回，等待答复期间不接收补正材料 / a withdrawal was requested: no "
                          "supplement is taken before it is answered"),
                      "WITHDRAWAL_REQUESTED");
  }
  if (IsMissed(view) || view.state == CaseState::kClosedNoSupplement) {
    return WithReason(absl::FailedPreconditionError(
                          "补正期限已过，不再接收补正材料，可以重新申请 / the time for the "
                          "supplement is over and none is taken any more; one may apply again"),
                      "SUPPLEMENT_CLOSED");
  }
  return WithReason(absl::FailedPreconditionError("the case does not wait for a supplement"),
                    "CASE_AWAITS_NO_SUPPLEMENT");
}

}  // namespace

absl::StatusOr<Supplement> ValidateSupplement(const SupplementCommand& command) {
  Violations violations;
  Supplement supplement;
  absl::StatusOr<Id> application = ParseApplicationName("name", command.application);
  violations.Take(application.status());
  absl::StatusOr<Id> case_id = ParseCaseName("case_name", command.case_name);
  violations.Take(case_id.status());
  CheckMaterialNames(command.materials, supplement.materials, violations);
  violations.Take(CheckMultilineText("note", command.note, 0, 500));
  CheckActing(command.acting, violations);
  if (!violations.empty()) return violations.ToStatus();
  supplement.acting = command.acting;
  supplement.application = *application;
  supplement.case_id = *case_id;
  supplement.note = command.note;
  return supplement;
}

absl::StatusOr<std::vector<Material>> DecideSupplement(const Supplement& supplement,
                                                       const CaseView& view,
                                                       const std::vector<Material>& owned) {
  if (absl::Status status = CheckAwaitsSupplement(view); !status.ok()) return status;
  Violations violations;
  const char* reason = "MATERIAL_OLDER_THAN_REQUEST";
  std::vector<Material> chosen;
  for (size_t i = 0; i < supplement.materials.size(); ++i) {
    const std::string field = absl::StrCat("materials[", i, "]");
    const auto found = std::find_if(owned.begin(), owned.end(), [&](const Material& material) {
      return material.id == supplement.materials[i];
    });
    if (found == owned.end()) {
      reason = "MATERIAL_UNKNOWN";
      violations.Add(field, "not of this application", "a material uploaded to it");
    } else if (found->created < view.supplement_requested) {
      violations.Add(field, "older than the request", "a material uploaded after it");
    } else {
      chosen.push_back(*found);
    }
  }
  if (!violations.empty()) return WithReason(violations.ToStatus(), reason);
  return chosen;
}

}  // namespace xiufu::intake
