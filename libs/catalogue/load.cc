// The only file of this library that reads files.
#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/catalogue/agreement.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "libs/catalogue/check_rules.h"
#include "libs/catalogue/law.h"
#include "libs/catalogue/messages.h"
#include "libs/catalogue/parse_authority.h"
#include "libs/catalogue/parse_confirmations.h"
#include "libs/catalogue/parse_help.h"
#include "libs/catalogue/parse_items.h"
#include "libs/catalogue/parse_messages.h"
#include "libs/catalogue/parse_rules.h"
#include "libs/catalogue/parse_succession.h"
#include "libs/catalogue/parse_supervision.h"
#include "libs/catalogue/parse_terms.h"
#include "libs/catalogue/reason_keys.h"
#include "libs/catalogue/tables.h"
#include "libs/data/archive.h"
#include "libs/data/folder.h"
#include "libs/data/table.h"

namespace xiufu::catalogue {
namespace {

constexpr absl::string_view kCatalogueStems[] = {
    "authority_kinds", "catalogue",   "classes",       "conditions", "deadlines",
    "effects",         "fields",      "findings",      "forms",      "grounds",
    "items",           "materials",   "penalty_kinds", "reasons",    "regions",
    "reviewers",       "supervision", "transition",    "windows"};
// Versions that stores have kept are from before these: then there was nothing to say.
constexpr absl::string_view kLaterStems[] = {"findings",  "forms",       "items",
                                             "reviewers", "supervision", "windows"};
constexpr absl::string_view kConfirmations = "confirmations";  // there once a sheet came back
constexpr absl::string_view kSuccession =
    "succession";  // beside the authorities, where one is gone
constexpr absl::string_view kRegimePrefix = "regime-";

// The files of the catalogue by name.
class CatalogueFolder {
 public:
  CatalogueFolder(absl::string_view dir, std::vector<data::File> files, bool archived,
                  data::Problems& problems)
      : files_(std::move(files)), archived_(archived), complete_(!files_.empty()) {
    for (absl::string_view stem : kCatalogueStems) {
      const auto* later = std::find(std::begin(kLaterStems), std::end(kLaterStems), stem);
      if (!complete_ || (archived && later != std::end(kLaterStems))) continue;
      missing_ |= data::RequireFile(files_, dir, stem, problems) == nullptr;
    }
    if (files_.empty() && problems.empty()) problems.Add(dir, 0, "no file");
    complete_ &= !missing_ && !problems.has_unreadable();
    for (const data::File& file : files_) {
      const auto* known = std::find(std::begin(kCatalogueStems), std::end(kCatalogueStems),
                                    absl::string_view(file.stem));
      if (absl::StartsWith(file.stem, kRegimePrefix)) {
        regimes_.push_back(&file);
      } else if (file.stem == kConfirmations) {
        confirmations_ = &file;
      } else if (known == std::end(kCatalogueStems)) {
        problems.Add(file.path, 0, "unknown file");
      }
    }
  }
  bool archived() const { return archived_; }
  bool complete() const { return complete_; }
  std::string Digest() const { return data::DigestOf(files_); }
  std::string Archive() const { return data::ArchiveOf(files_); }
  // One file per instrument.
  const std::vector<const data::File*>& regimes() const { return regimes_; }
  // nullptr: nothing is confirmed.
  const data::File* confirmations() const { return confirmations_; }
  // nullptr: an archive from before there was such a file.
  const data::File* Later(absl::string_view stem) const {
    const auto at = std::find_if(files_.begin(), files_.end(),
                                 [&](const data::File& file) { return file.stem == stem; });
    return at == files_.end() ? nullptr : &*at;
  }
  // Only for the names above, when complete.
  const data::File& operator[](absl::string_view stem) const {
    return *std::find_if(files_.begin(), files_.end(),
                         [&](const data::File& file) { return file.stem == stem; });
  }

