#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/bench/floor.grpc.pb.h"
#include "tests/bench/load/target.h"

namespace xiufu::bench {

// The floor program's entrance.
class FloorTarget : public Target {
 public:
  explicit FloorTarget(const std::string& address);
  absl::Status Prepare(size_t count) override;
  void Submit(size_t index, absl::AnyInvocable<void(absl::Status)> done) override;
  std::string IdOf(size_t index) const override { return ids_[index]; }
  const char* FinalQuery() const override { return "SELECT 1 FROM app WHERE id = ? AND state = 7"; }

 private:
  std::vector<std::unique_ptr<v1::Floor::Stub>> stubs_;  // several channels: one is a bottleneck
  std::vector<std::string> ids_;
  const std::string payload_ = std::string(800, 'x');
};

}  // namespace xiufu::bench
