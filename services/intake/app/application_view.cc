#include "services/intake/app/application_view.h"

#include <utility>

#include "libs/base/status.h"

namespace xiufu::intake {

ApplicationView LoadView(storage::Session& session, const Tables& tables,
                         const Application& application) {
  ApplicationView view;
  view.application = application;
  view.records = tables.records->IdsOf(session, application.id);
  view.materials = tables.materials->Of(session, application.id);
  if (IsDraft(application)) return view;
  for (CaseView& one : tables.cases->Of(session, application.id)) {
    if (IsOpened(one)) view.cases.push_back(std::move(one));
  }
  return view;
}

absl::Status NoSuchApplication() {
  return WithReason(absl::NotFoundError("no such application"), "APPLICATION_NOT_FOUND");
}

absl::StatusOr<Application> FindOwned(storage::Session& session, const Tables& tables, const Id& id,
                                      absl::string_view principal) {
  std::optional<Application> application = tables.applications->Find(session, id);
  if (!session.status().ok()) return session.status();
  if (!application.has_value() || application->principal != principal) return NoSuchApplication();
  return *std::move(application);
}

absl::Status NoSuchObjection() {
  return WithReason(absl::NotFoundError("no such objection"), "OBJECTION_NOT_FOUND");
}

absl::StatusOr<Objection> FindOwnObjection(storage::Session& session, const Tables& tables,
                                           const Id& id, absl::string_view principal) {
  std::optional<Objection> objection = tables.objections->Find(session, id);
  if (!session.status().ok()) return session.status();
  if (!objection.has_value() || objection->principal != principal) return NoSuchObjection();
  return *std::move(objection);
}

}  // namespace xiufu::intake
