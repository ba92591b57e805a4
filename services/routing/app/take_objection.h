#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/service/work.h"
#include "services/routing/app/law_book.h"
#include "services/routing/app/objection_ports.h"

namespace xiufu::routing {

// Everything that happens to an objection. Nothing here reads or writes a case: an objection
// neither blocks a repair nor is blocked by one, and publicity is not its to say.
class TakeObjection {
 public:
  TakeObjection(const ObjectionPorts* ports, const LawBook* law) : ports_(ports), law_(law) {}

  // One filed: with its authority, or at the desk. The same again is nothing, with other content
  // ALREADY_EXISTS.
  absl::Status File(const ObjectionFiled& filed, const messaging::Cause& cause,
                    storage::Tx& tx) const;
  // What the adapter and the applicant say. What comes before the filing is kept and taken with it.
  absl::Status Handle(const messaging::Envelope& event, const messaging::Cause& cause,
                      storage::Tx& tx) const;
  // A person at the desk says whose it is. NOT_FOUND, FAILED_PRECONDITION with a reason.
  struct Assignment {
    Id objection;
    std::string authority_code;
    std::string person;
    std::string reason;
  };
  absl::Status Assign(const Assignment& assignment, messaging::Cause cause, storage::Tx& tx) const;
  // The timer function of its clocks: its answer or its delivery is late. Noted, and nothing else.
  absl::Status OnDue(storage::Tx& tx, const storage::Timer& timer) const;

 private:
  absl::StatusOr<Meaning> Consider(const Objection& objection, const ObjectionInput& input,
                                   const messaging::Cause& cause, storage::Tx& tx) const;
  absl::StatusOr<Meaning> TakeAnswer(const Objection& objection, const ObjectionInput& input,
                                     const ObjectionAnswered& answered,
                                     const messaging::Cause& cause, storage::Tx& tx) const;
  Meaning Apply(const Objection& objection, const ObjectionInput& input, ObjectionStep step,
                const messaging::Cause& cause, storage::Tx& tx) const;
  absl::StatusOr<ObjectionStep> StepOf(const Objection& objection, const ObjectionInput& input,
                                       storage::Tx& tx) const;
  // A timer for each clock that runs, and for no other.
  void FollowClocks(const Objection& objection, storage::Tx& tx) const;
  absl::Status Keep(const ObjectionInput& input, const messaging::Envelope& event, absl::Time now,
                    storage::Tx& tx) const;
  void TakeEarly(const Id& objection, storage::Tx& tx) const;

  const ObjectionPorts* const ports_;
  const LawBook* const law_;
};

}  // namespace xiufu::routing
