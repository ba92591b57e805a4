#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "libs/base/id.h"
#include "services/intake/domain/codes.h"
#include "services/intake/domain/next_step.h"

namespace xiufu::intake {

// Something the applicant is told. The code is the key of its words in the message catalogue,
// followed by the result
// ("_APPROVED", "_REFUSED") for a decision and a conclusion.
struct News {
  const char* code = "";
  absl::Time time;
};

inline constexpr char kApplicationCreated[] = "APPLICATION_CREATED";
inline constexpr char kApplicationSubmitted[] = "APPLICATION_SUBMITTED";
inline constexpr char kApplicationConcluded[] = "APPLICATION_CONCLUDED";
inline constexpr char kApplicationWithdrawn[] = "APPLICATION_WITHDRAWN";
inline constexpr char kApplicationLoopClosed[] = "APPLICATION_LOOP_CLOSED";
inline constexpr char kCaseOpened[] = "CASE_OPENED";
inline constexpr char kCaseSucceeded[] = "CASE_SUCCEEDED";
inline constexpr char kCasePreCheck[] = "CASE_PRE_CHECK";
inline constexpr char kCasePreCheckDefects[] = "CASE_PRE_CHECK_DEFECTS";
inline constexpr char kCasePassedOn[] = "CASE_PASSED_ON";
inline constexpr char kCaseWithAuthority[] = "CASE_WITH_AUTHORITY";
inline constexpr char kCaseAccepted[] = "CASE_ACCEPTED";
inline constexpr char kCaseSupplementRequested[] = "CASE_SUPPLEMENT_REQUESTED";
inline constexpr char kCaseSupplemented[] = "CASE_SUPPLEMENTED";
inline constexpr char kCaseResumed[] = "CASE_RESUMED";
inline constexpr char kCaseAcceptDueMoved[] = "CASE_ACCEPT_DUE_MOVED";
inline constexpr char kCaseDecideDueMoved[] = "CASE_DECIDE_DUE_MOVED";
inline constexpr char kCaseExtendDueMoved[] = "CASE_EXTEND_DUE_MOVED";
inline constexpr char kCaseSupplementDueMoved[] = "CASE_SUPPLEMENT_DUE_MOVED";
inline constexpr char kCaseAcceptOver[] = "CASE_ACCEPT_OVER";
inline constexpr char kCaseDecideOver[] = "CASE_DECIDE_OVER";
inline constexpr char kCaseExtendOver[] = "CASE_EXTEND_OVER";
inline constexpr char kCaseOverallOver[] = "CASE_OVERALL_OVER";
inline constexpr char kCaseExtended[] = "CASE_EXTENDED";
inline constexpr char kCaseToBeAssigned[] = "CASE_TO_BE_ASSIGNED";
inline constexpr char kCaseRelayed[] = "CASE_RELAYED";
inline constexpr char kCaseFiledUpstream[] = "CASE_FILED_UPSTREAM";
inline constexpr char kCaseAcceptedUpstream[] = "CASE_ACCEPTED_UPSTREAM";
inline constexpr char kCaseHandedOver[] = "CASE_HANDED_OVER";
inline constexpr char kCaseAssigned[] = "CASE_ASSIGNED";
inline constexpr char kCaseNotAccepted[] = "CASE_NOT_ACCEPTED";
inline constexpr char kCaseWithdrawalRequested[] = "CASE_WITHDRAWAL_REQUESTED";
inline constexpr char kCaseWithdrawalRefused[] = "CASE_WITHDRAWAL_REFUSED";
inline constexpr char kCaseWithdrawn[] = "CASE_WITHDRAWN";
inline constexpr char kCaseClosedNoSupplement[] = "CASE_CLOSED_NO_SUPPLEMENT";
inline constexpr char kCaseDecided[] = "CASE_DECIDED";
inline constexpr char kCaseDecisionCorrecting[] = "CASE_DECISION_CORRECTING";
inline constexpr char kCaseConcluded[] = "CASE_CONCLUDED";
inline constexpr char kCaseLoopClosed[] = "CASE_LOOP_CLOSED";
inline constexpr char kCaseRevoked[] = "CASE_REVOKED";
inline constexpr char kCaseRecordRestored[] = "CASE_RECORD_RESTORED";

// One line of an application's timeline, with the words as they were when it was told.
struct TimelineEntry {
  int64_t position = 0;  // from 1, contiguous per application
  absl::Time time;
  std::string code;
  std::string text;
  std::string text_en;
  Id case_id;  // none when it is about the application
  Id record;
  CaseState case_state = CaseState::kUnspecified;
  CaseResult result = CaseResult::kUnspecified;
  ApplicationState application_state = ApplicationState::kUnspecified;
  NextStepWords next;  // of the case, or of the application
};

}  // namespace xiufu::intake
