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

// kUnspecified: the applicant.
constexpr bool IsKnownOrUnspecified(Capacity capacity) {
  return capacity >= Capacity::kUnspecified && capacity <= Capacity::kWindow;
}

enum class CaseState {
  kUnspecified = 0,
  kReceived = 1,
  kWithAuthority = 2,
  kAccepted = 3,
  kSupplementRequested = 4,
  kDecided = 5,
  kConcluded = 6,
  kExtended = 7,
  kToBeAssigned = 8,
  kNotAccepted = 9,
  kWithdrawn = 10,
  kClosedNoSupplement = 11,
  kWithdrawalRequested = 12,  // how a case is shown, never what routing says: see ShownState
  kPreCheck = 13,
  kWithUpstream = 14,  // dealt with in another system
};

// All that a case is ever shown in.
inline constexpr CaseState kShownStates[] = {CaseState::kReceived,
                                             CaseState::kWithAuthority,
                                             CaseState::kAccepted,
                                             CaseState::kSupplementRequested,
                                             CaseState::kDecided,
                                             CaseState::kConcluded,
                                             CaseState::kExtended,
                                             CaseState::kToBeAssigned,
                                             CaseState::kNotAccepted,
                                             CaseState::kWithdrawn,
                                             CaseState::kClosedNoSupplement,
                                             CaseState::kWithdrawalRequested,
                                             CaseState::kPreCheck,
                                             CaseState::kWithUpstream};

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
  kWithdrawn = 6,
  kPreCheck = 7,
  kToBeAssigned = 8,
  kWithdrawalRequested = 9,
  kNotAccepted = 10,
  kClosedNoSupplement = 11,
};

// As the contracts name them, without prefix: "SUPPLEMENT_REQUESTED".
absl::string_view ToString(CaseState state);
absl::string_view ToString(ApplicationState state);
absl::string_view ToString(RecordState state);

}  // namespace xiufu::intake
