#include "services/intake/domain/told_notice.h"

#include "absl/strings/string_view.h"

namespace xiufu::intake {

std::optional<ToldNotice> NoticeIn(const News& news, const CaseView& view) {
  const absl::string_view code = news.code;
  const bool supplement = code == kCaseSupplementRequested;
  if (!supplement && code != kCaseAccepted && code != kCaseExtended) return std::nullopt;
  return ToldNotice{view.application,  view.id,
                    std::string(code), supplement ? view.supplement_round : 0,
                    news.time,         view.authority.name,
                    view.authority_no, view.defects,
                    view.grounds,      view.deadlines};
}

}  // namespace xiufu::intake
