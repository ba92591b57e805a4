#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/id.h"
#include "services/result_sync/domain/decision.h"

namespace xiufu::result {

// What the law makes of a breach; passed on as routing worked it out.
struct Breach {
  std::string rule_id;
  std::string regime;
  std::string ban_from;  // ISO 8601 dates; empty where the rule bars nobody
  std::string ban_until;
  std::string source;
  std::string confidence;
};

// The finding that counts in a case, as routing hands it over to be entered.
struct TakenRevocation {
  Id case_id;
  Id application;
  Id record;
  Id decision;  // that it revokes
  AuthorityRef authority;
  std::string answer_id;
  std::string content;  // xiufu.department.v1.Answer as it came: what makes two the same
  std::string kind;     // of findings.toml
  std::string kind_name;
  std::string kind_name_en;
  std::string document_no;
  std::string found_on;
  std::vector<std::string> reasons;
  std::string remedies;
  std::string found_by;
  absl::Time taken_at;
  std::optional<Breach> breach;
  bool restarts = false;
  bool breaks_commitment = false;
  std::string reported_by;
};

// A line of the ledger beside that of the decision, which stays. One a case, and final.
struct Revocation {
  Id id;
  TakenRevocation taken;
  std::string subject_uscc;  // the next two of the decision
  bool of_report = false;    // what the authority had done by itself is what is revoked
};

// Publication has restored the record of a revoked decision.
struct Restored {
  Id case_id;
  Id application;
  Id record;
  Id revocation;
  int state = 0;  // xiufu.common.v1.RecordState
  std::string publicity_end;
  absl::Time restored_at;
};

}  // namespace xiufu::result
