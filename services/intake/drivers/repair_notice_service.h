#pragma once

#include <memory>

#include "services/intake/app/repair_notice.h"
#include "services/intake/app/unapplied_records.h"
#include "services/intake/drivers/letters.h"
#include "services/intake/drivers/worker_pool.h"

namespace grpc {
class Service;
}

namespace xiufu::intake {

struct RepairNoticeParts {
  const RepairNoticeCase* notice = nullptr;
  const UnappliedRecords* unapplied = nullptr;
  Letters* letters = nullptr;
  WorkerPool* workers = nullptr;
};

// xiufu.intake.v1.RepairNoticeService. Everything in `parts` outlives it.
std::unique_ptr<grpc::Service> NewRepairNoticeService(const RepairNoticeParts& parts);

}  // namespace xiufu::intake
