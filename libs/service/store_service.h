#pragma once

#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "libs/base/clock.h"
#include "libs/storage/database.h"
#include "xiufu/stream/v1/store.grpc.pb.h"

namespace xiufu::service {

// Copies of the running store, for the principal "operator" alone: into one folder, mode 0700, each
// under a name that tells service and time ("routing-20261124T030405.678Z.db").
class StoreService final : public stream::v1::StoreService::CallbackService {
 public:
  // `database` and `clock` outlive it.
  StoreService(storage::Database* database, const Clock* clock, std::string service,
               std::string folder);
  ~StoreService() override { Stop(); }

  // On a thread of its own, as long as it takes.
  grpc::ServerWriteReactor<stream::v1::CopyStoreResponse>* CopyStore(
      grpc::CallbackServerContext* context, const stream::v1::CopyStoreRequest* request) override;
  // Gives up the copy that is being taken; that call and all later ones are answered UNAVAILABLE.
  void Stop();

 private:
  // Whether a copy may begin now; OK: the caller begins it.
  absl::Status MayBegin() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<stream::v1::CopyStoreResponse> Take() const;
  absl::StatusOr<std::string> NewPath() const;

  storage::Database* const database_;
  const Clock* const clock_;
  const std::string service_;
  const std::string folder_;
  absl::Mutex mutex_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  bool copying_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_ ABSL_GUARDED_BY(mutex_);  // of the last copy
};

}  // namespace xiufu::service
