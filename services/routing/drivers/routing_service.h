#pragma once

#include <memory>
#include <string>

#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/catalogue/law.h"
#include "libs/storage/database.h"

namespace grpc {
class Service;
}

namespace xiufu::routing {

// All of it outlives the service.
struct ServiceParts {
  storage::Database* database = nullptr;
  const Clock* clock = nullptr;
  Ids* ids = nullptr;
  const catalogue::LawInForce* law = nullptr;
  std::string page_token_key;  // rpc::PageTokenKey
};

// xiufu.routing.v1.RoutingService, for the principal "operator" alone.
std::unique_ptr<grpc::Service> NewRoutingService(const ServiceParts& parts);

}  // namespace xiufu::routing
