#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/routing/app/ports.h"
#include "services/routing/domain/decide_objection.h"

namespace xiufu::routing {

// As in ports.h: on the writer, inside the caller's savepoint.

class Objections {
 public:
  virtual ~Objections() = default;
  virtual std::optional<Objection> Find(storage::Session& session, const Id& id) const = 0;
  // Those that have not ended, in the order of their ids.
  virtual std::vector<Id> OpenAfter(storage::Tx& tx, const Id& after, size_t limit) const = 0;
  virtual void Insert(storage::Tx& tx, const Objection& objection) const = 0;
  // Writes what can change after filing.
  virtual void Update(storage::Tx& tx, const Objection& objection) const = 0;
  // The authority that has or had a task of the objection; nothing when it never was one of its.
  virtual std::optional<std::string> HolderOf(storage::Tx& tx, const Id& objection,
                                              const Id& task) const = 0;
  virtual void InsertTask(storage::Tx& tx, const Id& objection, const Id& task,
                          absl::string_view authority_code, absl::Time at) const = 0;
  virtual void NoteDelivered(storage::Tx& tx, const Id& task, absl::Time at) const = 0;
  virtual void InsertAssignment(storage::Tx& tx, const Objection& before, absl::Time at,
                                const ObjectionAssigned& assigned) const = 0;
};

class ObjectionAnswers {
 public:
  virtual ~ObjectionAnswers() = default;
  virtual std::optional<std::string> FindContent(storage::Tx& tx, const AnswerKey& key) const = 0;
  // `reason`: why it does not count; empty: it does.
  virtual void Insert(storage::Tx& tx, const AnswerKey& key, absl::Time received_at,
                      ObjectionInputKind kind, absl::string_view content,
                      absl::string_view reason) const = 0;
};

class ObjectionEvents {
 public:
  virtual ~ObjectionEvents() = default;
  virtual void Emit(storage::Tx& tx, const messaging::Cause& cause, const Objection& objection,
                    const ObjectionEvent& event) const = 0;
};

class ObjectionCodec {
 public:
  virtual ~ObjectionCodec() = default;
  // INVALID_ARGUMENT for data that is no input of an objection.
  virtual absl::StatusOr<ObjectionInput> Decode(const messaging::Envelope& event) const = 0;
};

struct ObjectionPorts {
  const Objections* objections = nullptr;
  const ObjectionAnswers* answers = nullptr;
  const Deadlines* deadlines = nullptr;
  const EarlyInputs* early = nullptr;
  const ObjectionEvents* events = nullptr;
  const ObjectionCodec* codec = nullptr;
};

}  // namespace xiufu::routing
