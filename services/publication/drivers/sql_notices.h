#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/publication/app/notice_ports.h"

namespace xiufu::publication {

// Table "repair_notice".
class SqlNotices final : public RepairNotices {
 public:
  void Make(storage::Tx& tx, const RepairNotice& notice) const override;
  void SetAuthority(storage::Tx& tx, const Id& record, absl::string_view authority) const override;
  std::optional<RepairNotice> Find(storage::Session& session, const Id& record) const override;
  void SaveReceipt(storage::Tx& tx, const Id& record, const NoticeReceipt& receipt) const override;

  // Where a page begins: behind this notice.
  struct Position {
    std::string made_on;
    Id record;
  };
  // Of one authority (AuthorityKey), by (made_on, record).
  std::vector<RepairNotice> Of(storage::Session& session, absl::string_view authority,
                               bool not_given, const Position& after, int limit) const;

  // Of the notices made on some days.
  struct Rate {
    std::string authority;
    int64_t made = 0;
    int64_t given = 0;
  };
  std::vector<Rate> Rates(storage::Session& session, absl::CivilDay from, absl::CivilDay to) const;
};

// Tables "reminder" and "reminded_through".
class SqlReminders final : public Reminders {
 public:
  std::vector<Due> Between(storage::Session& session, Reminder::Kind kind, absl::CivilDay after,
                           absl::CivilDay until, int limit) const override;
  void Insert(storage::Tx& tx, const Due& due) const override;
  std::optional<absl::CivilDay> Through(storage::Session& session) const override;
  void SetThrough(storage::Tx& tx, absl::CivilDay day) const override;
};

}  // namespace xiufu::publication
