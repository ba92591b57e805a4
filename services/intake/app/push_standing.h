#pragma once

#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "services/intake/app/front_door_ports.h"
#include "services/intake/app/ports.h"

namespace xiufu::intake {

// Where a push stands: what its door is answered.
struct PushStanding {
  StoredPush push;
  std::string application_number;    // once it is in a case
  std::vector<std::string> missing;  // 32 bytes each
};
using PushDone = absl::AnyInvocable<void(absl::StatusOr<PushStanding>)>;

PushStanding StandingOf(storage::Session& session, const PushTable& pushes,
                        const ApplicationTable& applications, StoredPush push);

// NOT_FOUND, reason PUSH_NOT_FOUND.
absl::Status NoSuchPush();

// Which of the papers need not be sent: the subject handed them in before.
std::vector<PushedMaterial> WithKnownPapers(storage::Session& session, const PushTable& pushes,
                                            absl::string_view subject_uscc,
                                            std::vector<PushedMaterial> papers);

}  // namespace xiufu::intake
