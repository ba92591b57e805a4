#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/storage/tx.h"

namespace xiufu::storage {

// Idempotency of client writes: (method, request id) → answer, for ever. Only success is kept,
// because the caller keeps it inside the same savepoint as the effect.
class Requests {
 public:
  // The kept answer; nothing when the id is unused. ALREADY_EXISTS with reason REQUEST_ID_REUSED
  // when the id was used with another body.
  absl::StatusOr<std::optional<std::string>> Find(Tx& tx, absl::string_view method,
                                                  const Id& request_id,
                                                  absl::string_view body_sha256) const;
  void Keep(Tx& tx, absl::string_view method, const Id& request_id, absl::string_view body_sha256,
            absl::string_view answer, absl::Time now) const;
};

}  // namespace xiufu::storage
