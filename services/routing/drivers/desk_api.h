#pragma once

#include <grpcpp/support/server_callback.h>

#include "libs/rpc/page_token.h"
#include "services/routing/drivers/desk_table.h"
#include "services/routing/drivers/routing_service.h"
#include "xiufu/routing/v1/routing.pb.h"

namespace xiufu::routing {

// The operator's part of RoutingService about cases that nobody has and answers that do not count.
// Refuses everybody else.
class DeskApi {
 public:
  // `parts` outlives it.
  explicit DeskApi(const ServiceParts* parts)
      : parts_(parts), page_tokens_(parts->page_token_key) {}

  grpc::ServerUnaryReactor* ListUnassigned(grpc::CallbackServerContext* context,
                                           const v1::ListUnassignedCasesRequest* request,
                                           v1::ListUnassignedCasesResponse* response) const;
  grpc::ServerUnaryReactor* Assign(grpc::CallbackServerContext* context,
                                   const v1::AssignCaseRequest* request,
                                   v1::AssignCaseResponse* response) const;
  grpc::ServerUnaryReactor* Allow(grpc::CallbackServerContext* context,
                                  const v1::AllowSupplementRequest* request,
                                  v1::AllowSupplementResponse* response) const;
  grpc::ServerUnaryReactor* ListUncounted(grpc::CallbackServerContext* context,
                                          const v1::ListUncountedAnswersRequest* request,
                                          v1::ListUncountedAnswersResponse* response) const;

 private:
  // What a person did, once per request id.
  template <typename Request, typename Command>
  grpc::ServerUnaryReactor* Once(grpc::CallbackServerContext* context, const char* method,
                                 const Request& request, absl::StatusOr<Command> command,
                                 google::protobuf::Message* response) const;
  absl::Status Fill(const v1::ListUnassignedCasesRequest& request,
                    v1::ListUnassignedCasesResponse& response) const;
  absl::Status Fill(const v1::ListUncountedAnswersRequest& request,
                    v1::ListUncountedAnswersResponse& response) const;

  const ServiceParts* const parts_;
  const rpc::PageTokens page_tokens_;
  const DeskTable desk_{};
};

}  // namespace xiufu::routing
