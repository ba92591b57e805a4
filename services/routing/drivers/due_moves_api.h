#pragma once

#include <grpcpp/support/server_callback.h>

#include "libs/rpc/page_token.h"
#include "services/routing/drivers/due_move_table.h"
#include "services/routing/drivers/routing_service.h"
#include "xiufu/routing/v1/routing.pb.h"

namespace xiufu::routing {

// The operator's part of RoutingService about due dates that moved. Refuses everybody else.
class DueMovesApi {
 public:
  // `parts` outlives it.
  explicit DueMovesApi(const ServiceParts* parts)
      : database_(parts->database), page_tokens_(parts->page_token_key) {}

  grpc::ServerUnaryReactor* List(grpc::CallbackServerContext* context,
                                 const v1::ListDueMovesRequest* request,
                                 v1::ListDueMovesResponse* response) const;

 private:
  absl::Status Fill(const v1::ListDueMovesRequest& request,
                    v1::ListDueMovesResponse& response) const;

  storage::Database* const database_;
  const rpc::PageTokens page_tokens_;
  const DueMoveTable moves_;
};

}  // namespace xiufu::routing
