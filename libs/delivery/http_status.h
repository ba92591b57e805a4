#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "libs/delivery/http_client.h"

namespace xiufu::delivery {

// What an answer of a system that we do not own means for a call that is repeated until it is
// answered. OK for 200. Refused for good: INVALID_ARGUMENT (400, 413, 422), ALREADY_EXISTS (409).
// May become better: NOT_FOUND (404), FAILED_PRECONDITION (401, 403), UNAVAILABLE for all others,
// with reason RETRY_AFTER where the other side said how long. `who` begins the message, "the
// authority's system"; the other side's text is not taken over: it may hold anything.
absl::Status StatusOf(const HttpAnswer& answer, absl::string_view who);

}  // namespace xiufu::delivery
