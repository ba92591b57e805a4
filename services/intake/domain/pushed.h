#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/catalogue/catalogue.h"
#include "services/intake/domain/application.h"
#include "services/intake/domain/eligibility.h"
#include "services/intake/domain/record.h"
#include "services/intake/domain/upload_material.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {

// A record as an upstream door knows it.
struct RecordKey {
  Id record;  // ours, where the door knows it
  std::string subject_uscc;
  std::string authority_uscc;
  std::string document_no;
  std::string list_name;  // with `decided_on`, of an entry without a document number
  std::optional<absl::CivilDay> decided_on;
};
bool Fits(const RecordKey& key, const RecordSnapshot& record);

// A paper that is announced by its hash.
struct PushedMaterial {
  Upload paper;
  bool there = false;
};

bool AllThere(const std::vector<PushedMaterial>& papers);

// One application for one record, as an upstream door pushed it.
struct Push {
  Origin origin;
  RecordKey record;
  Applicant applicant;
  std::vector<PushedMaterial> materials;
};

// Numbers of xiufu.intake.v1.PushReceipt.State; stored.
enum class PushState {
  kReceived = 1,
  kRecordUnknown = 2,
  kAwaitsPapers = 3,
  kTaken = 4,
  kNeedsPerson = 5,
  kWithdrawn = 6,
};
inline bool IsSettled(PushState state) {
  return state == PushState::kTaken || state == PushState::kWithdrawn;
}

// A push, kept.
struct StoredPush {
  Id id;
  std::string principal;  // who pushed it
  Push push;
  std::string sha256;  // of the request
  absl::Time received;
  PushState state = PushState::kReceived;
  std::string reason;  // kRecordUnknown, kNeedsPerson; for people
  int looks = 0;       // how often it was taken up
  Id application;      // kTaken: the one whose case it is in
  Id record;           // kTaken
};

// Publication says that an import is over.
struct RecordsImported {
  int64_t changed = 0;  // records that are new or other than before
};

// What pushes and their papers must be like. Only their form is judged: the authority, not the
// machine, says what is accepted. What `violations` names already is not looked at again.
void CheckPush(const Push& push, absl::Time now, Violations& violations);
void CheckPushedMaterials(const std::vector<PushedMaterial>& materials,
                          const catalogue::Catalogue& catalogue, Violations& violations);

// What becomes of a push whose record was looked up. `found`: all that fit; `eligibility`: of the
// only one.
struct Circumstances {
  bool record_taken = false;  // an application has the record
  bool papers_there = false;
  bool number_in_use = false;  // an application that was made here has the door's number
};
struct Taking {
  PushState state = PushState::kReceived;
  std::string reason;
};
Taking DecideTaking(const std::vector<RecordSnapshot>& found, const Circumstances& now,
                    const std::optional<Eligibility>& eligibility);

}  // namespace xiufu::intake
