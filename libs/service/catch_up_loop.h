#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/service/catch_up.h"
#include "libs/service/stream_source.h"

namespace xiufu::service {

// When to catch up: at the start, after every reconnect, on a gap, and every 15 s, so that a stream
// that is silent because its messages get lost is noticed. One thread; a producer that does not
// answer is asked again within a second or so without holding up the others.
class CatchUpLoop {
 public:
  using OpenSource = std::function<std::unique_ptr<StreamSource>(const std::string& target)>;
  struct Parts {
    std::vector<CatchUp*> catch_ups;                 // one per subscription
    std::vector<const Subscription*> subscriptions;  // in the same order
    OpenSource open;
    absl::Duration interval = absl::Seconds(15);
    absl::Duration retry = absl::Milliseconds(500);
  };
  explicit CatchUpLoop(Parts parts);
  ~CatchUpLoop();

  void Start();
  // Soon, for everything. Any thread, also the writer.
  void Poke();
  // Stream pattern → target; replaces what was there (SIGHUP).
  void SetTargets(const std::map<std::string, std::string>& targets);
  void Stop();

 private:
  void Loop();
  bool RunAll();  // true when every producer was reached
  std::map<std::string, std::string> Targets();
  bool RunTarget(const std::string& pattern, StreamSource& source);

  const Parts parts_;
  absl::Mutex mutex_;
  bool poked_ ABSL_GUARDED_BY(mutex_) = true;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::map<std::string, std::string> targets_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::unique_ptr<StreamSource>> sources_;  // by target; the loop's own
  std::thread thread_;
};

}  // namespace xiufu::service
