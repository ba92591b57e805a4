#pragma once

#include "libs/messaging/envelope.h"
#include "services/routing/app/ports.h"
#include "services/routing/drivers/proto_fields.h"

namespace xiufu::routing {

inline constexpr char kResultReportedType[] = "xiufu.publication.result_reported.v1";

// INVALID_ARGUMENT for data that is no report.
absl::StatusOr<RecordReport> DecodeReport(absl::string_view data);

}  // namespace xiufu::routing
