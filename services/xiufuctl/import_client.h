#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "xiufu/publication/v1/publication.pb.h"

namespace xiufu::ctl {

// Streams a feed in the 双公示 layout to publication as the principal "operator"; `credentials`:
// folder with operator.token. NOT_FOUND when the file cannot be read.
absl::StatusOr<publication::v1::ImportReport> ImportFile(const std::string& file,
                                                         const std::string& target,
                                                         const std::string& credentials);

}  // namespace xiufu::ctl
