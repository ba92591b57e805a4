#include "services/department_adapter/app/papers.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace xiufu::department {

absl::Status EnsureMaterials(const Id& application, const std::vector<Material>& materials,
                             IntakeFiles& intake, MaterialCache& cache, absl::Time deadline) {
  for (const Material& material : materials) {
    if (cache.Has(material.sha256, material.size)) continue;
    absl::StatusOr<std::string> bytes =
        intake.FetchMaterial(application, material.sha256, material.size, deadline);
    if (!bytes.ok()) return bytes.status();
    if (bytes->size() != static_cast<size_t>(material.size) || Sha256(*bytes) != material.sha256) {
      return absl::DataLossError(absl::StrCat("materials/", material.material.ToString(),
                                              " is not what the task describes"));
    }
    if (absl::Status status = cache.Put(material.sha256, *bytes); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<ApplicationFile> GetFile(const Task& task, IntakeFiles& intake,
                                        absl::Time deadline) {
  return task.is_objection() ? intake.GetObjectionFile(task.case_id, deadline)
                             : intake.GetApplicationFile(task.application, deadline);
}

}  // namespace xiufu::department
