#pragma once

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/service/config.h"
#include "libs/service/wiring.h"
#include "libs/storage/database.h"

namespace grpc {
class Service;
}

namespace xiufu::service {

// Runs a wired service with threads, broker and gRPC until SIGTERM or SIGINT: what every main()
// ends in.
//
// Start: store → topology of streams → publisher → consumers → job and timer runners → gRPC
// (SERVING). Stop (< 5 s): NOT_SERVING → no new calls → no new deliveries → jobs end or are left to
// the next start → writes that wait are committed and answered → publisher drains → acks flushed →
// store closed clean.
class Host {
 public:
  struct Parts {
    CommonConfig config;
    storage::Database* database = nullptr;
    const Clock* clock = nullptr;
    Ids* ids = nullptr;
    Wiring wiring;
    std::vector<grpc::Service*>
        services;  // beside StreamService, WaitingService, StoreService, health and reflection
    // Called first and last when stopping: surfaces that the host does not know (the adapter's HTTP
    // server).
    std::function<absl::Status()> on_start = [] { return absl::OkStatus(); };
    std::function<void()> on_stop = [] {};
    // On SIGHUP, after the streams file was read again.
    std::function<void()> on_reload = [] {};
  };
  explicit Host(Parts parts);
  ~Host();

  // Returns after an orderly stop, or with the reason why it could not start.
  absl::Status Run();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace xiufu::service
