#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/intake/domain/case_view.h"
#include "services/intake/domain/codes.h"
#include "services/intake/domain/material.h"

namespace xiufu::intake {

// What a client asks for, as it came.
struct SupplementCommand {
  std::string application;
  std::string case_name;
  std::vector<std::string> materials;
  std::string note;
  Capacity acting = Capacity::kUnspecified;  // who does it; unspecified: the applicant
};

// The same, checked.
struct Supplement {
  Id application;
  Id case_id;
  std::vector<Id> materials;
  std::string note;
  Capacity acting = Capacity::kUnspecified;
};

// INVALID_ARGUMENT with every violation at once.
absl::StatusOr<Supplement> ValidateSupplement(const SupplementCommand& command);

// `owned`: all materials of the application. The chosen ones, in the order asked.
// FAILED_PRECONDITION with reason WITHDRAWAL_REQUESTED, SUPPLEMENT_CLOSED (its time was over) or
// CASE_AWAITS_NO_SUPPLEMENT; INVALID_ARGUMENT with a violation for
// each paper that is not the application's (reason MATERIAL_UNKNOWN) or older than the request
// (MATERIAL_OLDER_THAN_REQUEST).
absl::StatusOr<std::vector<Material>> DecideSupplement(const Supplement& supplement,
                                                       const CaseView& view,
                                                       const std::vector<Material>& owned);

// What routing is told.
struct ApplicationSupplemented {
  Id application;
  Id case_id;
  int32_t round = 0;
  absl::Time supplemented_at;
  std::vector<Material> materials;
};

// None came for this round, and none will be taken.
struct SupplementMissed {
  Id application;
  Id case_id;
  int32_t round = 0;
  absl::Time missed_at;
};

// The applicant's words to one supplement, for the authority.
struct SupplementNote {
  Id case_id;
  int32_t round = 0;
  std::string note;
};

}  // namespace xiufu::intake
