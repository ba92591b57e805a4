#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/intake/domain/upload_material.h"

namespace xiufu::intake {

// A content on its way in. One thread at a time. Destroyed without Keep, it leaves nothing behind.
class IncomingBlob {
 public:
  virtual ~IncomingBlob() = default;
  // RESOURCE_EXHAUSTED when the disk is full.
  virtual absl::Status Append(absl::string_view bytes) = 0;
  // Size, hash and first bytes of what was appended so far; hashed while it came.
  virtual Received Seen() = 0;
  // Durable under its hash when this returns OK. The same content twice is one blob.
  virtual absl::Status Keep(absl::Time now) = 0;
};

// A content that is read from its start.
class BlobReader {
 public:
  virtual ~BlobReader() = default;
  // Up to `most` bytes; empty at the end.
  virtual absl::StatusOr<std::string> Next(size_t most) = 0;
};

// Contents, named by their SHA-256 (32 bytes). Thread-safe.
class BlobStore {
 public:
  virtual ~BlobStore() = default;
  virtual absl::StatusOr<std::unique_ptr<IncomingBlob>> Begin() = 0;
  // DATA_LOSS when it is not there: it is only asked for what has a row.
  virtual absl::StatusOr<std::unique_ptr<BlobReader>> Read(absl::string_view sha256) = 0;
};

}  // namespace xiufu::intake
