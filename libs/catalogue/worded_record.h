#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "libs/catalogue/facts.h"

namespace xiufu::catalogue {

// What is looked at of long texts, in characters: so much of them travels with a record, and who
// has the whole text must not come to another answer.
constexpr size_t kLookedAt = 300;

// A record in the words of its feed: what RecordFacts are made from.
struct WordedRecord {
  MatterKind matter = MatterKind::kPenalty;
  std::string authority_name;
  std::string authority_uscc;
  absl::CivilDay determined_on;
  std::optional<absl::CivilDay> published_on;
  std::optional<absl::CivilDay> corrected_on;
  std::optional<absl::CivilDay> restriction_until;
  std::optional<absl::CivilDay> restarted_on;
  Basis basis = Basis::kOrdinary;

  // Penalties.
  std::vector<std::string> kinds;  // as Catalogue::ParsePenaltyKinds gives them
  int64_t fine_fen = 0;
  int64_t confiscated_fen = 0;
  std::string procedure;
  std::string violation;
  std::string legal_basis;

  // Lists and marks.
  std::string list_name;
  std::string ground;
  friend bool operator==(const WordedRecord&, const WordedRecord&) = default;
};

// The line of the authority: the registered one, else what its name or the name of its list tells;
// empty when nothing does.
std::string LineOf(const WordedRecord& record, const Catalogue& catalogue,
                   const AuthorityRegistry& authorities);

// The only way from a record to what the law looks at: the authority is the registered one with
// this code, else the one with this name, else the one that has succeeded it.
RecordFacts FactsOf(const WordedRecord& record, const Catalogue& catalogue,
                    const AuthorityRegistry& authorities);

}  // namespace xiufu::catalogue
