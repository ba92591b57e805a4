#pragma once

#include "absl/status/status.h"
#include "libs/messaging/cause.h"
#include "libs/storage/tx.h"
#include "services/publication/app/ports.h"
#include "services/publication/domain/decision.h"

namespace xiufu::publication {

// A decision was entered in the ledger: ends the record's publicity, when that is among its
// effects.
class EndPublicity {
 public:
  EndPublicity(const Records* records, const Endings* endings, const Announcer* announcer)
      : records_(records), endings_(endings), announcer_(announcer) {}

  // The same decision again is a no-op. NOT_FOUND while the record is unknown (a feed may bring
  // it); ALREADY_EXISTS when the decision was known with other content.
  absl::Status operator()(const EnteredDecision& decision, const messaging::Cause& cause,
                          storage::Tx& tx) const;

 private:
  const Records* records_;
  const Endings* endings_;
  const Announcer* announcer_;
};

}  // namespace xiufu::publication
