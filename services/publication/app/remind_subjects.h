#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/catalogue/law.h"
#include "libs/storage/timers.h"
#include "libs/storage/tx.h"
#include "services/publication/app/notice_ports.h"
#include "services/publication/app/ports.h"

namespace xiufu::publication {

// Tells, on the day, that a public record can be repaired from now on, and some days before its
// publicity ends by itself that it will. Every record once for each day that it is about, some
// records a write; where it stands is in the store, so a machine that slept over some days makes up
// for them. What could be repaired when it came in is no news: its notice says so.
class RemindSubjects {
 public:
  static constexpr char kTimer[] = "RECORD_REMINDERS";
  static constexpr int kRecordsAtOnce = 200;

  RemindSubjects(const Records* records, const Reminders* reminders,
                 const ReminderAnnouncer* announcer, const catalogue::LawInForce* law,
                 int days_before_end)
      : records_(records),
        reminders_(reminders),
        announcer_(announcer),
        law_(law),
        days_before_end_(days_before_end) {}

  // At start.
  static absl::Status Begin(storage::Tx& tx, absl::Time now);
  // The timer function.
  absl::Status operator()(storage::Tx& tx, absl::Time now) const;

 private:
  // Whether all are told whose day is in (after, until].
  bool TellAll(storage::Tx& tx, absl::CivilDay after, absl::CivilDay until) const;
  bool TellSome(storage::Tx& tx, Reminder::Kind kind, absl::CivilDay after, absl::CivilDay until,
                int ahead) const;

  const Records* records_;
  const Reminders* reminders_;
  const ReminderAnnouncer* announcer_;
  const catalogue::LawInForce* law_;
  const int days_before_end_;
};

}  // namespace xiufu::publication
