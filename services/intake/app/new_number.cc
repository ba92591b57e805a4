#include "services/intake/app/new_number.h"

#include "libs/base/application_number.h"
#include "libs/base/legal_day.h"

namespace xiufu::intake {

absl::StatusOr<std::string> NewNumber(storage::Tx& tx, const NumberTable& numbers,
                                      const std::string& region, absl::Time now) {
  const absl::CivilDay day = LegalDay(now);
  const int64_t sequence = numbers.Next(tx, region, day);
  if (sequence > kMaxApplicationSequence) {
    return absl::ResourceExhaustedError("no application number is left for this region and day");
  }
  absl::StatusOr<std::string> number =
      FormatApplicationNumber({region, day, static_cast<uint32_t>(sequence)});
  if (!number.ok()) return absl::InternalError(number.status().message());
  return number;
}

}  // namespace xiufu::intake
