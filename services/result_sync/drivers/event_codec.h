#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/result_sync/domain/decision.h"
#include "services/result_sync/domain/ending.h"
#include "services/result_sync/domain/revocation.h"

namespace xiufu::result {

// Of the messages that routing and publication send. INVALID_ARGUMENT names the first field that is
// wrong.
absl::StatusOr<TakenAnswer> DecodeAnswerTaken(absl::string_view data);
absl::StatusOr<PublicityEnded> DecodePublicityEnded(absl::string_view data);
absl::StatusOr<TakenRevocation> DecodeRevocationTaken(absl::string_view data);
absl::StatusOr<Restored> DecodePublicityRestored(absl::string_view data);
absl::StatusOr<Conflict> DecodeEndingRefused(absl::string_view data);

}  // namespace xiufu::result
