#include "libs/service/waiting_service.h"

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
        [id = request->id(), job = *job, reason = request->reason(),
         clock = clock_](storage::Tx& tx) {
          return job.IsNone() ? tx.waiting().Discard(tx, id, reason, clock->Now())
                              : tx.jobs().Discard(tx, job, reason, clock->Now());
        },
        std::move(answer));
  });
}

}  // namespace xiufu::service
