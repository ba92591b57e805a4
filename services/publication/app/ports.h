#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/messaging/cause.h"
#include "libs/storage/session.h"
#include "libs/storage/tx.h"
#include "services/publication/domain/ending.h"
#include "services/publication/domain/import_report.h"
#include "services/publication/domain/publicity.h"
#include "services/publication/domain/record.h"
#include "services/publication/domain/reported_result.h"
#include "services/publication/domain/revocation.h"
#include "services/publication/domain/withdrawal.h"

namespace xiufu::publication {

// A record as an import needs to know it.
struct KnownRecord {
  Id id;
  std::string fingerprint;
  std::string authority_uscc;
};

// Where a page of one subject's records begins: after this record in (decision date descending, id
// ascending).
struct PagePosition {
  absl::CivilDay decision_date;
  Id record;
};

// Where a page of a search by name begins.
struct NamePosition {
  int64_t subject = 0;                // goes on with this one
  std::optional<PagePosition> after;  // behind this record of it
};
struct NamedRecord {
  int64_t subject = 0;
  Record record;
};

// The records. Stateless; SQL errors stay in the session, as everywhere.
class Records {
 public:
  virtual ~Records() = default;
  // The record of the same key. An authority without a code, here or there, is the one of the same
  // name: it may join the registry between two feeds.
  virtual std::optional<KnownRecord> FindByKey(storage::Session& session, const NaturalKey& key,
                                               absl::string_view authority_name) const = 0;
  virtual std::optional<Record> Find(storage::Session& session, const Id& id) const = 0;
  // Of subjects whose name contains `name` (as FoldName gives it, two characters or more): by
  // subject, then newest decision first. Without those that are shielded: anybody may ask so.
  virtual std::vector<NamedRecord> OfName(storage::Session& session, absl::string_view name,
                                          const std::optional<NamePosition>& after,
                                          int limit) const = 0;
  // Newest decision first, from `after` on.
  virtual std::vector<Record> OfSubject(storage::Session& session, absl::string_view uscc,
                                        const std::optional<PagePosition>& after,
                                        int limit) const = 0;
  // `reckoned_by`: the version of the catalogue that its days are by.
  virtual void Insert(storage::Tx& tx, const Record& record, absl::string_view fingerprint,
                      absl::string_view reckoned_by, absl::Time now) const = 0;
  // Takes over other content: version + 1, publicity stays as it is until it is reckoned anew.
  virtual void Update(storage::Tx& tx, const Id& id, const RecordContent& content,
                      absl::string_view fingerprint, absl::Time now) const = 0;
  // Public ones whose last day was before this one, the longest over first.
  virtual std::vector<Record> Over(storage::Session& session, absl::CivilDay today,
                                   int limit) const = 0;
  // The first last day of those that are public.
  virtual std::optional<absl::CivilDay> NextEnd(storage::Session& session) const = 0;
  // Those whose last day is not by this version of the catalogue.
  virtual std::vector<Record> NotReckonedBy(storage::Session& session, absl::string_view version,
                                            int limit) const = 0;
  virtual void SaveReckoning(storage::Tx& tx, const Id& id, const Publicity& publicity,
                             absl::string_view version) const = 0;
  // Writes version, state, what ended it and when its periods started anew.
  virtual void SavePublicity(storage::Tx& tx, const Record& record) const = 0;
};

// A file as its sender announces it.
struct ImportFile {
  Id request_id;
  std::string name;
  std::string sha256;        // empty where it is not told: then an import cannot go on
  std::string asked_layout;  // empty: the header tells
};

// The imports and what they had to say.
class Imports {
 public:
  virtual ~Imports() = default;
  // Goes on with the open import of the same file and layout, taking it from whoever held it; else
  // a new one with this id.
  virtual Import Begin(storage::Tx& tx, const Id& id, const ImportFile& file,
                       absl::Time now) const = 0;
  virtual std::optional<Import> Find(storage::Session& session, const Id& id) const = 0;
  // The newest one that was begun or taken over with this request id.
  virtual std::optional<Import> FindByRequest(storage::Session& session,
                                              const Id& request_id) const = 0;
  // Writes layout, encoding and counts.
  virtual void Save(storage::Tx& tx, const Import& import) const = 0;
  virtual void Finish(storage::Tx& tx, const Id& id, absl::Time now) const = 0;
  virtual void AddNote(storage::Tx& tx, const Id& import, int64_t ordinal,
                       const ImportNote& note) const = 0;
  // In the order of the file, behind the `after`th.
  virtual std::vector<ImportNote> Notes(storage::Session& session, const Id& import, int64_t after,
                                        int limit) const = 0;
  // At most `limit`, warnings or errors alone.
  virtual std::vector<RowNote> FirstNotes(storage::Session& session, const Id& import,
                                          bool warnings, int limit) const = 0;
  // Of those that ended, or began and never ended, before this time: the oldest that still has
  // something to delete.
  virtual std::optional<Id> OldestWithNotes(storage::Session& session, absl::Time before) const = 0;
  // From now on they are not told, and nobody goes on with an import that has not ended.
  virtual void CloseNotes(storage::Tx& tx, const Id& import, absl::Time now) const = 0;
  // The first of them, up to `limit`.
  virtual void DeleteNotes(storage::Tx& tx, const Id& import, int limit) const = 0;
  // Which row of this import spoke of the record; 0: none yet.
  virtual int64_t LineOf(storage::Session& session, const Id& record, const Id& import) const = 0;
  virtual void SetSource(storage::Tx& tx, const Id& record, const Id& import,
                         int64_t line) const = 0;
};

// The stream "publication". One event an import, never one a row.
class ImportAnnouncer {
 public:
  virtual ~ImportAnnouncer() = default;
  virtual void Announce(storage::Tx& tx, const messaging::Cause& cause,
                        const Import& import) const = 0;
};

// What became of decisions.
class Endings {
 public:
  virtual ~Endings() = default;
  virtual std::optional<EnteredDecision> Find(storage::Session& session,
                                              const Id& decision) const = 0;
  virtual void Insert(storage::Tx& tx, const Ending& ending) const = 0;
  virtual std::optional<Ending> FindWhole(storage::Session& session, const Id& decision) const = 0;
  // Those that were refused and are not settled or revoked, oldest first, from `after` on.
  virtual std::vector<Ending> Refused(storage::Session& session, const Id& after,
                                      int limit) const = 0;
  // Those that a person let stand, in the same order.
  virtual std::vector<Ending> LetStandOnes(storage::Session& session, const Id& after,
                                           int limit) const = 0;
  // Writes outcome, version, reason, what was before and who let it stand.
  virtual void Settle(storage::Tx& tx, const Ending& ending) const = 0;
};

// The same stream. Appends the event for `ending` to the outbox.
class Announcer {
 public:
  virtual ~Announcer() = default;
  virtual void Announce(storage::Tx& tx, const messaging::Cause& cause,
                        const Ending& ending) const = 0;
};

// Where a page of one subject's commitments begins: behind this one, newest first.
struct CommitmentPosition {
  absl::CivilDay made_on;
  Id decision;
};

// One a decision.
class Commitments {
 public:
  virtual ~Commitments() = default;
  // A repetition is nothing.
  virtual void Insert(storage::Tx& tx, const Commitment& commitment) const = 0;
  // Nothing where the decision rests on none.
  virtual void Break(storage::Tx& tx, const RevokedDecision& decision) const = 0;
  virtual std::vector<Commitment> OfSubject(storage::Session& session, absl::string_view uscc,
                                            const std::optional<CommitmentPosition>& after,
                                            int limit) const = 0;
};

// Decisions that were revoked, one row each.
class Revocations {
 public:
  virtual ~Revocations() = default;
  virtual bool Has(storage::Session& session, const Id& decision) const = 0;
  virtual void Insert(storage::Tx& tx, const RevokedDecision& decision) const = 0;
};

// The same stream: a record as a revoked decision leaves it.
class RestorationAnnouncer {
 public:
  virtual ~RestorationAnnouncer() = default;
  virtual void Announce(storage::Tx& tx, const messaging::Cause& cause,
                        const RevokedDecision& decision, const Record& record) const = 0;
};

// The same stream: publicity ended by itself.
class ExpiryAnnouncer {
 public:
  virtual ~ExpiryAnnouncer() = default;
  virtual void Announce(storage::Tx& tx, const messaging::Cause& cause,
                        const Record& record) const = 0;
};

// What authorities did by themselves.
class ReportedResults {
 public:
  virtual ~ReportedResults() = default;
  virtual std::optional<ReportedResult> Find(storage::Session& session, const Id& record,
                                             Reported::Kind kind) const = 0;
  virtual void Insert(storage::Tx& tx, const ReportedResult& result) const = 0;
  // A record is withdrawn once and for all.
  virtual void InsertWithdrawal(storage::Tx& tx, const Withdrawal& withdrawal) const = 0;
};

// The same stream: an authority ended or withdrew the record by itself.
class ReportAnnouncer {
 public:
  virtual ~ReportAnnouncer() = default;
  // `found_version` is what the record had before; `record` is as it is now.
  virtual void Announce(storage::Tx& tx, const messaging::Cause& cause,
                        const ReportedResult& result, uint64_t found_version,
                        const Record& record) const = 0;
};

}  // namespace xiufu::publication
