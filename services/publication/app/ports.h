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
#include "services/publication/domain/record.h"

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

// The records. Stateless; SQL errors stay in the session, as everywhere.
class Records {
 public:
  virtual ~Records() = default;
  // The record of the same key. An authority without a code, here or there, is the one of the same
  // name: it may join the registry between two feeds.
  virtual std::optional<KnownRecord> FindByKey(storage::Session& session, const NaturalKey& key,
                                               absl::string_view authority_name) const = 0;
  virtual std::optional<Record> Find(storage::Session& session, const Id& id) const = 0;
  // Newest decision first, from `after` on.
  virtual std::vector<Record> OfSubject(storage::Session& session, absl::string_view uscc,
                                        const std::optional<PagePosition>& after,
                                        int limit) const = 0;
  virtual void Insert(storage::Tx& tx, const Record& record, absl::string_view fingerprint,
                      absl::Time now) const = 0;
  // Takes over other content: version + 1, publicity stays as it is.
  virtual void Update(storage::Tx& tx, const Id& id, const RecordContent& content,
                      absl::string_view fingerprint, absl::Time now) const = 0;
  // Writes version, state and what ended it.
  virtual void SavePublicity(storage::Tx& tx, const Record& record) const = 0;
};

// What became of decisions.
class Endings {
 public:
  virtual ~Endings() = default;
  virtual std::optional<EnteredDecision> Find(storage::Session& session,
                                              const Id& decision) const = 0;
  virtual void Insert(storage::Tx& tx, const Ending& ending) const = 0;
  virtual std::optional<Ending> FindWhole(storage::Session& session, const Id& decision) const = 0;
  // Those that were refused and are not settled, oldest first, from `after` on.
  virtual std::vector<Ending> Refused(storage::Session& session, const Id& after,
                                      int limit) const = 0;
  // Writes outcome, version and reason.
  virtual void Settle(storage::Tx& tx, const Ending& ending) const = 0;
};

// The stream "publication". Appends the event for `ending` to the outbox.
class Announcer {
 public:
  virtual ~Announcer() = default;
  virtual void Announce(storage::Tx& tx, const messaging::Cause& cause,
                        const Ending& ending) const = 0;
};

}  // namespace xiufu::publication
