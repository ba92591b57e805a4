#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace xiufu {

// One division of GB/T 2260.
struct Region {
  std::string code;  // six digits
  std::string name;  // Chinese
  std::string name_en;
  std::string parent;  // code of the division above; empty for the province
  bool current =
      true;  // false: historical or a statistical placeholder, still found in older papers
};

// The divisions an installation knows; the data comes from deploy/catalogue/regions.toml.
// Immutable.
class RegionTable {
 public:
  RegionTable() = default;
  explicit RegionTable(std::vector<Region> regions);

  // nullptr for an unknown code. Historical codes are found.
  const Region* Find(absl::string_view code) const;
  // Known and current: what a new application may name.
  bool IsCurrent(absl::string_view code) const;
  // The prefecture-level city that `code` is or lies in (its own code when it is one): the region
  // whose parent is a province. nullptr for an unknown code and for a province.
  const Region* CityOf(absl::string_view code) const;
  const std::vector<Region>& all() const { return regions_; }

 private:
  std::vector<Region> regions_;  // ascending by code
};

}  // namespace xiufu
