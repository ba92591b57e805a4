#include "tests/receipts/withdrawals.h"

#include "libs/base/legal_day.h"
#include "services/publication/drivers/receipt_json.h"

namespace xiufu::publication {

bool PrintWithdrawals(const catalogue::Law& law, int year, std::ostream& out) {
  for (const catalogue::Authority& authority : law.authorities.all()) {
    RecordContent content;
    content.key.authority_uscc = authority.uscc;
    content.authority_name = authority.name;
    content.decision_date = absl::CivilDay(year - 1, 3, 1);
    content.penalty_kinds = {"没收违法所得"};
    for (absl::CivilDay day(year, 1, 1); day.year() == year; ++day) {
      const ReportedResult result = {
          .reported = {.kind = Reported::Kind::kAnnulled, .day = day},
          .received_at = StartOfLegalDay(day + 1),
      };
      const std::optional<Withdrawal> withdrawal = WithdrawalOf(result, content, law);
      if (!withdrawal) return false;
      out << ReceiptJson(*withdrawal) << '\n';
    }
  }
  return true;
}

}  // namespace xiufu::publication
