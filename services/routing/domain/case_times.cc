#include "services/routing/domain/case_times.h"

#include <algorithm>

namespace xiufu::routing {
namespace {

// From `from` to `to` without the pauses.
absl::Duration Without(const std::vector<CasePause>& pauses, absl::Time from, absl::Time to) {
  absl::Duration left = to - from;
  for (const CasePause& pause : pauses) {
    left -=
        std::max(absl::ZeroDuration(), std::min(pause.until, to) - std::max(pause.asked_at, from));
  }
  return std::max(left, absl::ZeroDuration());
}

}  // namespace

CaseTimes TimesOf(const Case& ended, absl::Time passed_on, absl::Time delivered_at,
                  const std::vector<CasePause>& pauses) {
  const absl::Time begin = std::max(ended.opened_at, passed_on);
  const absl::Time end = ended.changed_at;
  const bool delivered = delivered_at != absl::InfinitePast();
  return {.gross = end - begin,
          .net = Without(pauses, begin, end),
          .with_authority = delivered ? Without(pauses, delivered_at, end) : absl::ZeroDuration()};
}

}  // namespace xiufu::routing
