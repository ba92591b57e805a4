#include "services/intake/app/rule_shelf.h"

#include "libs/storage/law_versions.h"

namespace xiufu::intake {

std::optional<catalogue::Rule> RuleShelf::Find(const RuleRef& rule, absl::CivilDay on,
                                               absl::string_view authority_code) const {
  const std::optional<catalogue::Catalogue> catalogue = CatalogueOf(rule);
  if (!catalogue.has_value()) return std::nullopt;
  const catalogue::Rule* found = catalogue->FindRule(rule.rule_id, on, authority_code);
  if (found == nullptr) return std::nullopt;
  return *found;
}

std::string RuleShelf::DoorOf(absl::string_view authority_code) const {
  const catalogue::LawSnapshot law = in_force_->Get();
  const catalogue::Authority* authority = law->authorities.FindByCode(authority_code);
  const catalogue::Channel* door =
      law->catalogue.ChannelOf(authority == nullptr ? "" : authority->kind);
  return door == nullptr ? "" : door->id;
}

std::string RuleShelf::NameOfPaper(const std::string& kind) const {
  const catalogue::LawSnapshot law = in_force_->Get();
  const catalogue::MaterialKind* known = law->catalogue.FindMaterial(kind);
  return known == nullptr ? kind : known->name;
}

std::optional<catalogue::Catalogue> RuleShelf::CatalogueOf(const RuleRef& rule) const {
  const std::string& sha256 = rule.catalogue_sha256;
  const catalogue::LawSnapshot law = in_force_->Get();
  if (sha256 == law->catalogue.sha256()) return law->catalogue;
  absl::MutexLock lock(&mutex_);
  if (const auto known = earlier_.find(sha256); known != earlier_.end()) return known->second;
  std::optional<std::string> kept;
  const absl::Status status = database_->Read([&](storage::Session& session) {
    kept = storage::FindLaw(session, storage::kCatalogueKind, sha256);
    return session.status();
  });
  if (!status.ok() || !kept.has_value()) return std::nullopt;
  absl::StatusOr<catalogue::Catalogue> read = catalogue::Catalogue::FromFiles(*kept);
  if (!read.ok()) return std::nullopt;
  return earlier_.emplace(sha256, *std::move(read)).first->second;
}

}  // namespace xiufu::intake
