#pragma once

#include <map>
#include <optional>
#include <string>

#include "libs/base/clock.h"
#include "libs/service/work.h"
#include "libs/storage/database.h"
#include "services/department_adapter/app/connector.h"
#include "services/department_adapter/app/ports.h"
#include "services/department_adapter/app/receive_answer.h"

namespace xiufu::department {

// The jobs: each makes one call to the authority's system and says what is to be written when it
// was answered. On worker threads; reads the store, never writes it.
class OutsideCalls {
 public:
  struct Parts {
    storage::Database* database = nullptr;
    const Clock* clock = nullptr;
    std::map<std::string, Connector*> connectors;  // by authority code
    IntakeFiles* intake = nullptr;
    MaterialCache* cache = nullptr;
    const Tasks* tasks = nullptr;
    const Notices* notices = nullptr;
    const Events* events = nullptr;
    ReceiveAnswer receive_answer;
  };
  explicit OutsideCalls(Parts parts);

  // Fetches what the authority needs from intake, gives it the task, then writes the
  // acknowledgement and tells routing. Where it is not known whether an earlier call arrived, asks
  // the authority first. Once the task is cancelled it only asks: what arrived is acknowledged, and
  // its cancellation follows; what did not is sent no more.
  service::JobOutcome DeliverTask(const storage::Job& job, absl::Time deadline) const;
  service::JobOutcome DeliverSupplement(const storage::Job& job, absl::Time deadline) const;
  service::JobOutcome DeliverOpinion(const storage::Job& job, absl::Time deadline) const;
  service::JobOutcome DeliverFault(const storage::Job& job, absl::Time deadline) const;
  service::JobOutcome DeliverReminder(const storage::Job& job, absl::Time deadline) const;
  service::JobOutcome DeliverCancellation(const storage::Job& job, absl::Time deadline) const;

 private:
  struct Loaded {
    StoredTask stored;
    bool cancelled = false;
    Connector* connector = nullptr;
  };
  // How a notice without papers is told.
  template <typename Notice>
  struct Telling {
    std::optional<Notice> (Notices::*find)(storage::Session&, const Id&) const;
    absl::Status (Connector::*call)(const Task&, const Notice&, absl::Time);
    void (Notices::*mark)(storage::Tx&, const Id&, absl::Time) const;
    bool behind_task = false;  // it waits until the authority has acknowledged the task
  };
  template <typename Notice>
  service::JobOutcome Tell(const storage::Job& job, absl::Time deadline,
                           const Telling<Notice>& telling) const;
  absl::StatusOr<Loaded> Load(const Id& task) const;
  bool MayHaveArrived(const storage::Job& job) const;
  absl::StatusOr<Receipt> Deliver(const storage::Job& job, const Loaded& loaded,
                                  absl::Time deadline) const;
  service::JobOutcome AskAfterCancelled(const storage::Job& job, Loaded loaded,
                                        absl::Time deadline) const;
  absl::StatusOr<ApplicationFile> GatherPapers(const Loaded& loaded,
                                               const std::vector<Material>& materials,
                                               absl::Time deadline) const;
  service::JobOutcome Acknowledged(StoredTask stored, Receipt receipt) const;

  const Parts parts_;
  const absl::Time started_;
};

}  // namespace xiufu::department
