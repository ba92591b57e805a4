#pragma once

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/catalogue/law.h"
#include "libs/catalogue/receipt.h"
#include "services/publication/domain/reported_result.h"

namespace xiufu::publication {

// A record that had to be taken down (撤下) by a day, with everything that this day came from.
struct Withdrawal {
  Id record;
  catalogue::DeadlineReceipt receipt;
  // Whose calendar it is by; empty where the authority is not registered.
  std::string authority_code;
  std::string authority_kind;
  absl::Time withdrawn_at;  // when it was not public here any more
};

// By the law's deadline for carrying out such a result, which starts with the authority's act or,
// where nobody told its day, with the day on which it became known here. Nothing where the rule
// sets none, or where the result withdraws nothing.
std::optional<Withdrawal> WithdrawalOf(const ReportedResult& result, const RecordContent& content,
                                       const catalogue::Law& law);

// The last day counts whole.
bool InTime(absl::Time withdrawn_at, absl::CivilDay due);

}  // namespace xiufu::publication
