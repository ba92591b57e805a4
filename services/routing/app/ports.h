#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/messaging/cause.h"
#include "libs/messaging/envelope.h"
#include "libs/storage/tx.h"
#include "services/routing/app/supervision_ports.h"
#include "services/routing/domain/case.h"
#include "services/routing/domain/case_event.h"
#include "services/routing/domain/case_input.h"
#include "services/routing/domain/deadline.h"
#include "services/routing/domain/task.h"

namespace xiufu::routing {

// All ports are used on the writer, inside the caller's savepoint. SQL errors stick to the Tx.

class Cases {
 public:
  virtual ~Cases() = default;
  virtual std::optional<Case> Find(storage::Tx& tx, const Id& id) const = 0;
  virtual void Insert(storage::Tx& tx, const Case& kase) const = 0;
  // Those that a clock may run in, also one of the effects of a decision; ascending, from the first
  // after `after` on.
  virtual std::vector<Id> RunningAfter(storage::Tx& tx, const Id& after, size_t limit) const = 0;
  // Open ones about the record.
  virtual std::vector<Id> OpenAbout(storage::Tx& tx, const Id& record) const = 0;
  // Concluded ones by the number of their decision; two are enough to tell that it is ambiguous.
  virtual std::vector<Id> ConcludedBy(storage::Tx& tx, absl::string_view decision_no) const = 0;
  // Writes what can change after opening.
  virtual void Update(storage::Tx& tx, const Case& kase) const = 0;
};

class Tasks {
 public:
  virtual ~Tasks() = default;
  virtual void Insert(storage::Tx& tx, const Task& task) const = 0;
  virtual std::optional<Task> Find(storage::Tx& tx, const Id& id) const = 0;
  // The first acknowledgement stands.
  virtual void NoteDelivered(storage::Tx& tx, const Id& task, absl::string_view authority_task_no,
                             absl::Time at) const = 0;
};

// An authority names its answers; two authorities may use the same names.
struct AnswerKey {
  Id case_id;
  Id task;
  std::string answer_id;
};

// Every answer that was considered, with whether it counts.
struct AnswerRow {
  InputKind kind = InputKind::kAccepted;
  std::string content;
  bool counts = false;
  std::string reason;        // why it does not count
  std::string fault_reason;  // by the ledger; a faulty answer does not count any more
};

class Answers {
 public:
  virtual ~Answers() = default;
  virtual std::optional<AnswerRow> Find(storage::Tx& tx, const AnswerKey& key) const = 0;
  virtual void Insert(storage::Tx& tx, const AnswerKey& key, absl::Time received_at,
                      const AnswerRow& row) const = 0;
  virtual void MarkFaulty(storage::Tx& tx, const AnswerKey& key,
                          absl::string_view reason) const = 0;
  // It counts after all, because a person said so.
  virtual void LetCount(storage::Tx& tx, const AnswerKey& key, const SupplementAllowed& allowed,
                        absl::Time at) const = 0;
};

// Who gave a case to whom, and why.
class Assignments {
 public:
  virtual ~Assignments() = default;
  virtual void Insert(storage::Tx& tx, const Case& before, absl::Time at,
                      const Assigned& assigned) const = 0;
};

// What reviewers have said, and that their time was up.
class Reviews {
 public:
  virtual ~Reviews() = default;
  virtual void Insert(storage::Tx& tx, const Case& before, absl::Time at,
                      const Reviewed& reviewed) const = 0;
  virtual void Insert(storage::Tx& tx, const Case& kase, const Opinion& opinion) const = 0;
  // All that were given about a case, the oldest first.
  virtual std::vector<Opinion> Opinions(storage::Tx& tx, const Id& case_id) const = 0;
};

// How a case's authority came by it, where the record names one that is gone.
class Successions {
 public:
  virtual ~Successions() = default;
  virtual void Insert(storage::Tx& tx, const Id& case_id,
                      const std::vector<Succession>& successions) const = 0;
};

// What the applicant added, by round.
class Supplements {
 public:
  virtual ~Supplements() = default;
  virtual std::optional<std::string> FindMaterials(storage::Tx& tx, const Id& case_id,
                                                   int round) const = 0;
  // The papers of all rounds, in their order.
  virtual std::vector<std::string> AllMaterials(storage::Tx& tx, const Id& case_id) const = 0;
  virtual void Insert(storage::Tx& tx, const Id& case_id, absl::Time at,
                      const Supplemented& supplement) const = 0;
};

// Requests for papers that the case held and answered by itself, per authority.
class NeedlessRequests {
 public:
  virtual ~NeedlessRequests() = default;
  virtual int CountOf(storage::Tx& tx, const Id& case_id) const = 0;
  // `whole`: nothing was left to ask of the applicant.
  virtual void Insert(storage::Tx& tx, const AnswerKey& key, const Case& kase, absl::Time at,
                      const PapersOnFile& on_file, bool whole) const = 0;
};

// What people told of cases that are decided in another system.
class ToldRows {
 public:
  virtual ~ToldRows() = default;
  virtual void Insert(storage::Tx& tx, const Id& case_id, absl::Time at, absl::string_view kind,
                      const Told& told) const = 0;
};

class Deadlines {
 public:
  virtual ~Deadlines() = default;
  virtual std::vector<DeadlineReceipt> Of(storage::Tx& tx, const Id& case_id) const = 0;
  // One per kind; a later receipt takes the place of the earlier one.
  virtual void Put(storage::Tx& tx, const Id& case_id, const DeadlineReceipt& receipt) const = 0;
};

// Due dates that moved with another calendar, and the calendar that everything open is by.
class DueMoves {
 public:
  virtual ~DueMoves() = default;
  virtual void Add(storage::Tx& tx, const Id& case_id, const DeadlineReceipt& before,
                   const DeadlineReceipt& after, absl::Time at) const = 0;
  virtual std::string AppliedCalendar(storage::Tx& tx) const = 0;  // empty: none yet
  virtual void NoteApplied(storage::Tx& tx, absl::string_view calendar, absl::Time at) const = 0;
};

// Deadlines that were missed. `since` is the first instant after the last day; `until` when it was
// met after all. A deadline that moved after a supplement can be missed again, with another
// `since`.
class Overdues {
 public:
  virtual ~Overdues() = default;
  // Counted for the authority that has the case.
  virtual void Put(storage::Tx& tx, const Case& kase, absl::string_view kind, absl::Time since,
                   std::optional<absl::Time> until) const = 0;
  virtual void Remove(storage::Tx& tx, const Id& case_id, absl::string_view kind,
                      absl::Time since) const = 0;
};

// An input that came before what must precede it on another stream, kept as the event it was.
struct EarlyInput {
  int64_t id = 0;  // ascending: the order in which they came
  std::string key;
  std::string content;
  messaging::Envelope event;
  absl::Time first_now;
};

// Kept here and not as the engine's waiting rows, because those hold back every later event of the
// application, also the very one that an early input waits for.
class EarlyInputs {
 public:
  virtual ~EarlyInputs() = default;
  virtual std::vector<EarlyInput> Of(storage::Tx& tx, const Id& case_id) const = 0;
  virtual void Add(storage::Tx& tx, const Id& case_id, const EarlyInput& input) const = 0;
  virtual void Remove(storage::Tx& tx, int64_t id) const = 0;
};

// What an authority did with a record by itself: the answer of every open case about it.
struct RecordReport {
  Id record;
  std::string kind;  // "MOVED_OUT", "REVOKED", "ANNULLED"
  absl::Time at;     // when publication was told
  Reported what;
};
struct KeptReport {
  messaging::Envelope event;
  absl::Time first_now;
};

// Kept for ever by record and kind, as the event it was: a case may be opened later, by an
// application that was made without knowing it.
class Reports {
 public:
  virtual ~Reports() = default;
  // The first of a kind stands.
  virtual void Add(storage::Tx& tx, const Id& record, absl::string_view kind,
                   const KeptReport& report) const = 0;
  // In the order they came.
  virtual std::vector<KeptReport> Of(storage::Tx& tx, const Id& record) const = 0;
};

class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void Emit(storage::Tx& tx, const messaging::Cause& cause, const Case& kase,
                    const CaseEvent& event) const = 0;
};

