#pragma once

#include <string>

#include "libs/base/clock.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/law.h"
#include "services/intake/domain/notice.h"

namespace xiufu::intake {

// 信用修复告知书: what is to be known about the repair of one record. Any thread.
class RepairNoticeCase {
 public:
  RepairNoticeCase(const Clock* clock, LawSource law, RecordSource* source)
      : clock_(clock), law_(law), source_(source) {}

  // INVALID_ARGUMENT with violations of "record" and "on_date"; NOT_FOUND (RECORD_NOT_FOUND).
  using Done = absl::AnyInvocable<void(absl::StatusOr<Notice>)>;
  void operator()(const std::string& record, const std::string& on_date, Done done) const;

 private:
  const Clock* const clock_;
  const LawSource law_;
  RecordSource* const source_;
};

}  // namespace xiufu::intake
