#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "libs/feed/record_row.h"

namespace xiufu::ctl {

// A row from a file with one JSON object, or an object with "rows" of which the first one counts.
// Numbers become text, a list of texts one text, null an empty one. NOT_FOUND, or INVALID_ARGUMENT
// that names the place or the field when it is no such JSON.
absl::StatusOr<feed::Fields> ReadRowFile(const std::string& path);

// What the law says of the row on a day, as one line of JSON or for people.
std::string ExplainJson(const feed::RecordRow& row, const catalogue::Catalogue& catalogue,
                        const catalogue::AuthorityRegistry& authorities, absl::CivilDay on);
std::string ExplainText(const feed::RecordRow& row, const catalogue::Catalogue& catalogue,
                        const catalogue::AuthorityRegistry& authorities, absl::CivilDay on);

}  // namespace xiufu::ctl
