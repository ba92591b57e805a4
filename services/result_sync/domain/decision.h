#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/id.h"

namespace xiufu::result {

// Numbers of xiufu.common.v1.CaseResult; stored.
enum class Outcome {
  kNone = 0,
  kApproved = 1,
  kRefused = 2,
  kRecordWithdrawn = 3,  // what was to be repaired was annulled
};

struct AuthorityRef {
  std::string code;
  std::string name;
  std::string uscc;
};

// The answer that counts in a case, as routing hands it over to be entered.
struct TakenAnswer {
  Id case_id;
  Id application;
  Id task;
  Id record;
  std::string subject_uscc;
  AuthorityRef authority;
  std::string answer_id;
  std::string content;  // xiufu.department.v1.Answer as it came: what makes two answers the same
  Outcome outcome = Outcome::kNone;
  std::string decision_no;
  std::string decision_date;  // as the authority wrote it
  std::vector<std::string> reasons;
  std::string remedies;
  uint64_t record_version = 0;  // of the record that was decided upon
  absl::Time taken_at;
  std::vector<std::string> effects;  // "<effect>@<carrier>": what an approval brings about
  std::string result_word;
  std::string reported_by;  // who told it, where the authority did it by itself; else empty
  // The public part of the commitment that an approval rests on; without a title there is none.
  struct Commitment {
    std::string title;
    std::string title_en;
    std::string made_on;
    std::string rule_id;
  } commitment;
};

// A line of the ledger. Entered once per case and final.
struct Decision {
  Id id;
  TakenAnswer answer;
  // The time at which the answer was taken, not that of handling, so that entering it again after a
  // restore gives the same line.
  absl::Time entered_at;
};

}  // namespace xiufu::result
