#pragma once

#include "absl/strings/string_view.h"

namespace xiufu::intake {

// The numbers are those of the contracts: they are what is stored and sent.

enum class FrontDoor { kUnspecified = 0, kCity = 1, kCreditChina = 2, kGsxt = 3 };

enum class Capacity {
  kUnspecified = 0,
  kLegalRepresentative = 1,
  kHandler = 2,
  kAgent = 3,
  kBankruptcyAdministrator = 4,
  kWindow = 5,
};

enum class CaseState {
  kUnspecified = 0,
  kReceived = 1,
  kWithAuthority = 2,
  kAccepted = 3,
  kSupplementRequested = 4,
  kDecided = 5,
  kConcluded = 6,
};

enum class CaseResult {
  kUnspecified = 0,
  kApproved = 1,
  kRefused = 2,
  kRecordWithdrawn = 3,  // the authority annulled what was to be repaired
};

enum class RecordState {
  kUnspecified = 0,
  kPublished = 1,
  kNotPublished = 2,
  kEnded = 3,
  kExpired = 4,
  kWithdrawn = 5,
  kShielded = 6,
};

enum class ApplicationState {
  kUnspecified = 0,
  kDraft = 1,
  kSubmitted = 2,
  kInProgress = 3,
  kSupplementRequested = 4,
  kConcluded = 5,
};

// As the contracts name them, without prefix: "SUPPLEMENT_REQUESTED".
absl::string_view ToString(CaseState state);
absl::string_view ToString(RecordState state);

}  // namespace xiufu::intake
