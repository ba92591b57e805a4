#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/storage/session.h"
#include "libs/storage/tx.h"

namespace xiufu::storage {

// Something that is to happen at a UTC time. One per (kind, subject); setting it again moves it.
struct Timer {
  std::string kind;
  Id subject;
  absl::Time due;
  std::string payload;
  int attempts = 0;
};

class Timers {
 public:
  void Set(Tx& tx, const Timer& timer);
  void Cancel(Tx& tx, absl::string_view kind, const Id& subject);
  std::vector<Timer> Due(Session& session, absl::Time now, size_t limit) const;
  absl::Time NextDueTime(Session& session) const;  // InfiniteFuture when none is set
};

}  // namespace xiufu::storage