 private:
  std::vector<data::File> files_;
  std::vector<const data::File*> regimes_;
  const data::File* confirmations_ = nullptr;
  const bool archived_;
  bool missing_ = false;
  bool complete_;
};

std::string ParseVersion(const data::File& file, data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  std::string version = table.Text("version");
  table.Text("note");
  table.Finish();
  return version;
}

Messages ParseReasons(const data::File& file, bool archived, data::Problems& problems) {
  Messages reasons = ParseMessages(file, problems);
  if (archived) return reasons;  // what is newer than it has no words there
  if (const absl::Status status = reasons.Require(kReasonKeys); !status.ok()) {
    problems.Add(file.path, 1, status.message());
  }
  return reasons;
}

absl::StatusOr<Catalogue> BuildCatalogue(const CatalogueFolder& folder, data::Problems& problems) {
  // With a file missing or unreadable, every reference into it would be one more complaint about
  // the same thing.
  if (!folder.complete()) return problems.ToStatus();
  auto data = std::make_shared<CatalogueData>();
  data->archived = folder.archived();
  data->version = ParseVersion(folder["catalogue"], problems);
  data->sha256 = folder.Digest();
  data->archive = folder.Archive();
  data->reasons = ParseReasons(folder["reasons"], folder.archived(), problems);
  data->regions = RegionTable(ParseRegions(folder["regions"], problems));
  data->materials = ParseMaterials(folder["materials"], problems);
  if (const data::File* file = folder.Later("reviewers")) {
    data->reviewers = ParseReviewers(*file, problems);
  }
  data->conditions = ParseConditions(folder["conditions"], *data, problems);
  data->fields = ParseFields(folder["fields"], problems);
  data->grounds = ParseGrounds(folder["grounds"], *data, problems);
  ParseAuthorityKinds(folder["authority_kinds"], problems, *data);
  if (const data::File* file = folder.Later("windows")) ParseWindows(*file, problems, *data);
  if (const data::File* file = folder.Later("forms")) {
    data->forms = ParseForms(*file, *data, problems);
  }
  if (const data::File* file = folder.Later("items")) ParseItems(*file, problems, *data);
  if (const data::File* file = folder.Later("supervision")) {
    data->supervision = ParseSupervision(*file, problems);
  }
  data->transition = ParseTransition(folder["transition"], problems);
  ParsePenaltyKindFile(folder["penalty_kinds"], problems, *data);
  const std::vector<Deadline> deadlines = ParseDeadlines(folder["deadlines"], problems);
  const std::vector<Effect> effects = ParseEffects(folder["effects"], problems);
  if (const data::File* file = folder.Later("findings")) {
    data->findings = ParseFindings(*file, effects, problems);
  }
  for (const data::File* regime : folder.regimes()) {
    ParseRegime(*regime, deadlines, effects, problems, *data);
  }
  if (!folder.archived()) {
    for (const data::File* regime : folder.regimes()) CheckRules(*regime, problems, *data);
  }
  ParseClasses(folder["classes"], problems, *data);
  if (const data::File* file = folder.confirmations()) {
    data->confirmations = ParseConfirmations(*file, *data, problems);
  }
  if (absl::Status status = problems.ToStatus(); !status.ok()) return status;
  data->confirmed = ConfirmRules(*data);
  data->confirmed_standards = ConfirmStandards(*data);
  return Catalogue(std::move(data));
}

absl::StatusOr<AuthorityRegistry> BuildRegistry(const std::vector<data::File>& files,
                                                data::Problems& problems) {
  std::vector<Authority> authorities;
  std::vector<data::File> of_authorities;
  const data::File* succession = nullptr;
  for (const data::File& file : files) {
    if (file.stem == kSuccession) {
      succession = &file;
      continue;
    }
    authorities.push_back(ParseAuthority(file, problems));
    of_authorities.push_back(file);
  }
  CheckTogether(of_authorities, authorities, problems);
  std::vector<Succession> successions;
  if (succession != nullptr) successions = ParseSuccessions(*succession, authorities, problems);
  if (absl::Status status = problems.ToStatus(); !status.ok()) return status;
  return AuthorityRegistry(std::move(authorities), data::DigestOf(files), data::ArchiveOf(files),
                           std::move(successions));
}

void CheckExceptions(const Law& law, data::Problems& problems) {
  for (const calendar::Exception& exception : law.calendar.exceptions()) {
    for (const std::string& code : exception.authorities) {
      if (law.authorities.FindByCode(code) != nullptr) continue;
      problems.Add(exception.file, exception.line,
                   absl::StrCat("authorities: '", code, "' is not registered"));
    }
    for (const std::string& kind : exception.authority_kinds) {
      if (law.catalogue.FindAuthorityKind(kind) != nullptr) continue;
      problems.Add(exception.file, exception.line,
                   absl::StrCat("authority_kinds: '", kind, "' is not in authority_kinds.toml"));
    }
  }
}

void CheckMentions(const Law& law, data::Problems& problems) {
  for (const AuthorityMention& each : law.catalogue.data().mentions) {
    if (law.authorities.FindByCode(each.code) != nullptr) continue;
    problems.Add(each.file, each.line,
                 absl::StrCat("authorities: '", each.code, "' is not registered"));
  }
}

// Everything wrong with several parts, told at once.
absl::Status AllOf(std::initializer_list<absl::Status> parts) {
  std::vector<std::string> wrong;
  for (const absl::Status& part : parts) {
    if (!part.ok()) wrong.emplace_back(part.message());
  }
  return wrong.empty() ? absl::OkStatus() : absl::InvalidArgumentError(absl::StrJoin(wrong, "\n"));
}

}  // namespace

absl::StatusOr<Catalogue> Catalogue::Load(absl::string_view dir) {
  data::Problems problems;
  const CatalogueFolder folder(dir, data::ReadFolder(dir, problems), /*archived=*/false, problems);
  return BuildCatalogue(folder, problems);
}

absl::StatusOr<Catalogue> Catalogue::FromFiles(absl::string_view archive) {
  data::Problems problems;
  const CatalogueFolder folder("archive", data::FilesOf(archive, problems), /*archived=*/true,
                               problems);
  return BuildCatalogue(folder, problems);
}

absl::StatusOr<AuthorityRegistry> AuthorityRegistry::Load(absl::string_view dir) {
  data::Problems problems;
  return BuildRegistry(data::ReadFolder(dir, problems), problems);
}

absl::StatusOr<LawSnapshot> LoadLaw(const LawFolders& folders) {
  absl::StatusOr<Catalogue> catalogue = Catalogue::Load(folders.catalogue);
  absl::StatusOr<calendar::Calendar> calendar = calendar::Calendar::Load(folders.calendars);
  absl::StatusOr<AuthorityRegistry> authorities = AuthorityRegistry::Load(folders.authorities);
  absl::Status parts = AllOf({catalogue.status(), calendar.status(), authorities.status()});
  if (!parts.ok()) return parts;
  auto law = std::make_shared<const Law>(
      Law{*std::move(catalogue), *std::move(calendar), *std::move(authorities)});
  data::Problems problems;
  CheckExceptions(*law, problems);
  CheckMentions(*law, problems);
  CheckConfirmations(law->catalogue, law->authorities, problems);
  absl::Status agreed = AllOf(
      {CheckAgreement(law->catalogue, law->authorities, folders.authorities), problems.ToStatus()});
  if (!agreed.ok()) return agreed;
  return law;
}

absl::StatusOr<Messages> Messages::Load(absl::string_view dir) {
  data::Problems problems;
  const std::vector<data::File> files = data::ReadFolder(dir, problems);
  data::RequireFile(files, dir, "messages", problems);
  Messages messages;
  for (const data::File& file : files) {
    for (const std::string& key : messages.Add(ParseMessages(file, problems))) {
      problems.Add(file.path, 0, absl::StrCat(key, ": another file has it too"));
    }
  }
  if (absl::Status status = problems.ToStatus(); !status.ok()) return status;
  return messages;
}

}  // namespace xiufu::catalogue
