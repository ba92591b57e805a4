#pragma once

#include <cstdint>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"

namespace xiufu::bench {

// Something that applications are submitted to. Applications are numbered from 0.
class Target {
 public:
  virtual ~Target() = default;
  // Everything that is not measured: drafts, materials.
  virtual absl::Status Prepare(size_t count) = 0;
  // Submits one; `done` when its answer is there, on any thread.
  virtual void Submit(size_t index, absl::AnyInvocable<void(absl::Status)> done) = 0;
  // The id under which the store at the entrance knows it, 16 bytes.
  virtual std::string IdOf(size_t index) const = 0;
  // Reads that store: one BLOB parameter, one row when the application has reached its final state.
  virtual const char* FinalQuery() const = 0;
};

}  // namespace xiufu::bench
