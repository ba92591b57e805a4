#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/id.h"
#include "services/intake/domain/case_view.h"
#include "services/intake/domain/timeline.h"

namespace xiufu::intake {

// What an authority told in the course of a case, kept because the case goes on and its view
// forgets it: the acceptance, each request for a supplement, the extension.
struct ToldNotice {
  Id application;
  Id case_id;
  std::string code;   // kCaseAccepted, kCaseSupplementRequested, kCaseExtended
  int32_t round = 0;  // of a supplement; else 0
  absl::Time told;
  std::string authority;  // its name
  std::string authority_no;
  std::vector<std::string> defects;
  Grounds grounds;
  std::vector<Deadline> deadlines;
};

// The notice that this piece of news is; nothing where the view keeps it for good.
std::optional<ToldNotice> NoticeIn(const News& news, const CaseView& view);

}  // namespace xiufu::intake
