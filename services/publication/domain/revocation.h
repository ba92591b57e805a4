#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/catalogue/catalogue.h"
#include "services/publication/domain/ending.h"
#include "services/publication/domain/publicity.h"
#include "services/publication/domain/record.h"

namespace xiufu::publication {

// A decision was revoked in the ledger, as far as it concerns records.
struct RevokedDecision {
  Id revocation;
  Id decision;
  Id case_id;
  Id application;
  Id record;
  std::string subject_uscc;
  std::string authority_name;
  std::string authority_uscc;
  std::string kind;  // of findings.toml
  std::string document_no;
  absl::CivilDay found_on;
  absl::Time entered_at;
  bool breach = false;  // it is itself to be recorded
  bool breaks_commitment = false;
  bool restarts = false;   // the record's periods start anew with the finding
  bool of_report = false;  // the decision was what the authority had done by itself
};

// What an ending that is not valid any more goes back to: the record as it was before it, or, where
// the decision behind that was revoked as well, before that one. `chain`: the endings from the
// revoked one backwards, each that of the decision before it.
struct Former {
  RecordState state = RecordState::kPublished;
  std::optional<EnteredDecision> by;
};
Former FormerOf(const std::vector<Ending>& chain);

// Gives the record the state that the last valid decision, its maximum or a report gives it. Only
// one that `decision` has ended or shielded changes; whether anything did.
bool Restore(const RevokedDecision& decision, const Former& former, const Publicity& publicity,
             Record& record);

// The finding as a record of its own (提供虚假材料、违反承诺的失信信息).
RecordContent BreachContent(const RevokedDecision& decision, const Record& about,
                            const catalogue::Catalogue& catalogue);

}  // namespace xiufu::publication
