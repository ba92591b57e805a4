#include "services/intake/domain/upload_material.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {
namespace {

constexpr char kNotPositive[] = "not positive";
constexpr char kContentBytes[] = "the content's bytes";
constexpr char kNotSha256[] = "not a SHA-256";
constexpr char kSha256[] = "64 hex digits";
constexpr char kUnknownKind[] = "unknown";
constexpr char kKnownKind[] = "a kind of the catalogue";

void CheckFileName(const std::string& field, const std::string& name, Violations& violations) {
  violations.Take(CheckText(field, name, 1, 200));
  if (name != "." && name != ".." && name.find_first_of("/\\") == std::string::npos) return;
  violations.Add(field, "contains a path", "a name without / and \\");
}

// What the catalogue says of the kind. The reason is given when nothing else is wrong.
template <typename Paper>
absl::Status CheckKind(absl::string_view prefix, const Paper& command,
                       const catalogue::MaterialKind& kind) {
  const auto& types = kind.media_types;
  if (std::find(types.begin(), types.end(), command.media_type) == types.end()) {
    return WithReason(FieldViolation(absl::StrCat(prefix, "media_type"),
                                     "not accepted for this kind", absl::StrJoin(types, ", ")),
                      "MATERIAL_TYPE_MISMATCH");
  }
  if (command.size > kind.max_bytes) {
    return WithReason(
        FieldViolation(absl::StrCat(prefix, "size"), absl::StrCat(command.size, " bytes"),
                       absl::StrCat("at most ", kind.max_bytes, " bytes")),
        "MATERIAL_SIZE_EXCEEDED");
  }
  return absl::OkStatus();
}

absl::Status Mismatch(absl::string_view field, absl::string_view reason, absl::string_view wrong,
                      absl::string_view right) {
  return WithReason(FieldViolation(field, wrong, right), reason);
}

}  // namespace

Material MaterialOf(const Upload& upload, const Id& application, const Id& id, absl::Time now) {
  return {id,          application,   upload.kind, upload.file_name, upload.media_type,
          upload.size, upload.sha256, now};
}

void CheckAnnounced(const std::string& prefix, const Upload& paper,
                    const catalogue::Catalogue& catalogue, Violations& violations) {
  CheckFileName(prefix + "file_name", paper.file_name, violations);
  if (paper.size < 1) violations.Add(prefix + "size", kNotPositive, kContentBytes);
  if (paper.sha256.size() != 32) violations.Add(prefix + "sha256", kNotSha256, kSha256);
  const catalogue::MaterialKind* kind = catalogue.FindMaterial(paper.kind);
  if (kind == nullptr) return violations.Add(prefix + "kind", kUnknownKind, kKnownKind);
  violations.Take(CheckKind(prefix, paper, *kind));
}

absl::StatusOr<Upload> ValidateUpload(const UploadCommand& command,
                                      const catalogue::Catalogue& catalogue) {
  Violations violations;
  absl::StatusOr<Id> application = ParseObjectionName("header.application", command.application);
  const bool to_objection = application.ok();
  if (!to_objection) application = ParseApplicationName("header.application", command.application);
  violations.Take(application.status());
  CheckFileName("header.file_name", command.file_name, violations);
  if (command.size < 1) violations.Add("header.size", kNotPositive, kContentBytes);
  absl::StatusOr<std::string> sha256 = HexDecode(command.sha256);
  if (!sha256.ok() || sha256->size() != 32) {
    violations.Add("header.sha256", kNotSha256, kSha256);
  }
  const catalogue::MaterialKind* kind = catalogue.FindMaterial(command.kind);
  if (kind == nullptr) violations.Add("header.kind", kUnknownKind, kKnownKind);
  const absl::Status fits =
      kind == nullptr ? absl::OkStatus() : CheckKind("header.", command, *kind);
  if (violations.empty() && !fits.ok()) return fits;
  violations.Take(fits);
  if (!violations.empty()) return violations.ToStatus();
  return Upload{*application, command.kind,       command.file_name, command.media_type,
                command.size, *std::move(sha256), to_objection};
}

absl::Status CheckTakesMaterial(const Application& application, const std::vector<CaseView>& cases,
                                int materials, bool power) {
  const bool agents = power && application.concluded == absl::InfinitePast() &&
                      ShowsPower(application.applicant, application.origin);
  if (!IsDraft(application) && !agents &&
      std::none_of(cases.begin(), cases.end(), AwaitsSupplement)) {
    return WithReason(absl::FailedPreconditionError(
                          "only a draft, or an application that waits for a supplement, "
                          "takes materials"),
                      "APPLICATION_TAKES_NO_MATERIALS");
  }
  if (materials < kMaxMaterials) return absl::OkStatus();
  return WithReason(absl::FailedPreconditionError(
                        absl::StrCat("an application has at most ", kMaxMaterials, " materials")),
                    "TOO_MANY_MATERIALS");
}

absl::Status CheckReceived(const Upload& upload, const Received& received,
                           const ReceivedFields& fields) {
  if (received.size != upload.size) {
    return Mismatch(
        fields.size, "MATERIAL_SIZE_MISMATCH",
        absl::StrCat(received.size, " bytes were received, ", upload.size, " announced"),
        "the content's size");
  }
  if (received.sha256 != upload.sha256) {
    return Mismatch(fields.sha256, "MATERIAL_HASH_MISMATCH", "not the SHA-256 of what was received",
                    "the content's SHA-256");
  }
  if (MediaTypeOf(received.beginning) != upload.media_type) {
    return Mismatch(fields.media_type, "MATERIAL_TYPE_MISMATCH", "the content is not of this type",
                    "the content's type");
  }
  return absl::OkStatus();
}

}  // namespace xiufu::intake
