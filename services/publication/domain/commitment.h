#pragma once

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "libs/base/id.h"
#include "libs/catalogue/catalogue.h"

namespace xiufu::publication {

// The public part of a credit commitment (信用承诺) that an approval rests on. No natural person.
struct Commitment {
  Id decision;
  Id record;
  std::string subject_uscc;
  std::string subject_name;
  std::string authority_name;
  std::string authority_uscc;
  std::string record_document_no;
  std::string title;
  std::string title_en;
  absl::CivilDay made_on;
  std::string rule_id;  // that asked for it
  // Of one that was broken.
  std::string finding;
  std::string document_no;
  std::string found_on;
};

struct CommitmentState {
  enum class Kind { kInForce, kKept, kBroken };
  Kind kind = Kind::kInForce;
  std::optional<absl::CivilDay> until;  // kKept: the last day on which it bound
};
// By how long the rule of its day says that it binds; where none says, it is in force until it is
// broken.
CommitmentState StateOf(const Commitment& commitment, const catalogue::Catalogue& catalogue,
                        absl::CivilDay today);

}  // namespace xiufu::publication
