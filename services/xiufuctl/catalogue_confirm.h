#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "libs/catalogue/law.h"

namespace xiufu::ctl {

// A sheet that an authority sent back (业务方案确认表): one rule or fact of it.
struct ReturnedSheet {
  std::string authority;
  std::string rule;   // or catalogue::kOwnFacts, of which one is named by `field`
  std::string field;  // empty: the whole row
  std::string document;
  absl::CivilDay date;
  std::string by;
  std::string changed_to;  // not empty: what it should say instead; nothing is confirmed
  absl::CivilDay on;       // a day on which the version that was asked about is in force
};

struct Confirmed {
  std::string what;  // "transport N36-GEN/minimum 2026-04-01"
  std::string file;
  std::string version_before;
  std::string version;
};

// Adds it to confirmations.toml of the folder that `law` was loaded from, and raises the last
// number of the version in catalogue.toml: services refuse a version whose content has changed.
// NOT_FOUND for an authority, rule or field that there is not; ALREADY_EXISTS for what is
// confirmed. Nothing is written then, nor when the folder would not load any more.
absl::StatusOr<Confirmed> ConfirmIn(const std::string& folder, const catalogue::Law& law,
                                    const ReturnedSheet& sheet);

}  // namespace xiufu::ctl
