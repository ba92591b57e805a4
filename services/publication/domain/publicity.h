#pragma once

#include <optional>

#include "absl/time/civil_time.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "services/publication/domain/record.h"

namespace xiufu::publication {

// How long a record may be public (公示), by the law as it is loaded.
struct Publicity {
  bool forbidden = false;  // it may not be public at all (不予公示)
  // The last day: the maximum of the rule, or, where the law does not tell (a class that is
  // pending, a list without a term), the day that the feed gives; nothing where nobody does.
  std::optional<absl::CivilDay> ends_on;
  // The first day on which its subject may apply for its repair; nothing where the machine does not
  // say, or nobody ever may.
  std::optional<absl::CivilDay> repairable_on;
};
Publicity PublicityOf(const RecordContent& content, const catalogue::Catalogue& catalogue,
                      const catalogue::AuthorityRegistry& authorities, absl::CivilDay on);

// The state in which a record comes in: one that is over already is never published (older records
// of every kind come with the first feed).
RecordState StateOnArrival(const Publicity& publicity, absl::CivilDay today);

// Ends a public one by itself, as of the first instant after the last day: when it is noticed does
// not matter.
void Expire(Record& record);

}  // namespace xiufu::publication
