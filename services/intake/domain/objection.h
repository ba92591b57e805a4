#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/region.h"
#include "services/intake/domain/application.h"
#include "services/intake/domain/case_view.h"
#include "services/intake/domain/law.h"
#include "services/intake/domain/material.h"
#include "services/intake/domain/power_of_attorney.h"

namespace xiufu::intake {

// Numbers of xiufu.common.v1; stored.
enum class ObjectionKind { kUnspecified = 0, kContent = 1, kPeriod = 2, kResult = 3 };
enum class ObjectionState {
  kUnspecified = 0,
  kFiled = 1,
  kWithAuthority = 2,
  kToBeAssigned = 3,
  kUpheld = 4,
  kRejected = 5,
  kWithdrawn = 6,
  kDraft = 7,
  kWithdrawalRequested = 8,
};
inline constexpr ObjectionState kObjectionStates[] = {
    ObjectionState::kFiled,  ObjectionState::kWithAuthority,      ObjectionState::kToBeAssigned,
    ObjectionState::kUpheld, ObjectionState::kRejected,           ObjectionState::kWithdrawn,
    ObjectionState::kDraft,  ObjectionState::kWithdrawalRequested};
// The key of its plain words: "OBJECTION_UPHELD".
std::string WordsKey(ObjectionState state);
bool HasEnded(ObjectionState state);

// What a client asks for, as it came.
struct ObjectionCommand {
  std::string subject_uscc;
  std::string record;  // "records/<uuid>"
  ObjectionKind kind = ObjectionKind::kUnspecified;
  std::string statement;
  Applicant applicant;
  std::string application;  // of the repair that it is about; empty: none
  std::string case_name;
  std::string region;
  std::optional<PowerCommand> power;  // an agent's
};
// The same, checked and completed.
struct ObjectionDraft {
  std::string subject_uscc;
  Id record;
  ObjectionKind kind = ObjectionKind::kUnspecified;
  std::string statement;
  Applicant applicant;
  Id application;
  Id case_id;
  std::string region;
  std::optional<PowerOfAttorney> power;  // of a new draft; kept with the powers of applications
};

// An objection as its subject sees it.
struct Objection {
  Id id;
  std::string number;
  std::string query_code;
  std::string principal;
  ObjectionDraft what;
  RecordSnapshot snapshot;
  RuleRef rule;  // empty until filed
  ObjectionState state = ObjectionState::kDraft;
  int64_t version = 0;  // routing's
  Authority authority;
  std::string due_date;
  bool due_provisional = false;
  std::string document_no;
  std::string correction;
  std::vector<std::string> reasons;
  std::string remedies;
  absl::Time created;
  absl::Time filed = absl::InfinitePast();
  absl::Time ended = absl::InfinitePast();
};

// One line of what happened to it.
struct ObjectionStep {
  absl::Time time;
  ObjectionState state = ObjectionState::kUnspecified;
  std::string authority;  // name of who has it then
  std::string due_date;
};

// INVALID_ARGUMENT with every violation at once.
absl::StatusOr<ObjectionDraft> ValidateObjection(const ObjectionCommand& command,
                                                 const RegionTable& regions,
                                                 absl::string_view agent_secret, absl::Time now);
// Who acts for it; `acting` unspecified: the applicant.
Capacity ActingFor(const Objection& objection, Capacity acting);
// Whether an agent's evidence holds the power of attorney itself. FAILED_PRECONDITION
// MATERIALS_MISSING.
absl::Status CheckPowerPaper(const Law& law, const std::vector<Material>& evidence);
// INVALID_ARGUMENT with reason RECORD_OF_ANOTHER_SUBJECT.
absl::Status CheckRecord(const ObjectionDraft& draft, const RecordSnapshot& snapshot);
// `cases`: of the application that the draft names. NOT_FOUND CASE_NOT_FOUND where none of them is
// the one about the record; FAILED_PRECONDITION CASE_IS_OPEN for a result that there is not yet.
absl::Status CheckCase(const ObjectionDraft& draft, const std::vector<CaseView>& cases);

// `open`: one about the same that has not ended. FAILED_PRECONDITION OBJECTION_IS_OPEN (metadata
// objection: its name) with a violation of what both are about.
absl::Status CheckNoneIsOpen(const ObjectionDraft& draft, const std::optional<Id>& open);

// FAILED_PRECONDITION OBJECTION_ALREADY_FILED, OBJECTION_TAKES_NO_MATERIALS, TOO_MANY_MATERIALS.
absl::Status CheckTakesEvidence(const Objection& objection, int materials);
// The objection filed, under the rule in force on that day. FAILED_PRECONDITION
// OBJECTION_ALREADY_FILED, OBJECTION_NOT_PROVIDED.
absl::Status DecideFiling(const Law& law, absl::Time now, Objection& objection);
// Whether routing is to be asked: not again. FAILED_PRECONDITION OBJECTION_NOT_FILED,
// NOTHING_TO_WITHDRAW.
absl::StatusOr<bool> DecideGivingUp(Objection& objection);

// What routing says.
struct ObjectionNews {
  Id objection;
  ObjectionState state = ObjectionState::kUnspecified;
  int64_t version = 0;
  absl::Time changed_at;
  Authority authority;
  std::string due_date;  // empty: as before
  bool due_provisional = false;
  bool due_ended = false;  // there is none any more
  std::string document_no;
  std::string correction;
  std::vector<std::string> reasons;
  std::string remedies;
};
// False: it is known. FAILED_PRECONDITION while an earlier one is missing.
absl::StatusOr<bool> Project(const ObjectionNews& news, Objection& objection);

}  // namespace xiufu::intake
