#pragma once

#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/synchronization/mutex.h"
#include "services/intake/app/blob_store.h"

namespace xiufu::intake {

// Blobs as files "<folder>/ab/<sha256 in hex>", made without a name and linked when they are
// complete and durable: a name never stands for half a file. One process per folder.
class MaterialStore final : public BlobStore {
 public:
  // Makes the folder when it is missing and removes what an unclean stop left half done.
  static absl::StatusOr<std::unique_ptr<MaterialStore>> Open(const std::string& folder);

  absl::StatusOr<std::unique_ptr<IncomingBlob>> Begin() override;
  absl::StatusOr<std::unique_ptr<BlobReader>> Read(absl::string_view sha256) override;

  // Removes blobs that nobody refers to and that were last kept more than an hour before `now`: an
  // upload that is under way has its blob before its row. `referred` is asked per old blob. Returns
  // how many were removed.
  absl::StatusOr<int> Sweep(absl::Time now,
                            absl::FunctionRef<absl::StatusOr<bool>(absl::string_view)> referred);

 private:
  class Incoming;
  explicit MaterialStore(std::string folder) : folder_(std::move(folder)) {}

  std::string PathOf(absl::string_view sha256) const;
  // Gives the file its name, or refreshes the one that is there.
  absl::Status Link(int fd, absl::string_view sha256, absl::Time now);
  bool RemoveIfOld(const std::string& path, absl::Time now);

  const std::string folder_;
  // Between looking at a name and linking, refreshing or removing it.
  absl::Mutex names_;
};

}  // namespace xiufu::intake
