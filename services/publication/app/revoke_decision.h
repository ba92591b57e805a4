#pragma once

#include "absl/status/status.h"
#include "libs/catalogue/law.h"
#include "libs/messaging/cause.h"
#include "libs/storage/tx.h"
#include "services/publication/app/ports.h"
#include "services/publication/domain/revocation.h"

namespace xiufu::publication {

// An approval was revoked in the ledger: its record is again what it was before, and a breach
// becomes a record of its own.
class RevokeDecision {
 public:
  RevokeDecision(const Records* records, const Endings* endings, const Revocations* revocations,
                 const RestorationAnnouncer* announcer, const catalogue::LawInForce* law)
      : records_(records),
        endings_(endings),
        revocations_(revocations),
        announcer_(announcer),
        law_(law) {}

  // The same revocation again is a no-op. NOT_FOUND while the record is unknown (a feed may bring
  // it).
  absl::Status operator()(const RevokedDecision& decision, const messaging::Cause& cause,
                          storage::Tx& tx) const;

 private:
  // From the revoked ending backwards through those that were revoked before.
  std::vector<Ending> ChainOf(const Id& decision, storage::Tx& tx) const;
  void RecordBreach(const RevokedDecision& decision, const Record& about, const catalogue::Law& law,
                    storage::Tx& tx) const;

  const Records* records_;
  const Endings* endings_;
  const Revocations* revocations_;
  const RestorationAnnouncer* announcer_;
  const catalogue::LawInForce* law_;
};

}  // namespace xiufu::publication
