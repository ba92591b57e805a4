#include "services/intake/domain/create_application.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {
namespace {

// Clocks of two systems differ a little.
constexpr absl::Duration kClockTolerance = absl::Minutes(5);

void CheckPast(absl::string_view field, absl::Time time, absl::Time now, Violations& violations) {
  if (time <= now + kClockTolerance) return;
  violations.Add(field, time == absl::InfiniteFuture() ? "no valid time" : "in the future",
                 "a time that is past, or nothing");
}

// Text of a record on the wire; numbers and ids are small beside it.
size_t SizeOf(const RecordSnapshot& record) {
  size_t size = 200 + record.subject_name.size() + record.authority.name.size() +
                record.document_no.size() + record.words.violation.size() +
                record.words.procedure.size() + record.words.list_name.size() +
                record.words.ground.size() + record.words.legal_basis.size();
  for (const std::string& kind : record.words.kinds) size += kind.size() + 2;
  return size;
}

}  // namespace

void CheckApplicant(const Applicant& applicant, Violations& violations) {
  violations.Take(CheckText("applicant.name", applicant.name, 1, 50));
  if (!IsPhone(applicant.phone)) {
    violations.Add("applicant.phone", applicant.phone.empty() ? "empty" : "not a telephone number",
                   "5 to 20 of 0-9 + -");
  }
  const int capacity = static_cast<int>(applicant.capacity);
  if (capacity < static_cast<int>(Capacity::kLegalRepresentative) ||
      capacity > static_cast<int>(Capacity::kWindow)) {
    violations.Add("applicant.capacity", "not given or unknown", "one of the named capacities");
  }
}

void CheckOrigin(const std::string& prefix, const Origin& origin, absl::Time now,
                 Violations& violations) {
  const int door = static_cast<int>(origin.front_door);
  if (door < 0 || door > static_cast<int>(FrontDoor::kGsxt)) {
    violations.Add(prefix + "front_door", "unknown", "one of the named front doors");
  }
  const bool upstream =
      origin.front_door == FrontDoor::kCreditChina || origin.front_door == FrontDoor::kGsxt;
  const std::string number = prefix + "upstream_no";
  violations.Take(CheckText(prefix + "channel", origin.channel, 0, 64));
  violations.Take(upstream ? CheckUpstreamNo(number, origin.upstream_no)
                           : CheckText(number, origin.upstream_no, 0, 0));
  violations.Take(CheckText(prefix + "upstream_query_code", origin.upstream_query_code, 0, 64));
  CheckPast(prefix + "received_at", origin.received_at, now, violations);
  CheckPast(prefix + "pushed_at", origin.pushed_at, now, violations);
}

absl::Status CheckUpstreamNo(absl::string_view field, absl::string_view upstream_no) {
  absl::Status text = CheckText(field, upstream_no, 1, 64);
  if (!text.ok() || WithoutBlanks(upstream_no) == upstream_no) return text;
  return FieldViolation(field, "blanks around it", "the number alone");
}

bool IsPhone(absl::string_view phone) {
  if (phone.size() < 5 || phone.size() > 20) return false;
  for (char c : phone) {
    if ((c < '0' || c > '9') && c != '+' && c != '-') return false;
  }
  return true;
}

absl::Status CheckSubject(absl::string_view uscc_field, absl::string_view uscc,
                          const std::vector<RecordSnapshot>& snapshots) {
  Violations violations;
  for (size_t i = 0; i < snapshots.size(); ++i) {
    if (snapshots[i].subject_uscc == uscc) continue;
    violations.Add(absl::StrCat("records[", i, "]"), "a record of another subject",
                   absl::StrCat("a record of ", uscc_field));
  }
  return WithReason(violations.ToStatus(), "RECORD_OF_ANOTHER_SUBJECT");
}

void CheckRegion(const std::string& region, const RegionTable& regions, Violations& violations) {
  if (regions.IsCurrent(region) && regions.CityOf(region) != nullptr) return;
  violations.Add("region", "not a region of this city", "a six-digit code of GB/T 2260");
}

