#include "services/intake/domain/codes.h"

namespace xiufu::intake {

absl::string_view ToString(CaseState state) {
  switch (state) {
    case CaseState::kReceived:
      return "RECEIVED";
    case CaseState::kWithAuthority:
      return "WITH_AUTHORITY";
    case CaseState::kAccepted:
      return "ACCEPTED";
    case CaseState::kSupplementRequested:
      return "SUPPLEMENT_REQUESTED";
    case CaseState::kDecided:
      return "DECIDED";
    case CaseState::kConcluded:
      return "CONCLUDED";
    case CaseState::kExtended:
      return "EXTENDED";
    case CaseState::kToBeAssigned:
      return "TO_BE_ASSIGNED";
    case CaseState::kNotAccepted:
      return "NOT_ACCEPTED";
    case CaseState::kWithdrawn:
      return "WITHDRAWN";
    case CaseState::kClosedNoSupplement:
      return "CLOSED_NO_SUPPLEMENT";
    case CaseState::kPreCheck:
      return "PRE_CHECK";
    case CaseState::kWithdrawalRequested:
      return "WITHDRAWAL_REQUESTED";
    case CaseState::kWithUpstream:
      return "WITH_UPSTREAM";
    case CaseState::kUnspecified:
      break;
  }
  return "UNSPECIFIED";
}

absl::string_view ToString(ApplicationState state) {
  switch (state) {
    case ApplicationState::kDraft:
      return "DRAFT";
    case ApplicationState::kSubmitted:
      return "SUBMITTED";
    case ApplicationState::kInProgress:
      return "IN_PROGRESS";
    case ApplicationState::kSupplementRequested:
      return "SUPPLEMENT_REQUESTED";
    case ApplicationState::kConcluded:
      return "CONCLUDED";
    case ApplicationState::kWithdrawn:
      return "WITHDRAWN";
    case ApplicationState::kPreCheck:
      return "PRE_CHECK";
    case ApplicationState::kToBeAssigned:
      return "TO_BE_ASSIGNED";
    case ApplicationState::kWithdrawalRequested:
      return "WITHDRAWAL_REQUESTED";
    case ApplicationState::kNotAccepted:
      return "NOT_ACCEPTED";
    case ApplicationState::kClosedNoSupplement:
      return "CLOSED_NO_SUPPLEMENT";
    case ApplicationState::kUnspecified:
      break;
  }
  return "UNSPECIFIED";
}

absl::string_view ToString(RecordState state) {
  switch (state) {
    case RecordState::kPublished:
      return "PUBLISHED";
    case RecordState::kNotPublished:
      return "NOT_PUBLISHED";
    case RecordState::kEnded:
      return "ENDED";
    case RecordState::kExpired:
      return "EXPIRED";
    case RecordState::kWithdrawn:
      return "WITHDRAWN";
    case RecordState::kShielded:
      return "SHIELDED";
    case RecordState::kUnspecified:
      break;
  }
  return "UNSPECIFIED";
}

}  // namespace xiufu::intake
