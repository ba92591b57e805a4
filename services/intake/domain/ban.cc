#include "services/intake/domain/ban.h"

namespace xiufu::intake {

const Ban* BanBy(const std::vector<Ban>& bans, absl::string_view regime, absl::CivilDay on) {
  const Ban* longest = nullptr;
  for (const Ban& ban : bans) {
    if (ban.regime != regime || !ban.InForce(on)) continue;
    if (longest == nullptr || longest->until < ban.until) longest = &ban;
  }
  return longest;
}

}  // namespace xiufu::intake
