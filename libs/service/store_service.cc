#include "libs/service/store_service.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/observability/log.h"
#include "libs/observability/metrics.h"
#include "libs/rpc/context.h"
#include "libs/rpc/status.h"

namespace xiufu::service {
namespace {

namespace fs = std::filesystem;

using observability::Code;
using observability::Level;
using observability::Log;

void CountCopy(const absl::Status& status) {
  observability::CounterOf("xiufu_store_copies_total", "Copies of the running store",
                           {{"code", absl::StatusCodeToString(status.code())}})
      .Add();
}

// One answer at the end.
class CopyCall final : public grpc::ServerWriteReactor<stream::v1::CopyStoreResponse> {
 public:
  // Exactly once, from any thread.
  void Answer(absl::StatusOr<stream::v1::CopyStoreResponse> copy) {
    if (!copy.ok()) {
      Finish(rpc::ToGrpc(copy.status()));
      return;
    }
    response_ = *std::move(copy);
    StartWriteAndFinish(&response_, grpc::WriteOptions(), grpc::Status::OK);
  }
  void OnDone() override { delete this; }

 private:
  stream::v1::CopyStoreResponse response_;  // lives until it was sent
};

}  // namespace

StoreService::StoreService(storage::Database* database, const Clock* clock, std::string service,
                           std::string folder)
    : database_(database),
      clock_(clock),
      service_(std::move(service)),
      folder_(std::move(folder)) {}

grpc::ServerWriteReactor<stream::v1::CopyStoreResponse>* StoreService::CopyStore(
    grpc::CallbackServerContext* context, const stream::v1::CopyStoreRequest* /*request*/) {
  auto* call = new CopyCall;
  absl::Status status = rpc::OnlyOperator(*context);
  absl::MutexLock lock(&mutex_);
  if (status.ok()) status = MayBegin();
  if (!status.ok()) {
    call->Answer(status);
    return call;
  }
  if (thread_.joinable()) thread_.join();  // it has answered: nothing of it is left but its end
  copying_ = true;
  thread_ = std::thread([this, call] {
    absl::StatusOr<stream::v1::CopyStoreResponse> copy = Take();
    CountCopy(copy.status());
    {
      absl::MutexLock done(&mutex_);
      copying_ = false;
    }
    call->Answer(std::move(copy));
  });
  return call;
}

absl::Status StoreService::MayBegin() {
  if (stopped_) return absl::UnavailableError("the service stops");
  if (copying_) return absl::AbortedError("正在制作副本 / another copy is being taken");
  return absl::OkStatus();
}

absl::StatusOr<stream::v1::CopyStoreResponse> StoreService::Take() const {
  const absl::Time begun = clock_->Now();
  const absl::StatusOr<std::string> path = NewPath();
  const absl::Status status = path.ok() ? database_->Copy(*path) : path.status();
  if (!status.ok()) {
    Log(Level::kWarning, "store_not_copied", {{"service", Code(service_)}, {"error", status}});
    return status;
  }
  std::error_code unknown;
  stream::v1::CopyStoreResponse response;
  response.set_path(*path);
  response.set_bytes(static_cast<int64_t>(fs::file_size(*path, unknown)));
  Log(Level::kInfo, "store_copied",
      {{"service", Code(service_)},
       {"file", Code(fs::path(*path).filename().string())},
       {"bytes", response.bytes()},
       {"took", clock_->Now() - begun}});
  return response;
}

absl::StatusOr<std::string> StoreService::NewPath() const {
  std::error_code error;
  const fs::path folder = fs::absolute(folder_, error);
  if (!error) fs::create_directories(folder, error);
  if (!error) fs::permissions(folder, fs::perms::owner_all, error);
  if (error) return absl::ErrnoToStatus(error.value(), folder_);
  const std::string time = absl::FormatTime("%Y%m%dT%H%M%E3SZ", clock_->Now(), absl::UTCTimeZone());
  return (folder / absl::StrCat(service_, "-", time, ".db")).string();
}

void StoreService::Stop() {
  std::thread last;
  {
    absl::MutexLock lock(&mutex_);
    stopped_ = true;
    last = std::move(thread_);
  }
  database_->StopCopying();
  if (last.joinable()) last.join();
}

}  // namespace xiufu::service
