#include "tests/simulation/walk/walk_step.h"

#include <algorithm>

namespace xiufu::simulation {

std::optional<WalkCase> SomeCase(SimWorld& world, Dice& dice,
                                 std::vector<routing::CaseState> states) {
  std::vector<WalkCase> all, fitting;
  world.Read("routing", [&](storage::Session& session) {
    storage::Query row = session.Sql("SELECT id, application, record, state FROM kase ORDER BY id");
    while (row.Next()) {
      all.push_back(
          {row.IdAt(0), row.IdAt(1), row.IdAt(2), static_cast<routing::CaseState>(row.Int(3))});
      const bool fits = std::count(states.begin(), states.end(), all.back().state) > 0;
      if (fits) fitting.push_back(all.back());
    }
  });
  if (all.empty()) return std::nullopt;
  return fitting.empty() || dice.OneIn(6) ? dice.AnyOf(all) : dice.AnyOf(fitting);
}

}  // namespace xiufu::simulation
