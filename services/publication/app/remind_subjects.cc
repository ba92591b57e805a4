#include "services/publication/app/remind_subjects.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"

namespace xiufu::publication {
namespace {

// How long until it is looked again whether records are reckoned by the law in force.
constexpr absl::Duration kUntilReckoned = absl::Minutes(1);

void Arm(storage::Tx& tx, absl::Time due) {
  tx.timers().Set(tx, {.kind = RemindSubjects::kTimer, .due = due});
}

// The same whenever it is carried out.
messaging::Cause CauseOfReminder(const Reminders::Due& due, int ahead) {
  const Reminder& reminder = due.reminder;
  const std::string tag =
      absl::StrCat("reminder/", static_cast<int>(reminder.kind), "/", FormatDay(reminder.day));
  return {DeriveId(due.record.id, tag, 0, {}), StartOfLegalDay(reminder.day - ahead), {}, ""};
}

}  // namespace

absl::Status RemindSubjects::Begin(storage::Tx& tx, absl::Time now) {
  Arm(tx, now);
  return tx.status();
}

absl::Status RemindSubjects::operator()(storage::Tx& tx, absl::Time now) const {
  if (!records_->NotReckonedBy(tx, law_->Get()->catalogue.version(), 1).empty()) {
    Arm(tx, now + kUntilReckoned);
    return tx.status();
  }
  const absl::CivilDay today = LegalDay(now);
  const absl::CivilDay through = reminders_->Through(tx).value_or(today);
  if (!TellAll(tx, through, today)) {
    Arm(tx, now);
    return tx.status();
  }
  // A clock that was set back brings nothing twice.
  reminders_->SetThrough(tx, std::max(through, today));
  Arm(tx, StartOfLegalDay(today + 1));
  return tx.status();
}

bool RemindSubjects::TellAll(storage::Tx& tx, absl::CivilDay after, absl::CivilDay until) const {
  return TellSome(tx, Reminder::Kind::kRepairable, after, until, 0) &&
         TellSome(tx, Reminder::Kind::kEnding, after, until, days_before_end_);
}

bool RemindSubjects::TellSome(storage::Tx& tx, Reminder::Kind kind, absl::CivilDay after,
                              absl::CivilDay until, int ahead) const {
  const std::vector<Reminders::Due> due =
      reminders_->Between(tx, kind, after + ahead, until + ahead, kRecordsAtOnce);
  for (const Reminders::Due& each : due) {
    reminders_->Insert(tx, each);
    announcer_->Announce(tx, CauseOfReminder(each, ahead), each);
  }
  return static_cast<int>(due.size()) < kRecordsAtOnce;
}

}  // namespace xiufu::publication
