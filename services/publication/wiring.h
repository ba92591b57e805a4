#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/service/wiring.h"
#include "services/publication/domain/import_report.h"
#include "services/publication/drivers/publication_service.h"

namespace xiufu::publication {

// Stream consumed: "result". Stream produced: "publication". The gRPC surface is
// NewPublicationService.
service::Wiring WirePublication();

// Imports a whole feed without a server: for a store that runs inline
// (storage::Database::Options::run_inline). What ImportRecords does, with the same errors.
absl::StatusOr<ImportReport> ImportFeedInline(const ServiceParts& parts, absl::string_view file,
                                              const std::string& layout = "");

}  // namespace xiufu::publication
