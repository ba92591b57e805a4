#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libs/messaging/cause.h"
#include "libs/storage/session.h"
#include "libs/storage/tx.h"
#include "services/intake/domain/agents.h"
#include "services/intake/domain/application.h"
#include "services/intake/domain/ban.h"
#include "services/intake/domain/case_view.h"
#include "services/intake/domain/consultation.h"
#include "services/intake/domain/hand_over.h"
#include "services/intake/domain/material.h"
#include "services/intake/domain/objection.h"
#include "services/intake/domain/power_of_attorney.h"
#include "services/intake/domain/provide_supplement.h"
#include "services/intake/domain/submit_application.h"
#include "services/intake/domain/timeline.h"
#include "services/intake/domain/told_notice.h"
#include "services/intake/domain/window.h"
#include "services/intake/domain/withdraw_application.h"

namespace xiufu::intake {

// One page of records.
struct RecordPage {
  std::vector<RecordSnapshot> records;  // by subject, newest first
  std::string next_page_token;          // empty at the end
};

// Which records are looked for: those of a subject, or of all whose name contains a text.
struct RecordSearch {
  std::string uscc;  // this or name
  std::string name;
  int page_size = 0;
  std::string page_token;
};

// Where records are looked up: publication, over gRPC or in the same process. Any thread; `done`
// runs once, on any thread, possibly before the call returns. UNAVAILABLE when it does not answer
// in time.
class RecordSource {
 public:
  virtual ~RecordSource() = default;
  using PageDone = absl::AnyInvocable<void(absl::StatusOr<RecordPage>)>;
  // INVALID_ARGUMENT with a violation for a name that is too short.
  virtual void Search(const RecordSearch& search, PageDone done) = 0;
  // In the order asked. NOT_FOUND with reason RECORD_NOT_FOUND when one does not exist.
  using RecordsDone = absl::AnyInvocable<void(absl::StatusOr<std::vector<RecordSnapshot>>)>;
  virtual void Get(const std::vector<Id>& records, RecordsDone done) = 0;
};

// The stores, one per table. Errors are the session's (sticky); nothing is cached between calls.

// What a list of applications is limited to.
struct ApplicationFilter {
  std::string principal;
  std::string subject_uscc;  // empty: all
  Id before;                 // only ids below; none: from the newest
  int limit = 0;
};

class ApplicationTable {
 public:
  virtual ~ApplicationTable() = default;
  virtual std::optional<Application> Find(storage::Session& session, const Id& id) const = 0;
  virtual std::optional<Application> FindByNumber(storage::Session& session,
                                                  absl::string_view number) const = 0;
  // Newest first.
  virtual std::vector<Application> List(storage::Session& session,
                                        const ApplicationFilter& filter) const = 0;
  virtual bool HasUpstreamNo(storage::Session& session, FrontDoor door,
                             absl::string_view upstream_no) const = 0;
  virtual void Insert(storage::Tx& tx, const Application& application) const = 0;
  // State and times; nothing else of an application ever changes but who has it.
  virtual void SaveProgress(storage::Tx& tx, const Application& application) const = 0;
  virtual void SavePrincipal(storage::Tx& tx, const Application& application) const = 0;
};

class RecordTable {
 public:
  virtual ~RecordTable() = default;
  // In the order of the request.
  virtual std::vector<Id> IdsOf(storage::Session& session, const Id& application) const = 0;
  virtual std::vector<ApplicationRecord> Of(storage::Session& session,
                                            const Id& application) const = 0;
  // The application that has taken the record.
  virtual std::optional<Id> HolderOf(storage::Session& session, const Id& record) const = 0;
  virtual std::optional<Hold> HoldOf(storage::Session& session, const Id& record) const = 0;
  virtual void Insert(storage::Tx& tx, const Id& application,
                      const std::vector<RecordSnapshot>& records) const = 0;
  // Binds the application's records to their rules and takes them. The caller has looked at HoldOf.
  virtual void Take(storage::Tx& tx, const Id& application,
                    const std::vector<ApplicationRecord>& records) const = 0;
  // Nothing frees the record.
  virtual void SetHold(storage::Tx& tx, const Id& application, const Id& record,
                       std::optional<Hold> hold) const = 0;
};

class CaseTable {
 public:
  virtual ~CaseTable() = default;
  virtual std::vector<CaseView> Of(storage::Session& session, const Id& application) const = 0;
  virtual void Save(storage::Tx& tx, const CaseView& view) const = 0;
};

class MaterialTable {
 public:
  virtual ~MaterialTable() = default;
  // In order of upload.
  virtual std::vector<Material> Of(storage::Session& session, const Id& application) const = 0;
  virtual bool HasBlob(storage::Session& session, absl::string_view sha256) const = 0;
  virtual void Insert(storage::Tx& tx, const Material& material) const = 0;
};

class SupplementTable {
 public:
  virtual ~SupplementTable() = default;
  virtual std::vector<SupplementNote> NotesOf(storage::Session& session,
                                              const Id& application) const = 0;
  virtual void Insert(storage::Tx& tx, const Id& application, const SupplementNote& note,
                      absl::Time supplemented) const = 0;
};

class WithdrawalTable {
 public:
  virtual ~WithdrawalTable() = default;
  // The applicant's words to a request that was made for a case.
  virtual void Insert(storage::Tx& tx, const WithdrawalRequested& request,
                      absl::string_view reason) const = 0;
};

class TimelineTable {
 public:
  virtual ~TimelineTable() = default;
  virtual std::vector<TimelineEntry> After(storage::Session& session, const Id& application,
                                           int64_t position, int limit) const = 0;
  // Gives each entry its position and wakes who watches the application, once committed.
  virtual void Append(storage::Tx& tx, const Id& application,
                      std::vector<TimelineEntry> entries) const = 0;
};

class ToldTable {
 public:
  virtual ~ToldTable() = default;
  // Oldest first.
  virtual std::vector<ToldNotice> Of(storage::Session& session, const Id& application) const = 0;
  virtual void Keep(storage::Tx& tx, const ToldNotice& notice) const = 0;
};

class NumberTable {
 public:
  virtual ~NumberTable() = default;
  // The next sequence number of a region and day, from 1.
  virtual int64_t Next(storage::Tx& tx, absl::string_view region, absl::CivilDay day) const = 0;
};

class ObjectionTable {
 public:
  virtual ~ObjectionTable() = default;
  virtual std::optional<Objection> Find(storage::Session& session, const Id& id) const = 0;
  // Newest first, with ids below `before`; none: from the newest.
  virtual std::vector<Objection> List(storage::Session& session, const std::string& principal,
                                      const Id& before, int limit) const = 0;
  // One that is filed and has not ended, of the same kind and about the same: the case for a
  // result, otherwise the record. Whoever filed it.
  virtual std::optional<Id> OpenLike(storage::Session& session,
                                     const ObjectionDraft& what) const = 0;
  virtual void Insert(storage::Tx& tx, const Objection& objection) const = 0;
  // All that can change after its creation.
  virtual void Update(storage::Tx& tx, const Objection& objection) const = 0;
  virtual std::vector<ObjectionStep> StepsOf(storage::Session& session, const Id& id) const = 0;
  virtual void AddStep(storage::Tx& tx, const Id& id, const ObjectionStep& step) const = 0;
  // Who has it and until when, once routing says so.
  virtual void CompleteFirstStep(storage::Tx& tx, const Id& id,
                                 const ObjectionStep& step) const = 0;
};

// Times in which subjects may not apply.
class BanTable {
 public:
  virtual ~BanTable() = default;
  // Known by its revocation: told again it is nothing.
  virtual void Insert(storage::Tx& tx, const Ban& ban) const = 0;
  virtual std::vector<Ban> Of(storage::Session& session, absl::string_view subject_uscc) const = 0;
};

class FilingTable {
 public:
  virtual ~FilingTable() = default;
  virtual std::optional<Filing> Find(storage::Session& session, const Id& application) const = 0;
  // Newest first, with ids below `before` (none: from the newest). `region` empty: of all.
  virtual std::vector<Filing> List(storage::Session& session, absl::string_view region,
                                   const Id& before, int limit) const = 0;
  virtual void Insert(storage::Tx& tx, const Filing& filing) const = 0;
  // Another window has it from now on.
  virtual void Move(storage::Tx& tx, const Id& application, absl::string_view region) const = 0;
};

class PowerTable {
 public:
  virtual ~PowerTable() = default;
  // `application`: or an objection, here and below.
  virtual std::optional<PowerOfAttorney> LatestOf(storage::Session& session,
                                                  const Id& application) const = 0;
  virtual void Insert(storage::Tx& tx, const Id& application,
                      const PowerOfAttorney& power) const = 0;
  // Of applications submitted in that time; the busiest first, then by agent. From `after` on.
  virtual std::vector<AgentCount> Count(storage::Session& session,
                                        const AgentFilter& filter) const = 0;
};

class ActTable {
 public:
  virtual ~ActTable() = default;
  virtual void Insert(storage::Tx& tx, const Id& application, Act act, Capacity capacity,
                      absl::Time at) const = 0;
};

class ConsultationTable {
 public:
  virtual ~ConsultationTable() = default;
  virtual std::optional<Consultation> Find(storage::Session& session, const Id& id) const = 0;
  // Newest first.
  virtual std::vector<Consultation> List(storage::Session& session,
                                         const ConsultationFilter& filter) const = 0;
  virtual void Insert(storage::Tx& tx, const Consultation& consultation) const = 0;
  // Subject, application and case.
  virtual void SaveLink(storage::Tx& tx, const Consultation& consultation) const = 0;
  virtual void Move(storage::Tx& tx, const Id& id, absl::string_view region) const = 0;
  // Forgets whom to call back of what was asked before a time.
  virtual void EraseContacts(storage::Tx& tx, absl::Time before) const = 0;
  // The same for what was asked and answered, in its words.
  virtual void EraseWords(storage::Tx& tx, absl::Time before) const = 0;
  // By month, window and topic; of all regions where `region` is empty.
  virtual std::vector<WindowCount> Count(storage::Session& session, absl::string_view region,
                                         absl::string_view from_month,
                                         absl::string_view to_month) const = 0;
};

class PrecheckTable {
 public:
  virtual ~PrecheckTable() = default;
  virtual void CountOne(storage::Tx& tx, const Desk& desk, absl::string_view month) const = 0;
  virtual std::vector<WindowCount> Count(storage::Session& session, absl::string_view region,
                                         absl::string_view from_month,
                                         absl::string_view to_month) const = 0;
};

class HandOverTable {
 public:
  virtual ~HandOverTable() = default;
  virtual std::optional<HandOver> Find(storage::Session& session, const Id& id) const = 0;
  // Of an application or a consultation, not taken up yet.
  virtual std::optional<HandOver> OpenOf(storage::Session& session, const Id& matter) const = 0;
  // Newest first.
  virtual std::vector<HandOver> List(storage::Session& session,
                                     const HandOverFilter& filter) const = 0;
  virtual void Insert(storage::Tx& tx, const HandOver& hand_over) const = 0;
  virtual void SaveTaken(storage::Tx& tx, const HandOver& hand_over) const = 0;
};

struct Tables {
  const ApplicationTable* applications = nullptr;
  const RecordTable* records = nullptr;
  const CaseTable* cases = nullptr;
  const MaterialTable* materials = nullptr;
  const SupplementTable* supplements = nullptr;
  const WithdrawalTable* withdrawals = nullptr;
  const TimelineTable* timeline = nullptr;
  const NumberTable* numbers = nullptr;
  const BanTable* bans = nullptr;
  const ToldTable* told = nullptr;
  const FilingTable* filings = nullptr;
  const PowerTable* powers = nullptr;
  const ActTable* acts = nullptr;
  const ConsultationTable* consultations = nullptr;
  const PrecheckTable* prechecks = nullptr;
  const HandOverTable* hand_overs = nullptr;
  const ObjectionTable* objections = nullptr;
};

// Intake's stream. Appends to the outbox within the caller's savepoint.
class Announcer {
 public:
  virtual ~Announcer() = default;
  virtual void Submitted(storage::Tx& tx, const messaging::Cause& cause,
                         const ApplicationSubmitted& event) const = 0;
  virtual void Supplemented(storage::Tx& tx, const messaging::Cause& cause,
                            const ApplicationSupplemented& event) const = 0;
  virtual void Missed(storage::Tx& tx, const messaging::Cause& cause,
                      const SupplementMissed& event) const = 0;
  virtual void AskedToWithdraw(storage::Tx& tx, const messaging::Cause& cause,
                               const WithdrawalRequested& event) const = 0;
  virtual void Objected(storage::Tx& tx, const messaging::Cause& cause, const Objection& objection,
                        const std::vector<Material>& evidence) const = 0;
  virtual void GaveUpObjection(storage::Tx& tx, const messaging::Cause& cause, const Id& objection,
                               absl::Time at) const = 0;
};

}  // namespace xiufu::intake
