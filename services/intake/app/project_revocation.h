#pragma once

#include "libs/messaging/cause.h"
#include "services/intake/app/case_projector.h"

namespace xiufu::intake {

// The ledger says that an approval was revoked, and whether the subject may not apply for a time.
class ProjectDecisionRevoked {
 public:
  ProjectDecisionRevoked(const CaseProjector* project, const BanTable* bans)
      : project_(project), bans_(bans) {}

  absl::Status operator()(const DecisionRevoked& event, const messaging::Cause& cause,
                          storage::Tx& tx) const;

 private:
  const CaseProjector* const project_;
  const BanTable* const bans_;
};

// Publication has restored the record.
class ProjectRestorationConfirmed {
 public:
  explicit ProjectRestorationConfirmed(const CaseProjector* project) : project_(project) {}

  absl::Status operator()(const RestorationConfirmed& event, const messaging::Cause& cause,
                          storage::Tx& tx) const;

 private:
  const CaseProjector* const project_;
};

}  // namespace xiufu::intake
