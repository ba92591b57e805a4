#include "libs/service/waiting_service.h"

#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/rpc/context.h"
#include "libs/rpc/reactor.h"
#include "libs/service/waiting_list.h"
#include "libs/storage/jobs.h"
#include "libs/storage/waiting.h"

namespace xiufu::service {
namespace {

// The id of a call as it came: parsed before the writer sees it.
template <typename Request>
absl::StatusOr<Id> JobOf(const Request& request) {
  if (!request.has_job()) return Id();
  absl::StatusOr<Id> job = Id::FromBytes(request.job());
  if (!job.ok() || job->IsNone()) return FieldViolation("job", "not a job's id", "16 bytes");
  return job;
}

}  // namespace

grpc::ServerUnaryReactor* WaitingService::ListWaiting(grpc::CallbackServerContext* context,
                                                      const stream::v1::ListWaitingRequest* request,
                                                      stream::v1::ListWaitingResponse* response) {
  absl::Status status = rpc::OnlyOperator(*context);
  if (status.ok()) status = FillWaitingList(database_, page_tokens_, *request, response);
  return rpc::Reply(context, status);
}

grpc::ServerUnaryReactor* WaitingService::ReplayParked(
    grpc::CallbackServerContext* context, const stream::v1::ReplayParkedRequest* request,
    stream::v1::ReplayParkedResponse* /*response*/) {
  const absl::StatusOr<Id> job = JobOf(*request);
  absl::Status status = rpc::OnlyOperator(*context);
  if (status.ok()) status = job.status();
  if (!status.ok()) return rpc::Reply(context, status);
  return rpc::ReplyLater(context, [&](rpc::Answer answer) {
    database_->Write(
        [id = request->id(), job = *job, clock = clock_](storage::Tx& tx) {
          return job.IsNone() ? tx.waiting().Replay(tx, id, clock->Now())
                              : tx.jobs().Replay(tx, job, clock->Now());
        },
        std::move(answer));
  });
}

grpc::ServerUnaryReactor* WaitingService::DiscardParked(
    grpc::CallbackServerContext* context, const stream::v1::DiscardParkedRequest* request,
    stream::v1::DiscardParkedResponse* /*response*/) {
  const absl::StatusOr<Id> job = JobOf(*request);
  absl::Status status = rpc::OnlyOperator(*context);
  if (status.ok()) status = job.status();
  if (status.ok())
    status = CheckText("reason", absl::StripAsciiWhitespace(request->reason()), 1, 500);
  if (!status.ok()) return rpc::Reply(context, status);
  return rpc::ReplyLater(context, [&](rpc::Answer answer) {
    database_->Write(
        [this, id = request->id(), job = *job, reason = request->reason()](storage::Tx& tx) {
          return job.IsNone() ? tx.waiting().Discard(tx, id, reason, clock_->Now())
                              : GiveUp(tx, job, reason);
        },
        std::move(answer));
  });
}

absl::Status WaitingService::GiveUp(storage::Tx& tx, const Id& id,
                                    const std::string& reason) const {
  const absl::Time now = clock_->Now();
  absl::Status discarded = tx.jobs().Discard(tx, id, reason, now);
  if (!discarded.ok() || jobs_ == nullptr) return discarded;
  const std::optional<storage::Job> job = tx.jobs().Find(tx, id);
  if (!job.has_value()) return tx.status();
  const auto follows = jobs_->given_up.find(job->kind);
  return follows == jobs_->given_up.end() ? tx.status() : follows->second(*job, now, tx);
}

}  // namespace xiufu::service
