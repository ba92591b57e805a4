#pragma once

#include <memory>
#include <string>

#include "libs/base/clock.h"
#include "libs/storage/database.h"
#include "services/intake/app/intake.h"
#include "services/intake/drivers/letters.h"
#include "services/intake/drivers/watch_hub.h"
#include "services/intake/drivers/worker_pool.h"

namespace grpc {
class Service;
}

namespace xiufu::intake {

struct GrpcParts {
  Intake* intake = nullptr;
  WatchHub* hub = nullptr;
  WorkerPool* workers = nullptr;  // for uploads and letters
  storage::Database* database = nullptr;
  const Clock* clock = nullptr;
  std::string page_token_key;  // rpc::PageTokenKey
  Letters* letters = nullptr;
  const catalogue::LawInForce* law = nullptr;  // which windows there are
};

// xiufu.intake.v1.IntakeService: a thin mapping onto Intake. Everything in `parts` outlives it.
std::unique_ptr<grpc::Service> NewGrpcIntakeService(GrpcParts parts);

// xiufu.intake.v1.WindowService, for windows; xiufu.intake.v1.AgentService.
std::unique_ptr<grpc::Service> NewGrpcWindowService(GrpcParts parts);
std::unique_ptr<grpc::Service> NewGrpcAgentService(GrpcParts parts);

// xiufu.intake.v1.ApplicationFileService, for principals whose name begins with
// "department_adapter".
std::unique_ptr<grpc::Service> NewGrpcFileService(const Intake* intake);

}  // namespace xiufu::intake
