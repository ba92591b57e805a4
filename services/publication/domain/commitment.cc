#include "services/publication/domain/commitment.h"

namespace xiufu::publication {

CommitmentState StateOf(const Commitment& commitment, const catalogue::Catalogue& catalogue,
                        absl::CivilDay today) {
  if (!commitment.finding.empty()) return {CommitmentState::Kind::kBroken, std::nullopt};
  const catalogue::Rule* rule = catalogue.FindRule(commitment.rule_id, commitment.made_on);
  if (rule == nullptr || !rule->commitment_binds) return {};
  const absl::CivilDay last = calendar::EndOf(commitment.made_on, *rule->commitment_binds);
  if (today <= last) return {};
  return {CommitmentState::Kind::kKept, last};
}

}  // namespace xiufu::publication
