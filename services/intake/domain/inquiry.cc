#include "services/intake/domain/inquiry.h"

#include "libs/base/legal_day.h"
#include "services/intake/domain/create_application.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {

absl::StatusOr<Inquiry> ValidateInquiry(const InquiryCommand& command, size_t most,
                                        absl::CivilDay today) {
  Violations violations;
  absl::StatusOr<UsccCheck> uscc = ValidateUscc("uscc", command.uscc);
  violations.Take(uscc.status());
  absl::StatusOr<std::vector<Id>> named = ValidateRecordNames(command.records, most);
  violations.Take(named.status());
  absl::CivilDay on = today;
  if (!command.on_date.empty()) {
    const absl::StatusOr<absl::CivilDay> day = ParseDay(command.on_date);
    if (!day.ok()) violations.Add("on_date", "not a day", "yyyy-mm-dd");
    on = day.value_or(today);
  }
  CheckBasis(command.basis, violations);
  if (!violations.empty()) return violations.ToStatus();
  return Inquiry{*uscc, *std::move(named), on, command.basis};
}

}  // namespace xiufu::intake
