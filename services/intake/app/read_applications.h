#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/storage/database.h"
#include "services/intake/app/application_view.h"
#include "services/intake/app/ports.h"

namespace xiufu::intake {

// A part of a timeline.
struct TimelineBatch {
  std::vector<TimelineEntry> entries;
  bool more = false;   // there are further entries already
  bool ended = false;  // the application is final and these were its last
};

struct ApplicationPage {
  std::vector<ApplicationView> applications;
  bool more = false;
};

// What clients read. Each call is one snapshot of the store. Any thread but the writer.
class ReadApplications {
 public:
  ReadApplications(Tables tables, storage::Database* database)
      : tables_(tables), database_(database) {}

  // `name`: "applications/<uuid>" or "applications/<number>". NOT_FOUND for an unknown one and for
  // a wrong query code.
  absl::StatusOr<ApplicationView> Get(const std::string& name, const std::string& query_code) const;
  // The id that the same pair stands for.
  absl::StatusOr<Id> Identify(const std::string& name, const std::string& query_code) const;
  // Newest first; without query codes.
  absl::StatusOr<ApplicationPage> List(const ApplicationFilter& filter) const;
  // At most `limit` entries after `position`.
  absl::StatusOr<TimelineBatch> Timeline(const Id& application, int64_t position, int limit) const;

 private:
  absl::StatusOr<Application> Find(storage::Session& session, const std::string& name,
                                   const std::string& query_code) const;

  const Tables tables_;
  storage::Database* const database_;
};

}  // namespace xiufu::intake
