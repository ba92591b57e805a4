#pragma once

#include <string>

#include "absl/time/time.h"
#include "libs/base/id.h"

namespace xiufu {

// Chance as an input. Thread-safe.
class Ids {
 public:
  virtual ~Ids() = default;
  // UUIDv7: 48 bits of UTC milliseconds, then random bits.
  virtual Id NewV7(absl::Time now) = 0;
  // `length` characters of 23456789ABCDEFGHJKMNPQRTUVWXY: none that are mistaken for one another on
  // paper.
  virtual std::string NewQueryCode(size_t length) = 0;
};

}  // namespace xiufu
