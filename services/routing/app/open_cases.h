#pragma once

#include "absl/status/status.h"
#include "services/routing/app/clocks.h"
#include "services/routing/app/law_book.h"
#include "services/routing/app/ports.h"
#include "services/routing/app/take_input.h"
#include "services/routing/domain/open_case.h"

namespace xiufu::routing {

// An application was submitted: one case per record, each with its task for the determining
// authority.
class OpenCases {
 public:
  OpenCases(const Ports* ports, const LawBook* law, const Clocks* clocks, const TakeInput* inputs)
      : ports_(ports), law_(law), clocks_(clocks), inputs_(inputs) {}

  // INVALID_ARGUMENT when one of the records has no rule here, or an authority that decides
  // elsewhere: then no case is opened, and the event is parked with that reason. A record of an
  // authority that is not registered goes to the desk. A submission that was taken before is
  // nothing, one with other content ALREADY_EXISTS.
  absl::Status Handle(const Submitted& submitted, const messaging::Cause& cause,
                      storage::Tx& tx) const;

 private:
  absl::StatusOr<bool> IsRepetition(const Submitted& submitted, const messaging::Cause& cause,
                                    storage::Tx& tx) const;
  absl::Status Open(const Submitted& submitted, size_t index, const messaging::Cause& cause,
                    storage::Tx& tx) const;

  const Ports* const ports_;
  const LawBook* const law_;
  const Clocks* const clocks_;
  const TakeInput* const inputs_;
};

}  // namespace xiufu::routing
