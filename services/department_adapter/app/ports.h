#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/messaging/cause.h"
#include "libs/storage/session.h"
#include "libs/storage/tx.h"
#include "services/department_adapter/domain/answer.h"
#include "services/department_adapter/domain/reminder.h"
#include "services/department_adapter/domain/task.h"

namespace xiufu::department {

struct StoredTask {
  Task task;
  TaskProgress progress;
};

// Tasks and what is on its way about them. Stateless; SQL errors stay in the session, as
// everywhere.
class Tasks {
 public:
  virtual ~Tasks() = default;
  virtual std::optional<StoredTask> Find(storage::Session& session, const Id& task) const = 0;
  // Fingerprint of the task with this id; nothing when there is none.
  virtual std::optional<std::string> FingerprintOf(storage::Session& session,
                                                   const Id& task) const = 0;
  virtual void Insert(storage::Tx& tx, const StoredTask& task) const = 0;
  virtual void MarkDelivered(storage::Tx& tx, const Id& task, absl::string_view authority_task_no,
                             absl::Time at) const = 0;
  // A paper of the task or of one of its supplements.
  virtual std::optional<Material> FindMaterial(storage::Session& session, const Id& task,
                                               const Id& material) const = 0;
};

// Supplements, faults, opinions, reminders and cancellations on their way to an authority.
class Notices {
 public:
  virtual ~Notices() = default;
  virtual std::optional<Supplement> FindSupplement(storage::Session& session,
                                                   const Id& id) const = 0;
  virtual std::optional<std::string> SupplementFingerprint(storage::Session& session,
                                                           const Id& task, int32_t round) const = 0;
  virtual void InsertSupplement(storage::Tx& tx, const Supplement& supplement) const = 0;
  virtual void MarkSupplementDelivered(storage::Tx& tx, const Id& id, absl::Time at) const = 0;

  virtual std::optional<Fault> FindFault(storage::Session& session, const Id& id) const = 0;
  // The reason that was given for this answer; nothing when it is not known to be faulty.
  virtual std::optional<std::string> FaultReason(storage::Session& session, const Id& task,
                                                 absl::string_view answer_id) const = 0;
  virtual void InsertFault(storage::Tx& tx, const Fault& fault) const = 0;
  virtual void MarkFaultDelivered(storage::Tx& tx, const Id& id, absl::Time at) const = 0;

  virtual std::optional<Opinion> FindOpinion(storage::Session& session, const Id& id) const = 0;
  virtual std::optional<std::string> OpinionFingerprint(storage::Session& session, const Id& task,
                                                        absl::string_view review) const = 0;
  virtual void InsertOpinion(storage::Tx& tx, const Opinion& opinion) const = 0;
  virtual void MarkOpinionDelivered(storage::Tx& tx, const Id& id, absl::Time at) const = 0;

  virtual std::optional<Reminder> FindReminder(storage::Session& session, const Id& id) const = 0;
  virtual void InsertReminder(storage::Tx& tx, const Reminder& reminder) const = 0;
  virtual void MarkReminderDelivered(storage::Tx& tx, const Id& id, absl::Time at) const = 0;

  // Supplements, faults, opinions and reminders of this task that no acknowledgement is known of.
  virtual std::vector<Id> Undelivered(storage::Session& session, const Id& task) const = 0;

  virtual std::optional<Cancellation> FindCancellation(storage::Session& session,
                                                       const Id& id) const = 0;
  virtual std::optional<Cancellation> CancellationOf(storage::Session& session,
                                                     const Id& task) const = 0;
  virtual void InsertCancellation(storage::Tx& tx, const Cancellation& cancellation) const = 0;
  virtual void MarkCancellationDelivered(storage::Tx& tx, const Id& id, absl::Time at) const = 0;
};

// Answers as they came, by the authority's own ids.
class Answers {
 public:
  virtual ~Answers() = default;
  virtual std::optional<std::string> FingerprintOf(storage::Session& session,
                                                   absl::string_view authority_code,
                                                   absl::string_view answer_id) const = 0;
  virtual void Insert(storage::Tx& tx, absl::string_view authority_code, const Answer& answer,
                      absl::Time received_at) const = 0;
};

// The streams "adapter.<code>". Appends to the outbox.
class Events {
 public:
  virtual ~Events() = default;
  virtual void Delivered(storage::Tx& tx, const messaging::Cause& cause, const Task& task,
                         absl::string_view authority_task_no) const = 0;
  virtual void Answered(storage::Tx& tx, const messaging::Cause& cause, const Task& task,
                        const Answer& answer) const = 0;
};

// What an authority needs to decide, about an application or an objection, and no event carries.
// Never stored here: asked for when it is needed.
struct ApplicationFile {
  struct Applicant {
    std::string name;
    std::string phone;
    std::string capacity;  // "LEGAL_REPRESENTATIVE"
  } applicant;
  struct FileName {
    Id material;
    std::string name;
  };
  std::vector<FileName> file_names;
  struct Note {
    Id case_id;
    int32_t round = 0;
    std::string note;
  };
  std::vector<Note> notes;
  // The subject may not apply because of a breach: a pushed application comes all the same, and
  // the authority is to know.
  struct Ban {
    std::string from_date;
    std::string until_date;
    std::string document_no;
    std::string authority_name;
    std::string source;
    bool unverified = false;
  };
  std::vector<Ban> bans;
  std::string statement;  // of an objection: the applicant's words
};

// Intake's side. All calls are repeatable and end by `deadline`; UNAVAILABLE when it cannot be
// asked now.
class IntakeFiles {
 public:
  virtual ~IntakeFiles() = default;
  virtual absl::StatusOr<ApplicationFile> GetApplicationFile(const Id& application,
                                                             absl::Time deadline) = 0;
  virtual absl::StatusOr<ApplicationFile> GetObjectionFile(const Id& objection,
                                                           absl::Time deadline) = 0;
  // The bytes whose SHA-256 is `sha256`, as intake gives them: the caller checks. `application` may
  // be an objection's id.
  virtual absl::StatusOr<std::string> FetchMaterial(const Id& application, absl::string_view sha256,
                                                    int64_t size, absl::Time deadline) = 0;
};

// Papers by their content, on this machine. Losing it loses nothing: they are fetched again.
// Thread-safe.
class MaterialCache {
 public:
  virtual ~MaterialCache() = default;
  virtual bool Has(absl::string_view sha256, int64_t size) const = 0;
  virtual absl::Status Put(absl::string_view sha256, absl::string_view bytes) = 0;
};

}  // namespace xiufu::department
