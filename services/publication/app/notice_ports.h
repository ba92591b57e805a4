#pragma once

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "libs/messaging/cause.h"
#include "libs/storage/session.h"
#include "libs/storage/tx.h"
#include "services/publication/domain/record.h"
#include "services/publication/domain/repair_notice.h"

namespace xiufu::publication {

class RepairNotices {
 public:
  virtual ~RepairNotices() = default;
  virtual void Make(storage::Tx& tx, const RepairNotice& notice) const = 0;
  // Whose it is, once more is known of the authority. Nothing where the record has no notice.
  virtual void SetAuthority(storage::Tx& tx, const Id& record,
                            absl::string_view authority) const = 0;
  virtual std::optional<RepairNotice> Find(storage::Session& session, const Id& record) const = 0;
  virtual void SaveReceipt(storage::Tx& tx, const Id& record,
                           const NoticeReceipt& receipt) const = 0;
};

// What was reminded of, and what is still to be.
class Reminders {
 public:
  virtual ~Reminders() = default;
  struct Due {
    Record record;
    Reminder reminder;
  };
  // Days in (after, until] of public records that nobody was reminded of yet.
  virtual std::vector<Due> Between(storage::Session& session, Reminder::Kind kind,
                                   absl::CivilDay after, absl::CivilDay until, int limit) const = 0;
  virtual void Insert(storage::Tx& tx, const Due& due) const = 0;
  // The day up to which everything is reminded of; nothing before the first pass.
  virtual std::optional<absl::CivilDay> Through(storage::Session& session) const = 0;
  virtual void SetThrough(storage::Tx& tx, absl::CivilDay day) const = 0;
};

// The stream "publication".
class ReminderAnnouncer {
 public:
  virtual ~ReminderAnnouncer() = default;
  virtual void Announce(storage::Tx& tx, const messaging::Cause& cause,
                        const Reminders::Due& due) const = 0;
};

}  // namespace xiufu::publication
