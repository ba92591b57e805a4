#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/storage/session.h"
#include "libs/storage/tx.h"
#include "services/intake/domain/pushed.h"
#include "services/intake/domain/upstream_return.h"

namespace xiufu::intake {

// A supplement that a door has pushed; its papers are those of the push under its round.
struct PushedSupplement {
  int32_t round = 0;
  std::string sha256;  // of the request
  std::string note;
  bool taken = false;
};

// Round 0 is the application itself.
class PushTable {
 public:
  virtual ~PushTable() = default;
  virtual std::optional<StoredPush> Find(storage::Session& session, const Id& id) const = 0;
  virtual std::optional<StoredPush> FindByNumber(storage::Session& session, FrontDoor door,
                                                 absl::string_view upstream_no) const = 0;
  // Those whose case is of the application.
  virtual std::vector<StoredPush> Of(storage::Session& session, const Id& application) const = 0;
  // What is not settled, from the first after `after` on.
  virtual std::vector<StoredPush> Waiting(storage::Session& session, const Id& after,
                                          int limit) const = 0;
  // `request`: as it came.
  virtual void Insert(storage::Tx& tx, const StoredPush& push, absl::string_view request) const = 0;
  // State, reason, looks, application and record.
  virtual void Save(storage::Tx& tx, const StoredPush& push) const = 0;

  virtual std::vector<PushedMaterial> Papers(storage::Session& session, const Id& push,
                                             int32_t round) const = 0;
  virtual void InsertPapers(storage::Tx& tx, const Id& push, int32_t round,
                            const std::vector<PushedMaterial>& papers) const = 0;
  // The first of any round that is announced with this hash.
  virtual std::optional<Upload> Announced(storage::Session& session, const Id& push,
                                          absl::string_view sha256) const = 0;
  // Of all rounds.
  virtual std::vector<std::string> Missing(storage::Session& session, const Id& push) const = 0;
  virtual void MarkThere(storage::Tx& tx, const Id& push, absl::string_view sha256) const = 0;
  // Whether a paper of this content, size and type is here already, of this very subject: nobody
  // learns of others' papers by their hash.
  virtual bool SubjectHas(storage::Session& session, absl::string_view subject_uscc,
                          const Upload& paper) const = 0;

  virtual std::vector<PushedSupplement> Supplements(storage::Session& session,
                                                    const Id& push) const = 0;
  virtual void InsertSupplement(storage::Tx& tx, const Id& push,
                                const PushedSupplement& supplement) const = 0;
  virtual void MarkSupplementTaken(storage::Tx& tx, const Id& push, int32_t round,
                                   absl::Time at) const = 0;
};

// What goes back under a number, in order.
class ReturnTable {
 public:
  virtual ~ReturnTable() = default;
  // Behind those that the number has; one with this id is a no-op.
  virtual void Append(storage::Tx& tx, const StoredPush& push,
                      const UpstreamReturn& content) const = 0;
  // Of the number, the first that the door does not have and that nobody has given up.
  virtual std::optional<Id> NextOf(storage::Tx& tx, const Id& push) const = 0;
  // xiufu.intake.v1.UpstreamReturn, encoded; the push that it belongs to.
  struct Row {
    Id push;
    FrontDoor door = FrontDoor::kUnspecified;
    std::string content;
  };
  virtual std::optional<Row> Find(storage::Session& session, const Id& id) const = 0;
  virtual void MarkReturned(storage::Tx& tx, const Id& id, absl::Time at) const = 0;
};

// An upstream door's receiving end.
class UpstreamDoor {
 public:
  virtual ~UpstreamDoor() = default;
  // Blocks. INVALID_ARGUMENT and the like: refused for good; UNAVAILABLE: whether it arrived is not
  // known.
  virtual absl::Status Return(const std::string& content, absl::Time deadline) = 0;
};

}  // namespace xiufu::intake
