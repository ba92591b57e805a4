#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "libs/storage/database.h"
#include "services/intake/app/call_cause.h"
#include "services/intake/app/client_write.h"
#include "services/intake/app/ports.h"
#include "services/intake/domain/agents.h"
#include "services/intake/domain/law.h"

namespace xiufu::intake {

struct ReplacePowerCommand {
  std::string application;  // "applications/<uuid>"
  PowerCommand power;
  std::string document;  // "materials/<uuid>"; may be empty for a draft
};

struct AgentPage {
  std::vector<AgentCount> agents;
  std::vector<bool> stands_out;  // one per agent
  catalogue::WindowTerms terms;
  absl::CivilDay from;
  absl::CivilDay to;
  bool more = false;
};

// Those who act for others. Any thread.
class Agents {
 public:
  Agents(CallContext context, LawSource law, Tables tables, storage::Database* database,
         std::string agent_secret)
      : context_(context),
        law_(law),
        tables_(tables),
        database_(database),
        agent_secret_(std::move(agent_secret)) {}

  // A new power for an application of an agent, in place of one that lacks something. What
  // ValidatePower says; NOT_FOUND for an application of another caller; FAILED_PRECONDITION with
  // reason NO_AGENT; INVALID_ARGUMENT for a document that is not a new one of this application.
  void ReplacePower(const Call& call, const ReplacePowerCommand& command,
                    ClientWrite<PowerOfAttorney> write);
  // How much each applied for in the period that ends with a day (ISO 8601, empty: today); as long
  // as the catalogue says.
  absl::StatusOr<AgentPage> List(const std::string& to_date, int64_t offset, int limit) const;

 private:
  absl::StatusOr<PowerOfAttorney> Replace(storage::Tx& tx, const Call& call, const Id& application,
                                          const PowerCommand& command, const Id& document,
                                          absl::Time now) const;
  absl::Status CheckDocument(storage::Session& session, const Application& application,
                             const Id& document) const;

  const CallContext context_;
  const LawSource law_;
  const Tables tables_;
  storage::Database* const database_;
  const std::string agent_secret_;
};

}  // namespace xiufu::intake
