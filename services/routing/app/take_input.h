#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/routing/app/clocks.h"
#include "services/routing/app/law_book.h"
#include "services/routing/app/ports.h"
#include "services/routing/domain/decide.h"

namespace xiufu::routing {

// Everything that happens to a case after it was opened goes through here: what the adapter, the
// applicant and the ledger say. What comes too early is kept with the case and taken, with its own
// cause, as soon as it can be; a repetition is nothing; other content under a known key is
// ALREADY_EXISTS.
class TakeInput {
 public:
  TakeInput(const Ports* ports, const LawBook* law, const Clocks* clocks)
      : ports_(ports), law_(law), clocks_(clocks) {}

  absl::Status Handle(const messaging::Envelope& event, const messaging::Cause& cause,
                      storage::Tx& tx) const;
  // One input that comes by no event: what a person did. kRefuse when the case is not in a state
  // for it.
  absl::StatusOr<Meaning> Take(const CaseInput& input, const messaging::Cause& cause,
                               storage::Tx& tx) const;
  // A result that an authority reached by itself, told by publication: the answer of every open
  // case about the record, and of one that is opened later.
  absl::Status HandleReport(const messaging::Envelope& event, const messaging::Cause& cause,
                            storage::Tx& tx) const;
  // After a case was opened or moved: takes what waited for that, in the order it came.
  void TakeEarly(storage::Tx& tx, const Id& case_id) const;

 private:
  absl::StatusOr<Meaning> Consider(const CaseInput& input, const messaging::Cause& cause,
                                   storage::Tx& tx) const;
  // PERMISSION_DENIED when the input speaks of a task that the case never had.
  absl::StatusOr<bool> IsOfFormerTask(const Case& kase, const CaseInput& input,
                                      storage::Tx& tx) const;
  Meaning Record(const Case& kase, const CaseInput& input, storage::Tx& tx) const;
  absl::StatusOr<Meaning> Apply(const Case& kase, CaseInput input, const messaging::Cause& cause,
                                storage::Tx& tx) const;
  absl::Status Keep(const CaseInput& input, const messaging::Envelope& event, absl::Time now,
                    storage::Tx& tx) const;
  bool TakeOneEarly(storage::Tx& tx, const Id& case_id) const;
  // True when one of the reports about the case's record moved it.
  absl::StatusOr<bool> TakeReport(storage::Tx& tx, const Id& case_id) const;

  const Ports* const ports_;
  const LawBook* const law_;
  const Clocks* const clocks_;
};

}  // namespace xiufu::routing
