#include "services/intake/drivers/contact_erasure.h"

#include "libs/storage/database.h"
#include "libs/storage/timers.h"

namespace xiufu::intake {
namespace {

constexpr char kErasure[] = "intake.erase_contacts";
constexpr absl::Duration kErasureEvery = absl::Hours(24);

void SetErasureTimer(storage::Tx& tx, absl::Time due) {
  storage::Timer timer;
  timer.kind = kErasure;
  timer.subject = DeriveId(Id(), kErasure, 0, Place());
  timer.due = due;
  tx.timers().Set(tx, timer);
}

}  // namespace

void WireContactErasure(service::Wiring& wiring, LawSource law, Tables tables) {
  wiring.timers.by_kind[kErasure] = [law, tables](const storage::Timer&, absl::Time now,
                                                  storage::Tx& tx) {
    SetErasureTimer(tx, now + kErasureEvery);
    const int days = law.Now().catalogue->window_terms().contact_days;
    tables.consultations->EraseContacts(tx, now - absl::Hours(24) * days);
    return tx.status();
  };
}

absl::Status ArmContactErasure(storage::Database& database, absl::Time now) {
  return database.WriteAndWait([now](storage::Tx& tx) {
    SetErasureTimer(tx, now);
    return absl::OkStatus();
  });
}

}  // namespace xiufu::intake
