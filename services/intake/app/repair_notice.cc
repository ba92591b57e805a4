#include "services/intake/app/repair_notice.h"

#include <utility>

#include "libs/base/legal_day.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {

void RepairNoticeCase::operator()(const std::string& record, const std::string& on_date,
                                  Done done) const {
  Violations violations;
  const absl::StatusOr<Id> id = ParseRecordName("record", record);
  violations.Take(id.status());
  absl::CivilDay on = LegalDay(clock_->Now());
  if (!on_date.empty()) {
    const absl::StatusOr<absl::CivilDay> day = ParseDay(on_date);
    if (!day.ok()) violations.Add("on_date", "not a day", "yyyy-mm-dd");
    on = day.value_or(on);
  }
  if (!violations.empty()) return done(violations.ToStatus());
  source_->Get({*id}, [this, on, done = std::move(done)](
                          absl::StatusOr<std::vector<RecordSnapshot>> records) mutable {
    if (!records.ok()) return done(records.status());
    done(ComposeNotice(law_.Now(), records->front().subject_uscc, *records, on));
  });
}

}  // namespace xiufu::intake
