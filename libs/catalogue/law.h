#pragma once

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "libs/calendar/calendar.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"

namespace xiufu::catalogue {

// Folders of the law as data.
struct LawFolders {
  std::string catalogue;
  std::string calendars;
  std::string authorities;
};

// The law as it was loaded at one moment: parts that fit together.
struct Law {
  Catalogue catalogue;
  calendar::Calendar calendar;
  AuthorityRegistry authorities;
};
using LawSnapshot = std::shared_ptr<const Law>;

// INVALID_ARGUMENT lists everything wrong in all three, each with file:line: also an authority
// whose line the catalogue does not have, which could fall under no rule of its line, and a
// calendar's exception for an authority or a line that is not there.
absl::StatusOr<LawSnapshot> LoadLaw(const LawFolders& folders);

// The law in force in this process. Who decides takes it once and holds it for that decision;
// meanwhile another may come into force. Thread-safe.
class LawInForce {
 public:
  explicit LawInForce(LawSnapshot law) : law_(std::move(law)) {}

  LawSnapshot Get() const {
    absl::MutexLock lock(&mutex_);
    return law_;
  }
  void Replace(LawSnapshot law) {
    absl::MutexLock lock(&mutex_);
    law_.swap(law);
  }

 private:
  mutable absl::Mutex mutex_;
  LawSnapshot law_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace xiufu::catalogue
