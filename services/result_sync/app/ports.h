#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/messaging/cause.h"
#include "libs/storage/tx.h"
#include "services/result_sync/domain/decision.h"
#include "services/result_sync/domain/effect.h"
#include "services/result_sync/domain/ending.h"
#include "services/result_sync/domain/revocation.h"

namespace xiufu::result {

// All ports are used on the writer, inside the caller's savepoint. SQL errors stick to the Tx.

// What is known of a case's decision, enough to tell a repetition and to speak of it.
struct EnteredDecision {
  Id id;
  Id application;
  std::string content;  // of the answer
  Outcome outcome = Outcome::kNone;
  std::string subject_uscc;
  bool reported = false;  // the authority did it by itself
};

class Decisions {
 public:
  virtual ~Decisions() = default;
  virtual std::optional<EnteredDecision> Find(storage::Tx& tx, const Id& case_id) const = 0;
  virtual void Insert(storage::Tx& tx, const Decision& decision) const = 0;
};

// Enough of a revocation to tell a repetition.
struct EnteredRevocation {
  Id id;
  std::string content;
};

class Revocations {
 public:
  virtual ~Revocations() = default;
  virtual std::optional<EnteredRevocation> Find(storage::Tx& tx, const Id& case_id) const = 0;
  virtual void Insert(storage::Tx& tx, const Revocation& revocation) const = 0;
  // False when it was confirmed before.
  virtual bool Confirm(storage::Tx& tx, const Restored& restored) const = 0;
};

// Answers that could not be entered.
class Faults {
 public:
  virtual ~Faults() = default;
  // The content of the answer.
  virtual std::optional<std::string> FindContent(storage::Tx& tx, const Id& case_id,
                                                 absl::string_view answer_id) const = 0;
  virtual void Insert(storage::Tx& tx, const TakenAnswer& answer,
                      absl::string_view reason) const = 0;
};

class Effects {
 public:
  virtual ~Effects() = default;
  virtual void Insert(storage::Tx& tx, const Id& case_id, const Effect& effect) const = 0;
  // True when the case has this effect and it was not confirmed before.
  virtual bool Confirm(storage::Tx& tx, const Id& case_id, absl::string_view name,
                       absl::Time at) const = 0;
  // The case has effects, and every one is confirmed.
  virtual bool AllConfirmed(storage::Tx& tx, const Id& case_id) const = 0;
};

// What publication said of a case whose decision is not here yet, with its own cause.
struct EarlyEnding {
  PublicityEnded ended;
  messaging::Cause cause;
};

// Streams come in any order relative to one another. Kept here and not as the engine's waiting
// rows, because those hold back every later event of the case, also the very answer that an early
// ending waits for.
class EarlyEndings {
 public:
  virtual ~EarlyEndings() = default;
  virtual std::optional<EarlyEnding> Find(storage::Tx& tx, const Id& case_id) const = 0;
  // A second one of the same case is nothing.
  virtual void Add(storage::Tx& tx, const EarlyEnding& early) const = 0;
  virtual void Remove(storage::Tx& tx, const Id& case_id) const = 0;
};

class Conflicts {
 public:
  virtual ~Conflicts() = default;
  // A repetition is nothing.
  virtual void Add(storage::Tx& tx, const Conflict& conflict) const = 0;
  virtual bool Has(storage::Tx& tx, const Id& decision) const = 0;
  virtual bool IsSettled(storage::Tx& tx, const Id& decision) const = 0;
  virtual void Settle(storage::Tx& tx, const Id& decision, absl::string_view person,
                      absl::string_view reason, absl::Time at) const = 0;
};

class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void DecisionEntered(storage::Tx& tx, const messaging::Cause& cause,
                               const Decision& decision) const = 0;
  virtual void DecisionFaulty(storage::Tx& tx, const messaging::Cause& cause,
                              const TakenAnswer& answer, absl::string_view reason) const = 0;
  virtual void EffectConfirmed(storage::Tx& tx, const messaging::Cause& cause, const Id& case_id,
                               const Id& application, const std::vector<std::string>& effects,
                               absl::Time at) const = 0;
  virtual void DecisionRevoked(storage::Tx& tx, const messaging::Cause& cause,
                               const Revocation& revocation) const = 0;
  virtual void RestorationConfirmed(storage::Tx& tx, const messaging::Cause& cause,
                                    const Restored& restored) const = 0;
  virtual void LoopClosed(storage::Tx& tx, const messaging::Cause& cause, const Id& case_id,
                          const Id& application, absl::Time at) const = 0;
};

struct Ports {
  const Decisions* decisions = nullptr;
  const Faults* faults = nullptr;
  const Effects* effects = nullptr;
  const EarlyEndings* early = nullptr;
  const Conflicts* conflicts = nullptr;
  const Revocations* revocations = nullptr;
  const EventSink* events = nullptr;
};

}  // namespace xiufu::result
