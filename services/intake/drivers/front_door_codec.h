#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/intake/app/receive_pushed.h"
#include "xiufu/intake/v1/front_door.pb.h"

namespace xiufu::intake {

// Requests as plain structs. Adds violations of fields that cannot be read at all.
Push PushOf(const v1::ReceivePushedRequest& request, Violations& violations);
ReceivePushed::Command CommandOf(const v1::ReceivePushedRequest& request);
ReceivePushed::SupplementPush SupplementOf(const v1::ReceivePushedSupplementRequest& request);

v1::PushReceipt ToProto(const PushStanding& standing);
v1::ListPushedResponse::Waiting ToWaiting(const PushStanding& standing);

// "pushed/<uuid>"
absl::StatusOr<Id> ParsePushName(absl::string_view field, absl::string_view name);

std::string EncodeReturn(const StoredPush& push, const UpstreamReturn& content, int64_t sequence);
// As the door is sent it.
absl::StatusOr<std::string> ReturnJson(absl::string_view encoded);

}  // namespace xiufu::intake
