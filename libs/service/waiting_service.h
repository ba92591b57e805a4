#pragma once

#include <string>
#include <utility>

#include "libs/base/clock.h"
#include "libs/rpc/page_token.h"
#include "libs/service/work.h"
#include "libs/storage/database.h"
#include "xiufu/stream/v1/stream.grpc.pb.h"

namespace xiufu::service {

// What an operator sees and does about events that wait and calls that are parked. For the
// principal "operator" alone (PERMISSION_DENIED otherwise): the list tells of every application.
class WaitingService final : public stream::v1::WaitingService::CallbackService {
 public:
  // `database`, `clock` and `jobs` must outlive the server that the service is registered with.
  // `jobs`: what follows when one is given up; nothing without.
  WaitingService(storage::Database* database, const Clock* clock, rpc::PageTokens page_tokens,
                 const JobTable* jobs = nullptr)
      : database_(database), clock_(clock), page_tokens_(std::move(page_tokens)), jobs_(jobs) {}

  // Events, calls, what could not be parsed, each by ids of their own; what was discarded only when
  // it is asked for.
  grpc::ServerUnaryReactor* ListWaiting(grpc::CallbackServerContext* context,
                                        const stream::v1::ListWaitingRequest* request,
                                        stream::v1::ListWaitingResponse* response) override;
  grpc::ServerUnaryReactor* ReplayParked(grpc::CallbackServerContext* context,
                                         const stream::v1::ReplayParkedRequest* request,
                                         stream::v1::ReplayParkedResponse* response) override;
  grpc::ServerUnaryReactor* DiscardParked(grpc::CallbackServerContext* context,
                                          const stream::v1::DiscardParkedRequest* request,
                                          stream::v1::DiscardParkedResponse* response) override;

 private:
  absl::Status GiveUp(storage::Tx& tx, const Id& id, const std::string& reason) const;

  storage::Database* const database_;
  const Clock* const clock_;
  const rpc::PageTokens page_tokens_;
  const JobTable* const jobs_;
};

}  // namespace xiufu::service
