#pragma once

#include <memory>
#include <optional>

#include "libs/calendar/calendar.h"
#include "libs/catalogue/rule.h"
#include "libs/catalogue/supervision.h"
#include "services/routing/domain/finding.h"

namespace xiufu::routing {

// What a case is decided with.
struct Law {
  std::shared_ptr<const catalogue::Rule> rule;  // the one the case is bound to
  calendar::Calendar calendar;                  // as it is for the authority
  // Of the same catalogue; nullptr: the suite asks nothing of itself.
  std::shared_ptr<const catalogue::Supervision> own = nullptr;
  // How often a supplement may be asked for without a supervisor.
  int authority_rounds = 0;
  int reviewer_rounds = 0;
  FindingLaw finding;                    // of an input that is one
  std::optional<Commitment> commitment;  // that the rule asks for
};

}  // namespace xiufu::routing
