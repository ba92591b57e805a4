#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/catalogue/law.h"
#include "libs/storage/timers.h"
#include "libs/storage/tx.h"
#include "services/publication/app/ports.h"

namespace xiufu::publication {

// Publicity ends by itself after its last day (自动终止公示): at midnight in Asia/Shanghai, some
// records at a time so that the writer stays free. What is to be done stands in the store alone, so
// a restart, a clock that was set or a machine that slept changes nothing but the moment at which
// it is done. Another law moves the last days: records are reckoned anew before any of them ends.
class AutomaticEnd {
 public:
  static constexpr char kMidnight[] = "PUBLICITY_MIDNIGHT";
  static constexpr char kReckoning[] = "PUBLICITY_RECKONING";
  static constexpr int kRecordsAtOnce = 200;

  AutomaticEnd(const Records* records, const ExpiryAnnouncer* announcer,
               const catalogue::LawInForce* law)
      : records_(records), announcer_(announcer), law_(law) {}

  // At start, whenever the law was loaded, and when a feed has come in.
  static absl::Status Begin(storage::Tx& tx, absl::Time now);
  // While a feed comes in: its sender may never come back to finish it.
  static void LookAtNextMidnight(storage::Tx& tx, absl::Time now);
  // The timer functions.
  absl::Status OnMidnight(storage::Tx& tx, absl::Time now) const;
  absl::Status OnReckoning(storage::Tx& tx, absl::Time now) const;

 private:
  const Records* records_;
  const ExpiryAnnouncer* announcer_;
  const catalogue::LawInForce* law_;
};

}  // namespace xiufu::publication
