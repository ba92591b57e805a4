#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/result_sync/domain/decision.h"

namespace xiufu::result {

// One effect of an approval, confirmed by whoever carries it.
struct Effect {
  std::string name;     // "END_PUBLICITY"
  std::string carrier;  // "publication", "authority"
  friend bool operator==(const Effect&, const Effect&) = default;
};

inline constexpr char kCarriedByAuthority[] = "authority";

// Of "<name>@<carrier>".
Effect ParseEffect(absl::string_view text);
// What the decision brings about; nothing for a refusal.
std::vector<Effect> EffectsOf(const Decision& decision);
// The authority carries it out itself: its decision is the confirmation.
bool ConfirmedByDecision(const Effect& effect);

}  // namespace xiufu::result
