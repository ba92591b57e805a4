#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/catalogue/authority.h"
#include "services/publication/domain/record.h"

namespace xiufu::publication {

// That the subject has got the notice. The numbers of the ways are stored and those of
// xiufu.publication.v1.NoticeReceipt.
struct NoticeReceipt {
  enum class Way { kWithDecision = 1, kAtWindow = 2, kByPost = 3, kOnline = 4 };
  Way way = Way::kWithDecision;
  absl::CivilDay given_on;
  std::string given_by;
  std::string receipt_no;
  uint64_t record_version = 0;
  absl::Time recorded_at;
};

// 信用修复告知书 of a record that came in public.
struct RepairNotice {
  Id record;
  std::string authority;  // AuthorityKey
  absl::CivilDay made_on;
  std::optional<NoticeReceipt> receipt;
};

// By what an authority's notices are found: the code of a registered one, else USCC, else name.
std::string AuthorityKey(const RecordContent& content,
                         const catalogue::AuthorityRegistry& authorities);

// Whether two receipts tell the same. When it was recorded does not matter.
bool SameReceipt(const NoticeReceipt& a, const NoticeReceipt& b);

// What the subject of a public record is reminded of. Stored numbers.
struct Reminder {
  enum class Kind {
    kRepairable = 1,  // one may apply from the day on
    kEnding = 2,      // publicity ends by itself after the day
  };
  Kind kind = Kind::kRepairable;
  absl::CivilDay day;
};

}  // namespace xiufu::publication
