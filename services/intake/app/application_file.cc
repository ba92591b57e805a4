#include "services/intake/app/application_file.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "services/intake/app/application_view.h"

namespace xiufu::intake {

absl::StatusOr<ApplicationFile> ReadApplicationFile::Get(const Id& application) const {
  ApplicationFile file;
  absl::Status status = database_->Read([&](storage::Session& session) {
    std::optional<Application> found = tables_.applications->Find(session, application);
    if (!session.status().ok()) return session.status();
    if (!found.has_value() || IsDraft(*found)) return NoSuchApplication();
    file.application = *std::move(found);
    file.materials = tables_.materials->Of(session, application);
    file.notes = tables_.supplements->NotesOf(session, application);
    const absl::CivilDay handed_in = LegalDay(file.application.submitted);
    for (Ban& ban : tables_.bans->Of(session, file.application.subject_uscc)) {
      if (ban.InForce(handed_in)) file.bans.push_back(std::move(ban));
    }
    return session.status();
  });
  if (!status.ok()) return status;
  return file;
}

bool ReadApplicationFile::IsHandedIn(storage::Session& session, const Id& id) const {
  if (std::optional<Application> found = tables_.applications->Find(session, id)) {
    return !IsDraft(*found);
  }
  const std::optional<Objection> objection = tables_.objections->Find(session, id);
  return objection.has_value() && objection->state != ObjectionState::kDraft;
}

absl::StatusOr<std::unique_ptr<BlobReader>> ReadApplicationFile::Open(
    const Id& application, absl::string_view sha256) const {
  bool known = false;
  absl::Status status = database_->Read([&](storage::Session& session) {
    const std::vector<Material> materials = tables_.materials->Of(session, application);
    known = std::any_of(materials.begin(), materials.end(),
                        [&](const Material& material) { return material.sha256 == sha256; });
    return IsHandedIn(session, application) ? session.status() : NoSuchApplication();
  });
  if (!status.ok()) return status;
  if (known) return blobs_->Read(sha256);
  return WithReason(absl::NotFoundError("the application has no such material"),
                    "MATERIAL_NOT_FOUND");
}

}  // namespace xiufu::intake
