#pragma once

#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "services/intake/domain/record.h"

namespace xiufu::intake {

// A public record whose subject might have applied since a day.
struct RepairableRecord {
  RecordSnapshot record;
  absl::CivilDay since;
};

struct RepairablePage {
  std::vector<RepairableRecord> records;
  std::string next_page_token;  // empty at the end
};

// Publication, as in RecordSource.
class RepairableSource {
 public:
  virtual ~RepairableSource() = default;
  using Done = absl::AnyInvocable<void(absl::StatusOr<RepairablePage>)>;
  // INVALID_ARGUMENT with a violation for a region or a page token that is none.
  virtual void Repairable(const std::string& region, int page_size, const std::string& page_token,
                          Done done) = 0;
};

}  // namespace xiufu::intake
