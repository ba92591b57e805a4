#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/base/region.h"
#include "libs/catalogue/evaluation.h"
#include "libs/catalogue/rule.h"

namespace xiufu::catalogue {

struct CatalogueData;  // tables.h

// The law as data (deploy/catalogue): rules, class standards, materials, deadlines, effects,
// regions. Immutable, thread-safe, cheap to copy. Evaluation is pure: no clock, no store, no files.
class Catalogue {
 public:
  // Reads all files of the catalogue. INVALID_ARGUMENT lists everything wrong at once, each line
  // with file:line.
  static absl::StatusOr<Catalogue> Load(absl::string_view dir);
  explicit Catalogue(std::shared_ptr<const CatalogueData> data) : data_(std::move(data)) {}

  const std::string& version() const;
  const std::string& sha256() const;  // hex, over names and contents of all files

  // What may be done about the penalty by somebody who applies on the day `on`.
  Evaluation Evaluate(const PenaltyFacts& facts, absl::CivilDay on) const;

  // nullptr when unknown. Pointers stay valid as long as any copy of the catalogue lives.
  const Rule* FindRule(absl::string_view id) const;
  const MaterialKind* FindMaterial(absl::string_view kind) const;
  const RegionTable& regions() const;

  // The kinds a feed's 处罚类别 names: texts of the 2021 law, older texts or the legacy digits,
  // separated by 、,，;；/ or |. In the order of the law, each once. INVALID_ARGUMENT names what is
  // unknown.
  absl::StatusOr<std::vector<std::string>> ParsePenaltyKinds(absl::string_view text) const;

 private:
  std::shared_ptr<const CatalogueData> data_;
};

}  // namespace xiufu::catalogue
