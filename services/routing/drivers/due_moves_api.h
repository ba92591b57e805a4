#pragma once

#include <memory>
#include <string>

#include "libs/storage/database.h"

namespace grpc {
class Service;
}

namespace xiufu::routing {

// xiufu.routing.v1.RoutingService, for the principal "operator" alone. The database outlives it;
// `page_token_key`: rpc::PageTokenKey.
std::unique_ptr<grpc::Service> NewRoutingService(storage::Database* database,
                                                 const std::string& page_token_key);

}  // namespace xiufu::routing
