#include "libs/storage/requests.h"

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"

namespace xiufu::storage {

absl::StatusOr<std::optional<std::string>> Requests::Find(Tx& tx, absl::string_view method,
                                                          const Id& request_id,
                                                          absl::string_view body_sha256) const {
  Query kept = tx.Sql("SELECT body_sha256, answer FROM request WHERE request_id = ? AND method = ?",
                      request_id, method);
  if (!kept.Next()) {
    if (!tx.status().ok()) return tx.status();
    return std::optional<std::string>();
  }
  if (kept.Blob(0) == body_sha256) return std::optional<std::string>(std::string(kept.Blob(1)));
  return WithReason(absl::AlreadyExistsError(absl::StrCat("request id ", request_id.ToString(),
                                                          " was used for another ", method,
                                                          " with another body")),
                    "REQUEST_ID_REUSED");
}

void Requests::Keep(Tx& tx, absl::string_view method, const Id& request_id,
                    absl::string_view body_sha256, absl::string_view answer, absl::Time now) const {
  tx.Run("INSERT INTO request (request_id, method, body_sha256, answer, at) VALUES (?, ?, ?, ?, ?)",
         request_id, method, Blob{body_sha256}, Blob{answer}, now);
}

}  // namespace xiufu::storage
