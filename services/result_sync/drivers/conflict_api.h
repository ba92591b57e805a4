#pragma once

#include <memory>
#include <string>

#include "libs/base/clock.h"
#include "libs/storage/database.h"

namespace grpc {
class Service;
}

namespace xiufu::result {

// All of it outlives the service.
struct ServiceParts {
  storage::Database* database = nullptr;
  const Clock* clock = nullptr;
  std::string page_token_key;  // rpc::PageTokenKey
};

// xiufu.result.v1.ConflictService, for the principal "operator" alone.
std::unique_ptr<grpc::Service> NewConflictService(const ServiceParts& parts);

}  // namespace xiufu::result
