#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/catalogue/catalogue.h"
#include "libs/catalogue/worded_record.h"

namespace xiufu::ctl {

// Whose record it is and what it says, as far as the law looks at it.
struct CopiedRecord {
  Id id;
  std::string subject_uscc;
  catalogue::WordedRecord words;
};

// A case of routing's store.
struct CopiedCase {
  Id id;
  CopiedRecord record;  // as it was when it was applied for
  std::string authority_code;
  std::string authority_kind;
  std::string catalogue_sha256;  // that it is pinned to
  absl::Time opened_at;
  bool concluded = false;
  bool approved = false;
  std::optional<absl::Time> delivered_at;  // its authority's system acknowledged the task
  std::optional<absl::Time> accepted_at;
  struct Pause {
    absl::Time asked;
    absl::Time supplemented;
  };
  std::vector<Pause> pauses;  // in the order of time
  struct DueDate {
    absl::CivilDay day;
    std::string source;
    std::string confidence;
  };
  std::map<std::string, DueDate> due;  // by the kind of deadline
};

// What a rehearsal looks at of the copies it was given.
struct StoreContents {
  std::vector<CopiedCase> cases;        // in the order of their ids, which is that of time
  std::vector<CopiedRecord> published;  // the same
  bool knows_records = false;           // publication's copy was among them
  std::map<std::string, catalogue::Catalogue> catalogues;  // that cases are pinned to, by SHA-256
};

// Reads copies of publication's and routing's stores (or stopped ones), and changes nothing.
absl::StatusOr<StoreContents> ReadStores(const std::vector<std::string>& paths);

}  // namespace xiufu::ctl
