#pragma once

#include "absl/status/status.h"
#include "libs/storage/tx.h"
#include "services/publication/app/ports.h"

namespace xiufu::publication {

// A decision whose record had changed was refused; a person has compared the two and says that it
// stands for the record as it is now. The way out of every refused ending: without it the case
// would stay open for ever.
class CarryOut {
 public:
  CarryOut(const Records* records, const Endings* endings, const Announcer* announcer)
      : records_(records), endings_(endings), announcer_(announcer) {}

  // Ends the record's publicity and says so, as the decision would have done. Who says so and why
  // is kept. One that is carried out already is a no-op. NOT_FOUND when no such decision came here;
  // FAILED_PRECONDITION when nothing is left to end, with the reason.
  absl::Status operator()(const Id& decision, const LetStand& by, storage::Tx& tx) const;

 private:
  const Records* records_;
  const Endings* endings_;
  const Announcer* announcer_;
};

}  // namespace xiufu::publication
