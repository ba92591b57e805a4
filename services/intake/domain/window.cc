#include "services/intake/domain/window.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"

namespace xiufu::intake {
namespace {

constexpr absl::string_view kWindow = "window";
constexpr size_t kLongestClerk = 32;
// Where a unified social credit code tells the region of its registration (GB 32100).
constexpr size_t kRegionAt = 2, kRegionSize = 6;

bool IsCity(absl::string_view region, const RegionTable& regions) {
  const Region* city = regions.CityOf(region);
  return city != nullptr && city->code == region;
}

// The city of this installation.
const Region* CityOf(const RegionTable& regions) {
  for (const Region& region : regions.all()) {
    if (region.current && IsCity(region.code, regions)) return &region;
  }
  return nullptr;
}

}  // namespace

std::optional<WindowCaller> WindowOf(absl::string_view principal, const RegionTable& regions) {
  if (principal == kWindow) {
    const Region* city = CityOf(regions);
    if (city == nullptr) return std::nullopt;
    return WindowCaller{std::string(principal), city->code, true};
  }
  absl::string_view region = principal;
  if (!absl::ConsumePrefix(&region, absl::StrCat(kWindow, "-"))) return std::nullopt;
  const bool county =
      regions.IsCurrent(region) && regions.CityOf(region) != nullptr && !IsCity(region, regions);
  if (!county) return std::nullopt;
  return WindowCaller{std::string(principal), std::string(region), false};
}

bool Sees(const WindowCaller& caller, absl::string_view region) {
  return caller.city || caller.region == region;
}

const Region* CountyOf(absl::string_view uscc, const RegionTable& regions) {
  if (uscc.size() < kRegionAt + kRegionSize) return nullptr;
  const absl::string_view code = uscc.substr(kRegionAt, kRegionSize);
  const Region* city = regions.CityOf(code);
  if (!regions.IsCurrent(code) || city == nullptr || city->code == code) return nullptr;
  return regions.Find(code);
}

void CheckClerk(absl::string_view clerk, Violations& violations) {
  const bool plain = std::all_of(clerk.begin(), clerk.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '-';
  });
  if (plain && !clerk.empty() && clerk.size() <= kLongestClerk) return;
  violations.Add("clerk", clerk.empty() ? "empty" : "not a clerk's code",
                 absl::StrCat("1 to ", kLongestClerk, " of A-Z a-z 0-9 -"));
}

Desk ValidateDesk(const WindowCaller& caller, absl::string_view clerk, absl::string_view window,
                  absl::Span<const catalogue::HelpWindow> windows, Violations& violations) {
  CheckClerk(clerk, violations);
  std::vector<std::string> own;
  for (const catalogue::HelpWindow& known : windows) {
    if (known.region == caller.region) own.push_back(known.id);
  }
  std::string chosen(window);
  if (chosen.empty() && own.size() == 1) chosen = own.front();
  if (std::find(own.begin(), own.end(), chosen) == own.end()) {
    violations.Add("window", chosen.empty() ? "empty" : "no window of this region",
                   absl::StrJoin(own, " or "));
  }
  return {std::string(clerk), chosen, caller.region};
}

}  // namespace xiufu::intake
