#include "libs/service/catch_up_loop.h"

#include <algorithm>
#include <utility>

#include "libs/messaging/envelope.h"
#include "libs/observability/log.h"

namespace xiufu::service {
namespace {

// Do these two patterns have a stream in common? "adapter.#" and "adapter.tax" do.
bool Overlap(const std::string& a, const std::string& b) {
  return a == b || messaging::StreamMatches(a, b) || messaging::StreamMatches(b, a);
}

}  // namespace

CatchUpLoop::CatchUpLoop(Parts parts) : parts_(std::move(parts)) {}

CatchUpLoop::~CatchUpLoop() { Stop(); }

void CatchUpLoop::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void CatchUpLoop::Poke() {
  absl::MutexLock lock(&mutex_);
  poked_ = true;
}

void CatchUpLoop::SetTargets(const std::map<std::string, std::string>& targets) {
  absl::MutexLock lock(&mutex_);
  targets_ = targets;
  poked_ = true;
}

void CatchUpLoop::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

void CatchUpLoop::Loop() {
  auto due = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return poked_ || stopping_; };
  absl::Duration wait = parts_.interval;
  while (true) {
    {
      absl::MutexLock lock(&mutex_);
      mutex_.AwaitWithTimeout(absl::Condition(&due), wait);
      if (stopping_) return;
      poked_ = false;
    }
    wait = RunAll() ? parts_.interval : parts_.retry;
  }
}

std::map<std::string, std::string> CatchUpLoop::Targets() {
  absl::MutexLock lock(&mutex_);
  return targets_;
}

bool CatchUpLoop::RunAll() {
  bool reached = true;
  std::map<std::string, std::string> targets = Targets();
  for (const auto& [pattern, target] : targets) {
    // Named anew: clang captures no structured bindings yet.
    const bool wanted = std::any_of(
        parts_.subscriptions.begin(), parts_.subscriptions.end(),
        [&pattern = pattern](const Subscription* s) {
          return std::any_of(s->patterns.begin(), s->patterns.end(),
                             [&](const std::string& own) { return Overlap(own, pattern); });
        });
    if (!wanted) continue;
    std::unique_ptr<StreamSource>& source = sources_[target];
    if (source == nullptr) source = parts_.open(target);
    if (!RunTarget(pattern, *source)) reached = false;
  }
  return reached;
}

bool CatchUpLoop::RunTarget(const std::string& pattern, StreamSource& source) {
  bool reached = true;
  for (size_t i = 0; i < parts_.catch_ups.size(); ++i) {
    const std::vector<std::string>& own = parts_.subscriptions[i]->patterns;
    if (std::none_of(own.begin(), own.end(),
                     [&](const std::string& p) { return Overlap(p, pattern); })) {
      continue;
    }
    absl::Status status = parts_.catch_ups[i]->Run(source);
    if (status.ok()) continue;
    reached = false;
    observability::Log(observability::Level::kDebug, "catch_up_failed",
                       {{"pattern", observability::Code(pattern)}, {"error", status}});
  }
  return reached;
}

}  // namespace xiufu::service
