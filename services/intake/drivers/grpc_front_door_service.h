#pragma once

#include <map>
#include <memory>
#include <string>

#include "services/intake/app/receive_pushed.h"
#include "services/intake/drivers/worker_pool.h"

namespace grpc {
class Service;
}

namespace xiufu::intake {

struct FrontDoorParts {
  const ReceivePushed* receive = nullptr;
  const PushTable* pushes = nullptr;
  const ApplicationTable* applications = nullptr;
  storage::Database* database = nullptr;
  WorkerPool* workers = nullptr;
  std::map<std::string, FrontDoor> doors;  // by principal
  std::string page_token_key;
};

// xiufu.intake.v1.FrontDoorService. Everything in `parts` outlives it.
std::unique_ptr<grpc::Service> NewGrpcFrontDoorService(FrontDoorParts parts);

}  // namespace xiufu::intake