class InputCodec {
 public:
  virtual ~InputCodec() = default;
  // INVALID_ARGUMENT for data that is no input of a case.
  virtual absl::StatusOr<CaseInput> Decode(const messaging::Envelope& event) const = 0;
  // Of a kept answer that asks for a supplement.
  virtual SupplementAsked RequestIn(absl::string_view answer) const = 0;
  // Of lists of papers (see drivers/material_list.h) those of these kinds, each once.
  virtual PapersOnFile PapersIn(const std::vector<std::string>& lists,
                                const std::vector<std::string>& kinds) const = 0;
  // INVALID_ARGUMENT for data that is no report.
  virtual absl::StatusOr<RecordReport> DecodeReport(const messaging::Envelope& event) const = 0;
};

struct Ports {
  const Cases* cases = nullptr;
  const Tasks* tasks = nullptr;
  const Answers* answers = nullptr;
  const Assignments* assignments = nullptr;
  const Successions* successions = nullptr;
  const Reviews* reviews = nullptr;
  const Supplements* supplements = nullptr;
  const Deadlines* deadlines = nullptr;
  const DueMoves* moves = nullptr;
  const Overdues* overdues = nullptr;
  const EarlyInputs* early = nullptr;
  const Reports* reports = nullptr;
  const NeedlessRequests* needless = nullptr;
  const ToldRows* told = nullptr;
  const SupervisionLog* supervision = nullptr;
  const SupervisionOrders* orders = nullptr;
  const CaseClocks* case_clocks = nullptr;
  const EventSink* events = nullptr;
  const InputCodec* codec = nullptr;
};

}  // namespace xiufu::routing
