#pragma once

#include "absl/status/statusor.h"
#include "libs/catalogue/worded_record.h"
#include "xiufu/common/v1/common.pb.h"

namespace xiufu {

// The only way from a snapshot to what the law looks at, for every service that reads one.
// INVALID_ARGUMENT for a day, kind or basis that nobody knows.
absl::StatusOr<catalogue::WordedRecord> WordsOf(const common::v1::RecordSnapshot& snapshot);

}  // namespace xiufu
