#pragma once

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/storage/database.h"
#include "services/intake/app/blob_store.h"
#include "services/intake/app/ports.h"

namespace xiufu::intake {

// What an authority needs to decide and no event carries.
struct ApplicationFile {
  Application application;
  std::vector<Material> materials;
  std::vector<SupplementNote> notes;
  std::vector<Ban> bans;  // in force when it was handed in
};

// For the department adapters. Any thread but the writer.
class ReadApplicationFile {
 public:
  ReadApplicationFile(Tables tables, storage::Database* database, BlobStore* blobs)
      : tables_(tables), database_(database), blobs_(blobs) {}

  // NOT_FOUND for an unknown application and for a draft, which is nobody else's business.
  absl::StatusOr<ApplicationFile> Get(const Id& application) const;
  // `application` may be an objection's id. NOT_FOUND when it has no such material; DATA_LOSS when
  // the disk has not.
  absl::StatusOr<std::unique_ptr<BlobReader>> Open(const Id& application,
                                                   absl::string_view sha256) const;

 private:
  bool IsHandedIn(storage::Session& session, const Id& id) const;

  const Tables tables_;
  storage::Database* const database_;
  BlobStore* const blobs_;
};

}  // namespace xiufu::intake
