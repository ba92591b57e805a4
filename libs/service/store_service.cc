#include "libs/service/store_service.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/observability/log.h"
#include "libs/observability/metrics.h"
#include "libs/rpc/context.h"

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

}  // namespace

StoreService::StoreService(storage::Database* database, const Clock* clock, std::string service,
                           std::string folder)
    : database_(database),
      clock_(clock),
      service_(std::move(service)),
      folder_(std::move(folder)) {}

grpc::ServerUnaryReactor* StoreService::CopyStore(grpc::CallbackServerContext* context,
                                                  const stream::v1::CopyStoreRequest* /*request*/,
                                                  stream::v1::CopyStoreResponse* response) {
  absl::Status status = rpc::OnlyOperator(*context);
  if (!status.ok()) return rpc::Reply(context, status);
  absl::MutexLock lock(&mutex_);
  if (stopped_) return rpc::Reply(context, absl::UnavailableError("the service stops"));
  if (copying_) {
    return rpc::Reply(context, absl::AbortedError("正在制作副本 / another copy is being taken"));
  }
  if (thread_.joinable()) thread_.join();  // it has answered: nothing of it is left but its end
  return rpc::ReplyLater(context, [&](rpc::Answer answer) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    copying_ = true;
    thread_ = std::thread([this, response, answer = std::move(answer)]() mutable {
      const absl::Status taken = Take(*response);
      CountCopy(taken);
      {
        absl::MutexLock done(&mutex_);
        copying_ = false;
      }
      answer(taken);
    });
  });
}

absl::Status StoreService::Take(stream::v1::CopyStoreResponse& response) {
  const absl::Time begun = clock_->Now();
  const absl::StatusOr<std::string> path = NewPath();
  absl::Status status = path.status();
  if (status.ok()) status = database_->Copy(*path);
  if (!status.ok()) {
    Log(Level::kWarning, "store_not_copied", {{"service", Code(service_)}, {"error", status}});
    return status;
  }
  std::error_code unknown;
  response.set_path(*path);
  response.set_bytes(static_cast<int64_t>(fs::file_size(*path, unknown)));
  Log(Level::kInfo, "store_copied",
      {{"service", Code(service_)},
       {"file", Code(fs::path(*path).filename().string())},
       {"bytes", response.bytes()},
       {"took", clock_->Now() - begun}});
  return absl::OkStatus();
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
