#pragma once

#include <string>

#include "absl/strings/str_cat.h"
#include "libs/base/id.h"
#include "libs/messaging/cause.h"

namespace xiufu::routing {

// Of what is told because another calendar came into force: the same again from a restored store.
inline messaging::Cause CauseOfMove(const Id& about, const Place& place,
                                    const std::string& calendar, absl::Time at) {
  const std::string tag = absl::StrCat("calendar/", calendar, "/", absl::ToUnixMillis(at));
  return {.id = DeriveId(about, tag, 0, place), .now = at, .place = place, .traceparent = ""};
}

}  // namespace xiufu::routing
