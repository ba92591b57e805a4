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
    const catalogue::WindowTerms terms = law.Now().catalogue->window_terms();
    tables.consultations->EraseContacts(tx, now - absl::Hours(24) * terms.contact_days);
    // None is said by the law from before there was such a term.
    if (terms.register_days > 0) {
      tables.consultations->EraseWords(tx, now - absl::Hours(24) * terms.register_days);
    }
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
