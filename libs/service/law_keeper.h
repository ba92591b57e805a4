#pragma once

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/base/clock.h"
#include "libs/catalogue/law.h"
#include "libs/service/config.h"
#include "libs/storage/database.h"

namespace xiufu::service {

// Where a service's own section of its configuration says that the law lies.
catalogue::LawFolders ReadLawFolders(ConfigSection& section);

// The law of one service: loaded at start, loaded anew on SIGHUP, and each version kept in the
// store of the service that decides with it, before it decides anything.
class LawKeeper {
 public:
  // Loads the folders. INVALID_ARGUMENT with every fault, file and line; ALREADY_EXISTS when what a
  // version names is not what the store has kept under that name. Before Database::Start. The
  // others outlive it.
  static absl::StatusOr<std::unique_ptr<LawKeeper>> Open(catalogue::LawFolders folders,
                                                         storage::Database* database,
                                                         const Clock* clock);

  const catalogue::LawInForce& law() const { return law_; }

  // Loads the folders anew. What is good comes into force at once, whole; for what is not, the law
  // stays as it is, and every fault is logged and counted.
  absl::Status Reload();

 private:
  LawKeeper(catalogue::LawFolders folders, catalogue::LawSnapshot law, storage::Database* database,
            const Clock* clock);
  absl::Status Take(catalogue::LawSnapshot law);

  const catalogue::LawFolders folders_;
  storage::Database* const database_;
  const Clock* const clock_;
  catalogue::LawInForce law_;
};

}  // namespace xiufu::service
