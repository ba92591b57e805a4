#include "libs/catalogue/catalogue.h"

#include "libs/catalogue/classify.h"
#include "libs/catalogue/penalty_kinds.h"
#include "libs/catalogue/tables.h"

namespace xiufu::catalogue {

const std::string& Catalogue::version() const { return data_->version; }

const std::string& Catalogue::sha256() const { return data_->sha256; }

const RegionTable& Catalogue::regions() const { return data_->regions; }

const Rule* Catalogue::FindRule(absl::string_view id) const {
  for (const Rule& rule : data_->rules) {
    if (rule.id == id) return &rule;
  }
  return nullptr;
}

const MaterialKind* Catalogue::FindMaterial(absl::string_view kind) const {
  for (const MaterialKind& material : data_->materials) {
    if (material.kind == kind) return &material;
  }
  return nullptr;
}

absl::StatusOr<std::vector<std::string>> Catalogue::ParsePenaltyKinds(
    absl::string_view text) const {
  return ParseKinds(*data_, text);
}

}  // namespace xiufu::catalogue
