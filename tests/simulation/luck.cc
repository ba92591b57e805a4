#include "tests/simulation/luck.h"

#include <cstring>
#include <string>

#include "absl/strings/str_cat.h"
#include "libs/base/id.h"

namespace xiufu::simulation {
namespace {

uint64_t SeedFrom(uint64_t seed, absl::string_view whom, absl::string_view what) {
  const std::string hash = Sha256(absl::StrCat(seed, "/", what, "/", whom));
  uint64_t result = 0;
  std::memcpy(&result, hash.data(), sizeof(result));
  return result;
}

}  // namespace

Luck::Luck(uint64_t seed, absl::string_view whom, absl::string_view what)
    : random_(SeedFrom(seed, whom, what)) {}

bool Luck::Chance(double probability) {
  constexpr double kPrecision = 1'000'000;
  return static_cast<double>(random_() % static_cast<uint64_t>(kPrecision)) <
         probability * kPrecision;
}

int Luck::Between(int low, int high) {
  return low + static_cast<int>(random_() % static_cast<uint64_t>(high - low + 1));
}

}  // namespace xiufu::simulation
