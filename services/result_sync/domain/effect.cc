#include "services/result_sync/domain/effect.h"

#include <utility>

#include "absl/strings/str_split.h"

namespace xiufu::result {

Effect ParseEffect(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(text, absl::MaxSplits('@', 1));
  return {std::string(parts.first), std::string(parts.second)};
}

std::vector<Effect> EffectsOf(const Decision& decision) {
  std::vector<Effect> effects;
  if (decision.answer.outcome != Outcome::kApproved) return effects;
  for (const std::string& text : decision.answer.effects) effects.push_back(ParseEffect(text));
  return effects;
}

bool ConfirmedByDecision(const Effect& effect) { return effect.carrier == kCarriedByAuthority; }

}  // namespace xiufu::result
