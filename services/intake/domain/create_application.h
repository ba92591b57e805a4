#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/region.h"
#include "libs/base/uscc.h"
#include "services/intake/domain/application.h"
#include "services/intake/domain/power_of_attorney.h"
#include "services/intake/domain/violations.h"
#include "services/intake/domain/window.h"

namespace xiufu::intake {

// What a client asks for, as it came.
struct CreateCommand {
  std::string subject_uscc;
  std::vector<std::string> records;  // "records/<uuid>"
  Applicant applicant;
  Origin origin;  // a time that was no time is InfiniteFuture
  std::string one_thing_no;
  std::string platform_no;
  std::string region;
  ChosenBasis basis;
  std::optional<PowerCommand> power;  // of an agent
  std::optional<Desk> desk;           // where a clerk files it
};

// The same, checked and completed.
struct Draft {
  std::string subject_uscc;
  std::vector<Id> records;
  Applicant applicant;
  Origin origin;
  std::string one_thing_no;
  std::string platform_no;
  std::string region;
  ChosenBasis basis;
  std::optional<PowerOfAttorney> power;
  std::optional<Desk> desk;
};

// Where none is given: the city.
inline constexpr char kDefaultRegion[] = "210600";
constexpr size_t kMaxRecords = 50;
// All records of an application travel in one event, together with the list of its materials.
constexpr size_t kMaxSnapshotBytes = 160 * 1024;

// INVALID_ARGUMENT with every violation at once. A code whose check characters do not fit passes:
// whether the subject is known is seen from its records. An agent who applies at the city's door
// names a power of attorney, nobody else does; `secret` hides who an agent is (AgentOfPerson).
absl::StatusOr<Draft> ValidateCreate(const CreateCommand& command, const RegionTable& regions,
                                     absl::Time now, absl::string_view secret = "");

// Parts of it, for who applies in another way.
void CheckApplicant(const Applicant& applicant, Violations& violations);
// Violations of "<prefix>channel" ...
void CheckOrigin(const std::string& prefix, const Origin& origin, absl::Time now,
                 Violations& violations);
// The number of an upstream door: 1 to 64 characters, no blanks around it.
absl::Status CheckUpstreamNo(absl::string_view field, absl::string_view upstream_no);

// `snapshots` in the order of draft.records. INVALID_ARGUMENT RECORD_OF_ANOTHER_SUBJECT with a
// violation per record, FAILED_PRECONDITION RECORD_NOT_PUBLISHED, INVALID_ARGUMENT when they are
// too large for one application.
absl::Status CheckRecords(const Draft& draft, const std::vector<RecordSnapshot>& snapshots);

// A violation of records[i] for each that belongs to somebody else than `uscc`, which the request
// names in the field `uscc_field`; reason RECORD_OF_ANOTHER_SUBJECT.
absl::Status CheckSubject(absl::string_view uscc_field, absl::string_view uscc,
                          const std::vector<RecordSnapshot>& snapshots);

bool IsPhone(absl::string_view phone);

// A violation of `field` for a malformed code; otherwise the code in upper case with its verdict.
absl::StatusOr<UsccCheck> ValidateUscc(absl::string_view field, absl::string_view uscc);

// Adds a violation of "region" for one that is none of this city's.
void CheckRegion(const std::string& region, const RegionTable& regions, Violations& violations);
// A violation of `basis` for one that no applicant names.
void CheckBasis(const ChosenBasis& basis, Violations& violations);

// "records/<uuid>" without repetition. Adds violations of "records" and "records[i]" in `status`.
absl::StatusOr<std::vector<Id>> ValidateRecordNames(const std::vector<std::string>& names,
                                                    size_t most);

}  // namespace xiufu::intake
