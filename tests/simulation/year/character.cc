#include "tests/simulation/year/character.h"

namespace xiufu::simulation {
namespace {

struct Known {
  absl::string_view code;
  Character character;
};

constexpr Known kKnown[] = {
    {"transport",
     {.name = "办得快", .name_en = "prompt", .accepts_after = {1, 8}, .decides_after = {1, 30}}},
    {"environment",
     {.name = "办得慢",
      .name_en = "slow",
      .accepts_after = {24, 150},
      .decides_after = {100, 500},
      .extends = 0.3}},
    {"emergency", {.name = "不催不答", .name_en = "silent until escalated", .silent = 0.6}},
    {"urban-management", {.name = "只在周五办", .name_en = "Friday-only", .only_fridays = true}},
    {"construction",
     {.name = "前后矛盾", .name_en = "contradictory", .refuses = 0.2, .contradicts = 0.3}},
    {"fire-rescue",
     {.name = "一再要求补正", .name_en = "asks twice", .asks = 0.6, .asks_again = 0.7}},
    {"health", {.name = "退回非本单位", .name_en = "returns as not ours", .returns = 0.35}},
};
constexpr Character kOrdinary{.name = "一般", .name_en = "ordinary"};

}  // namespace

const Character& CharacterOf(absl::string_view authority_code) {
  for (const Known& known : kKnown) {
    if (known.code == authority_code) return known.character;
  }
  return kOrdinary;
}

}  // namespace xiufu::simulation
