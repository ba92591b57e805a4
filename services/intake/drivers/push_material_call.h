#pragma once

#include <grpcpp/support/server_callback.h>

#include "absl/status/statusor.h"
#include "services/intake/app/receive_pushed.h"
#include "services/intake/drivers/worker_pool.h"
#include "xiufu/intake/v1/front_door.pb.h"

namespace xiufu::intake {

// One PushMaterial call of a door, or its refusal. Deletes itself when it is done.
grpc::ServerReadReactor<v1::PushMaterialRequest>* NewPushMaterialCall(const ReceivePushed* receive,
                                                                      WorkerPool* workers,
                                                                      absl::StatusOr<DoorCall> call,
                                                                      v1::PushReceipt* response);

}  // namespace xiufu::intake