void CheckBasis(const ChosenBasis& basis, Violations& violations) {
  if (!basis || IsForApplicants(*basis)) return;
  violations.Add("basis", "unknown", "one of the named bases of a repair");
}

absl::StatusOr<UsccCheck> ValidateUscc(absl::string_view field, absl::string_view uscc) {
  UsccCheck check = CheckUscc(uscc);
  if (check.verdict != UsccVerdict::kMalformed) return check;
  return FieldViolation(field, uscc.empty() ? "empty" : check.reason,
                        "a unified social credit code of 18 characters");
}

absl::StatusOr<std::vector<Id>> ValidateRecordNames(const std::vector<std::string>& names,
                                                    size_t most) {
  Violations violations;
  std::vector<Id> ids;
  std::set<Id> seen;
  if (names.size() > most) {
    return FieldViolation("records", absl::StrCat(names.size(), " records"),
                          absl::StrCat("at most ", most));
  }
  for (size_t i = 0; i < names.size(); ++i) {
    const std::string field = absl::StrCat("records[", i, "]");
    absl::StatusOr<Id> id = ParseRecordName(field, names[i]);
    violations.Take(id.status());
    if (!id.ok()) continue;
    if (!seen.insert(*id).second) violations.Add(field, "given twice", "each record once");
    ids.push_back(*id);
  }
  if (!violations.empty()) return violations.ToStatus();
  return ids;
}

absl::StatusOr<Draft> ValidateCreate(const CreateCommand& command, const RegionTable& regions,
                                     absl::Time now, absl::string_view secret) {
  Violations violations;
  Draft draft{"",
              {},
              command.applicant,
              command.origin,
              command.one_thing_no,
              command.platform_no,
              command.region.empty() ? kDefaultRegion : command.region,
              command.basis,
              std::nullopt,
              command.desk};
  absl::StatusOr<UsccCheck> uscc = ValidateUscc("subject_uscc", command.subject_uscc);
  violations.Take(uscc.status());
  if (command.records.empty()) violations.Add("records", "empty", "1 to 50 records");
  absl::StatusOr<std::vector<Id>> records = ValidateRecordNames(command.records, kMaxRecords);
  violations.Take(records.status());
  CheckApplicant(command.applicant, violations);
  CheckOrigin("origin.", command.origin, now, violations);
  violations.Take(CheckText("one_thing_no", command.one_thing_no, 0, 64));
  violations.Take(CheckText("platform_no", command.platform_no, 0, 64));
  CheckRegion(draft.region, regions, violations);
  CheckBasis(command.basis, violations);
  // Who acts for another shows by what right; who acts for himself has nothing to show.
  draft.power = TakePower(ShowsPower(command.applicant, command.origin), command.power,
                          command.subject_uscc, secret, now, violations);
  if (!violations.empty()) return violations.ToStatus();
  draft.subject_uscc = uscc->code;
  draft.records = *std::move(records);
  if (draft.origin.front_door == FrontDoor::kUnspecified) {
    draft.origin.front_door = FrontDoor::kCity;
  }
  return draft;
}

absl::Status CheckRecords(const Draft& draft, const std::vector<RecordSnapshot>& snapshots) {
  if (snapshots.size() != draft.records.size()) {
    return absl::InternalError("publication answered with another number of records");
  }
  absl::Status status = CheckSubject("subject_uscc", draft.subject_uscc, snapshots);
  if (!status.ok()) return status;
  size_t size = 0;
  for (const RecordSnapshot& snapshot : snapshots) {
    size += SizeOf(snapshot);
    if (snapshot.state == RecordState::kPublished || snapshot.state == RecordState::kShielded) {
      continue;
    }
    return WithReason(absl::FailedPreconditionError("the record is not published"),
                      "RECORD_NOT_PUBLISHED",
                      {{"record", RecordName(snapshot.record)},
                       {"state", std::string(ToString(snapshot.state))}});
  }
  if (size <= kMaxSnapshotBytes) return absl::OkStatus();
  return FieldViolation("records", "too much data for one application",
                        "the records spread over several applications");
}

}  // namespace xiufu::intake
