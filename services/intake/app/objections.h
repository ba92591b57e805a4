#pragma once

#include <string>
#include <vector>

#include "libs/storage/database.h"
#include "services/intake/app/application_view.h"
#include "services/intake/app/call_cause.h"
#include "services/intake/app/client_write.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/law.h"
#include "services/intake/domain/objection.h"

namespace xiufu::intake {

// An objection with its evidence and what happened to it.
struct ObjectionView {
  Objection objection;
  std::vector<Material> evidence;
  std::vector<ObjectionStep> steps;
  bool with_query_code = false;  // only in the answer to its creation
};
struct ObjectionPage {
  std::vector<ObjectionView> objections;
  bool more = false;
};

// What subjects do with objections. Words and evidence stay here; routing is told ids, the record
// and the kind. Any thread.
class ObjectionsCase {
 public:
  ObjectionsCase(CallContext context, LawSource law, Tables tables, RecordSource* source,
                 const Announcer* announcer, storage::Database* database, std::string agent_secret);

  // A draft. Publication is asked before the writer; the draft keeps the record as it was.
  void Create(const Call& call, const ObjectionCommand& command, ClientWrite<ObjectionView> write);
  // `acting`: who does it; unspecified: the applicant. The refusals of CheckAct.
  void File(const Call& call, const std::string& name, ClientWrite<ObjectionView> write,
            Capacity acting = Capacity::kUnspecified);
  void GiveUp(const Call& call, const std::string& name, ClientWrite<ObjectionView> write,
              Capacity acting = Capacity::kUnspecified);
  // NOT_FOUND for an unknown one and for a wrong query code.
  absl::StatusOr<ObjectionView> Get(const std::string& name, const std::string& query_code) const;
  // Newest first, before `before`; without query codes.
  absl::StatusOr<ObjectionPage> List(const std::string& principal, const Id& before,
                                     int limit) const;
  // For the adapters. NOT_FOUND for a draft, which is nobody else's business.
  absl::StatusOr<ObjectionView> GetFile(const Id& objection) const;

  // Routing's stream. NOT_FOUND when it is not here: this store is older than what it is told.
  absl::Status Take(const ObjectionNews& news, storage::Tx& tx) const;

 private:
  absl::StatusOr<ObjectionView> Insert(storage::Tx& tx, const Call& call,
                                       const ObjectionDraft& draft, const RecordSnapshot& snapshot,
                                       absl::Time now) const;
  absl::StatusOr<ObjectionView> FileOne(storage::Tx& tx, const Call& call, const Id& id,
                                        Capacity acting, absl::Time now) const;
  absl::StatusOr<ObjectionView> GiveUpOne(storage::Tx& tx, const Call& call, const Id& id,
                                          Capacity acting, absl::Time now) const;
  ObjectionView Load(storage::Session& session, Objection objection) const;

  const CallContext context_;
  const LawSource law_;
  const Tables tables_;
  RecordSource* const source_;
  const Announcer* const announcer_;
  storage::Database* const database_;
  const std::string agent_secret_;
};

}  // namespace xiufu::intake
