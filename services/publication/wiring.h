#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/catalogue/law.h"
#include "libs/service/wiring.h"
#include "libs/storage/database.h"
#include "services/publication/domain/import_report.h"
#include "services/publication/drivers/publication_service.h"

namespace xiufu::publication {

struct Times {
  absl::Duration keep_notes;       // what imports had to say about rows
  int remind_days_before_end = 0;  // of publicity that ends by itself
};

// Stream consumed: "result". Stream produced: "publication". The gRPC surface is
// NewPublicationService.
// `law` outlives what is wired.
service::Wiring WirePublication(const catalogue::LawInForce* law, const Times& times);
// At start and whenever the law was loaded: what has to end by itself and what is to be reminded of
// is found, and what was kept long enough goes.
absl::Status StartTimers(storage::Database& database, absl::Time now);

// Imports a whole feed without a server: for a store that runs inline
// (storage::Database::Options::run_inline). What ImportRecords does, with the same errors.
absl::StatusOr<ImportReport> ImportFeedInline(const ServiceParts& parts, absl::string_view file,
                                              const std::string& layout = "");

}  // namespace xiufu::publication
