#pragma once

#include "libs/base/clock.h"
#include "libs/storage/database.h"
#include "xiufu/stream/v1/stream.grpc.pb.h"

namespace xiufu::service {

// Heads and Read over this service's outbox. Read hands out the stored bytes as they are, without
// parsing them: hence the raw method. Both are for the service whose queue the request names
// (libs/messaging/topology.h), PERMISSION_DENIED for anybody else. Reads block a gRPC thread for
// the length of one page.
class StreamService final
    : public stream::v1::StreamService::WithRawCallbackMethod_Read<
          stream::v1::StreamService::WithCallbackMethod_Heads<stream::v1::StreamService::Service>> {
 public:
  // Both must outlive the server that the service is registered with.
  StreamService(storage::Database* database, const Clock* clock)
      : database_(database), clock_(clock) {}

  // No patterns mean all streams. The marks are written by themselves: the answer does not wait for
  // them.
  grpc::ServerUnaryReactor* Heads(grpc::CallbackServerContext* context,
                                  const stream::v1::HeadsRequest* request,
                                  stream::v1::HeadsResponse* response) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* Read(grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer* request) override;

 private:
  storage::Database* const database_;
  const Clock* const clock_;
};

}  // namespace xiufu::service
