#include "libs/storage/law_versions.h"

#include "absl/strings/str_cat.h"

namespace xiufu::storage {

absl::Status KeepLawVersion(Tx& tx, const LawVersion& version, absl::Time now) {
  const absl::string_view text = version.version;
  const absl::string_view name = text.substr(0, text.find('@'));
  {
    Query known =
        tx.Sql("SELECT sha256 FROM law_version WHERE kind = ? AND name = ?", version.kind, name);
    if (known.Next()) {
      if (known.Text(0) == version.sha256) return absl::OkStatus();
      return absl::AlreadyExistsError(absl::StrCat(
          version.kind, " ", name,
          ": 内容已变而版本未变，请提高版本号 / other content under a version that was "
          "used before: raise it"));
    }
  }
  tx.Run(
      "INSERT INTO law_version (kind, name, version, sha256, loaded_at, content)"
      " VALUES (?, ?, ?, ?, ?, ?)",
      version.kind, name, version.version, version.sha256, now, version.content);
  return tx.status();
}

std::optional<std::string> FindLaw(Session& session, absl::string_view kind,
                                   absl::string_view sha256) {
  Query row =
      session.Sql("SELECT content FROM law_version WHERE kind = ? AND sha256 = ?", kind, sha256);
  if (!row.Next()) return std::nullopt;
  return std::string(row.Text(0));
}

}  // namespace xiufu::storage
