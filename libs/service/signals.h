#pragma once

#include <signal.h>

namespace xiufu::service {

// SIGTERM, SIGINT and SIGHUP of this process, taken by one thread that waits for them. Construct
// before the first other thread starts. SIGPIPE is ignored: a peer that went away is an error of
// that write.
class Signals {
 public:
  enum class Kind { kStop, kReload };

  Signals() {
    sigemptyset(&set_);
    for (int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set_, signal);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
  }

  // Waits for the next one.
  Kind Next() {
    int signal = 0;
    sigwait(&set_, &signal);
    return signal == SIGHUP ? Kind::kReload : Kind::kStop;
  }

 private:
  sigset_t set_;
};

}  // namespace xiufu::service
