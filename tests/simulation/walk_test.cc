// Random walks over all five services together. XIUFU_WORLD_WALK_STEPS and XIUFU_WORLD_WALK_SEED go
// further.
#include "tests/simulation/walk/walk.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace xiufu::simulation {
namespace {

constexpr int kStepsInOneWorld = 250;
constexpr size_t kTrailShown = 25;
// Concluded with each result, and the three ends without one.
constexpr size_t kEnds = 6;
constexpr size_t kKindsOfSteps = 25;

uint64_t Number(const char* variable, uint64_t otherwise) {
  const char* given = std::getenv(variable);
  return given == nullptr ? otherwise : std::strtoull(given, nullptr, 10);
}

std::string Trail(const Walk& walk) {
  const std::vector<std::string>& trail = walk.trail();
  const size_t from = trail.size() < kTrailShown ? 0 : trail.size() - kTrailShown;
  return absl::StrJoin(trail.begin() + static_cast<int64_t>(from), trail.end(), "\n  ");
}

TEST(WorldWalk, WhatAlwaysHolds) {
  const uint64_t steps = Number("XIUFU_WORLD_WALK_STEPS", 100'000);
  const uint64_t seed = Number("XIUFU_WORLD_WALK_SEED", 20260401);
  RecordProperty("seed", std::to_string(seed));
  std::string pattern = (std::filesystem::temp_directory_path() / "xiufu-walk-XXXXXX").string();
  const std::string folder = mkdtemp(pattern.data());
  std::map<std::string, int> ends, taken;
  uint64_t done = 0;
  for (uint64_t world = 0; done < steps && !HasFailure(); ++world) {
    SCOPED_TRACE(absl::StrCat("XIUFU_WORLD_WALK_SEED=", seed + world));
    Walk walk(seed + world, folder);
    for (int i = 0; i < kStepsInOneWorld && walk.invariants().broken().empty(); ++i, ++done) {
      walk.Step();
    }
    walk.Rest();
    EXPECT_EQ(walk.invariants().broken(), std::vector<std::string>{}) << "  " << Trail(walk);
    for (const auto& [end, count] : walk.invariants().ends()) ends[end] += count;
    for (const auto& [kind, count] : walk.taken()) taken[kind] += count;
  }
  std::filesystem::remove_all(folder);
  std::printf("%s steps from seed %s\n  taken %s\n  ends %s\n", std::to_string(done).c_str(),
              std::to_string(seed).c_str(),
              absl::StrJoin(taken, ", ", absl::PairFormatter(" ")).c_str(),
              absl::StrJoin(ends, ", ", absl::PairFormatter(" ")).c_str());
  if (steps < 100'000) return;  // what is rare may not have come
  EXPECT_EQ(ends.size(), kEnds);
  EXPECT_EQ(taken.size(), kKindsOfSteps);
}

}  // namespace
}  // namespace xiufu::simulation
