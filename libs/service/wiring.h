#pragma once

#include <functional>
#include <string>
#include <vector>

#include "libs/service/router.h"
#include "libs/service/work.h"

namespace xiufu::service {

// A queue this service consumes and the streams that it brings, whole.
struct Subscription {
  std::string queue;                  // also the consumer's name in Heads
  std::vector<std::string> patterns;  // "intake", "adapter.#"
};

// What a service is made of, apart from its gRPC surface: filled by its Wire function from ports,
// run by service::Host with threads, or by the simulation without.
struct Wiring {
  std::string service;
  std::vector<Subscription> subscriptions;
  Router router;
  JobTable jobs;
  TimerTable timers;
  // Rule and calendar versions, recorded with every handled event.
  std::function<std::string()> versions = [] { return std::string(); };
};

}  // namespace xiufu::service
