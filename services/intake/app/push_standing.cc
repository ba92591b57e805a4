#include "services/intake/app/push_standing.h"

#include <optional>
#include <utility>

#include "libs/base/status.h"

namespace xiufu::intake {

PushStanding StandingOf(storage::Session& session, const PushTable& pushes,
                        const ApplicationTable& applications, StoredPush push) {
  PushStanding standing;
  if (!push.application.IsNone()) {
    const std::optional<Application> application = applications.Find(session, push.application);
    if (application.has_value()) standing.application_number = application->number;
  }
  standing.missing = pushes.Missing(session, push.id);
  standing.push = std::move(push);
  return standing;
}

absl::Status NoSuchPush() {
  return WithReason(absl::NotFoundError("nothing was pushed under this number"), "PUSH_NOT_FOUND");
}

std::vector<PushedMaterial> WithKnownPapers(storage::Session& session, const PushTable& pushes,
                                            absl::string_view subject_uscc,
                                            std::vector<PushedMaterial> papers) {
  for (PushedMaterial& one : papers) {
    one.there = pushes.SubjectHas(session, subject_uscc, one.paper);
  }
  return papers;
}

}  // namespace xiufu::intake
