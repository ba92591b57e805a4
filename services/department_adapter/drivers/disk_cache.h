#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "services/department_adapter/app/ports.h"

namespace xiufu::department {

// Papers as files <folder>/<first two hex digits>/<sha256 in hex>. A file appears whole or not at
// all. Thread-safe.
class DiskCache final : public MaterialCache {
 public:
  // Makes the folder when it is missing.
  static absl::StatusOr<std::unique_ptr<DiskCache>> Open(const std::string& folder);

  bool Has(absl::string_view sha256, int64_t size) const override;
  absl::Status Put(absl::string_view sha256, absl::string_view bytes) override;
  // Where the bytes are once Has says so.
  std::string PathOf(absl::string_view sha256) const;

 private:
  explicit DiskCache(std::string folder) : folder_(std::move(folder)) {}

  const std::string folder_;
  std::atomic<uint64_t> next_temporary_{0};
};

}  // namespace xiufu::department
