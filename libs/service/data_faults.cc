#include "libs/service/data_faults.h"

#include <utility>

#include "absl/strings/str_split.h"

namespace xiufu::service {

void LogDataFaults(observability::StaticText event, const absl::Status& status) {
  for (absl::string_view fault : absl::StrSplit(status.message(), '\n')) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(fault, absl::MaxSplits(": ", 1));
    observability::Log(observability::Level::kError, event,
                       {{"at", observability::Code(parts.first)},
                        {"fault", absl::FailedPreconditionError(parts.second)}});
  }
}

}  // namespace xiufu::service
