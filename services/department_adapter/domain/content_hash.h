#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace xiufu::department {

// SHA-256 over a list of values, each length-prefixed, so that no two lists have one encoding.
class ContentHash {
 public:
  ContentHash& Add(absl::string_view text);
  ContentHash& Add(int64_t number);
  std::string Finish() const;  // 32 bytes

 private:
  std::string bytes_;
};

}  // namespace xiufu::department
