#include "libs/base/region.h"

#include <algorithm>

namespace xiufu {

RegionTable::RegionTable(std::vector<Region> regions) : regions_(std::move(regions)) {
  std::sort(regions_.begin(), regions_.end(),
            [](const Region& a, const Region& b) { return a.code < b.code; });
}

const Region* RegionTable::Find(absl::string_view code) const {
  const auto at = std::lower_bound(
      regions_.begin(), regions_.end(), code,
      [](const Region& region, absl::string_view wanted) { return region.code < wanted; });
  return at != regions_.end() && at->code == code ? &*at : nullptr;
}

bool RegionTable::IsCurrent(absl::string_view code) const {
  const Region* region = Find(code);
  return region != nullptr && region->current;
}

const Region* RegionTable::CityOf(absl::string_view code) const {
  // The loader has made sure that parents exist and that no chain goes round in circles.
  for (const Region* region = Find(code); region != nullptr; region = Find(region->parent)) {
    const Region* parent = Find(region->parent);
    if (parent != nullptr && parent->parent.empty()) return region;
  }
  return nullptr;
}

}  // namespace xiufu
