#include "services/publication/app/automatic_end.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "services/publication/domain/publicity.h"

namespace xiufu::publication {
namespace {

void Arm(storage::Tx& tx, const char* kind, absl::Time due) {
  tx.timers().Set(tx, {.kind = kind, .due = due});
}

// The same whenever it is carried out.
messaging::Cause CauseOfExpiry(const Record& record) {
  const std::string tag = absl::StrCat("expiry/", FormatDay(*record.ends_on));
  return {DeriveId(record.id, tag, 0, {}), *record.ended_at, {}, ""};
}

}  // namespace

absl::Status AutomaticEnd::Begin(storage::Tx& tx, absl::Time now) {
  Arm(tx, kReckoning, now);
  return tx.status();
}

void AutomaticEnd::LookAtNextMidnight(storage::Tx& tx, absl::Time now) {
  Arm(tx, kMidnight, StartOfLegalDay(LegalDay(now) + 1));
}

absl::Status AutomaticEnd::OnReckoning(storage::Tx& tx, absl::Time now) const {
  const catalogue::LawSnapshot law = law_->Get();
  const std::string& version = law->catalogue.version();
  const std::vector<Record> records = records_->NotReckonedBy(tx, version, kRecordsAtOnce);
  for (const Record& record : records) {
    records_->SaveReckoning(
        tx, record.id, PublicityOf(record.content, law->catalogue, law->authorities, LegalDay(now)),
        version);
  }
  const bool more = static_cast<int>(records.size()) == kRecordsAtOnce;
  Arm(tx, more ? kReckoning : kMidnight, now);
  return tx.status();
}

absl::Status AutomaticEnd::OnMidnight(storage::Tx& tx, absl::Time now) const {
  // By another law it might not be over: then the reckoning comes first, and midnight after it.
  if (!records_->NotReckonedBy(tx, law_->Get()->catalogue.version(), 1).empty()) {
    return Begin(tx, now);
  }
  const absl::CivilDay today = LegalDay(now);
  const std::vector<Record> records = records_->Over(tx, today, kRecordsAtOnce);
  for (Record record : records) {
    Expire(record);
    records_->SavePublicity(tx, record);
    announcer_->Announce(tx, CauseOfExpiry(record), record);
  }
  if (const std::optional<absl::CivilDay> last = records_->NextEnd(tx)) {
    Arm(tx, kMidnight, StartOfLegalDay(*last + 1));
  }
  return tx.status();
}

}  // namespace xiufu::publication
