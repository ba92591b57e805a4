#include "services/intake/app/read_applications.h"

#include <utility>

#include "services/intake/app/find_application.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/standing.h"

namespace xiufu::intake {

absl::StatusOr<Application> ReadApplications::Find(storage::Session& session,
                                                   const std::string& name,
                                                   const std::string& query_code) const {
  absl::StatusOr<ApplicationKey> key = ParseApplicationKey("name", name);
  if (!key.ok()) return key.status();
  std::optional<Application> application =
      key->id.IsNone() ? tables_.applications->FindByNumber(session, key->number)
                       : tables_.applications->Find(session, key->id);
  if (!session.status().ok()) return session.status();
  if (!application.has_value() || !SameCode(application->query_code, query_code)) {
    return NoSuchApplication();
  }
  return *std::move(application);
}

absl::StatusOr<ApplicationView> ReadApplications::Get(const std::string& name,
                                                      const std::string& query_code) const {
  ApplicationView view;
  absl::Status status = database_->Read([&](storage::Session& session) {
    absl::StatusOr<Application> application = Find(session, name, query_code);
    if (!application.ok()) return application.status();
    view = LoadView(session, tables_, *application);
    return session.status();
  });
  if (!status.ok()) return status;
  return view;
}

absl::StatusOr<Id> ReadApplications::Identify(const std::string& name,
                                              const std::string& query_code) const {
  Id id;
  absl::Status status = database_->Read([&](storage::Session& session) {
    absl::StatusOr<Application> application = Find(session, name, query_code);
    if (application.ok()) id = application->id;
    return application.status();
  });
  if (!status.ok()) return status;
  return id;
}

absl::StatusOr<ApplicationPage> ReadApplications::List(const ApplicationFilter& filter) const {
  ApplicationPage page;
  ApplicationFilter one_more = filter;
  ++one_more.limit;
  absl::Status status = database_->Read([&](storage::Session& session) {
    std::vector<Application> applications = tables_.applications->List(session, one_more);
    page.more = static_cast<int>(applications.size()) > filter.limit;
    if (page.more) applications.pop_back();
    for (const Application& application : applications) {
      page.applications.push_back(LoadView(session, tables_, application));
    }
    return session.status();
  });
  if (!status.ok()) return status;
  return page;
}

absl::StatusOr<TimelineBatch> ReadApplications::Timeline(const Id& application, int64_t position,
                                                         int limit) const {
  TimelineBatch batch;
  absl::Status status = database_->Read([&](storage::Session& session) {
    batch.entries = tables_.timeline->After(session, application, position, limit);
    batch.more = static_cast<int>(batch.entries.size()) == limit;
    if (batch.more || !session.status().ok()) return session.status();
    std::optional<Application> found = tables_.applications->Find(session, application);
    if (!found.has_value()) return session.status().ok() ? NoSuchApplication() : session.status();
    batch.ended =
        Happened(found->concluded) && IsFinal(*found, tables_.cases->Of(session, application));
    return session.status();
  });
  if (!status.ok()) return status;
  return batch;
}

}  // namespace xiufu::intake
