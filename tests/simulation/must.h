#pragma once

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace xiufu::simulation {

// What cannot fail in a simulation: ends it with the reason.
inline void Must(const absl::Status& status) {
  if (status.ok()) return;
  fprintf(stderr, "simulation: %s\n", status.ToString().c_str());
  abort();
}
template <typename T>
T Must(absl::StatusOr<T> value) {
  Must(value.status());
  return *std::move(value);
}

}  // namespace xiufu::simulation
