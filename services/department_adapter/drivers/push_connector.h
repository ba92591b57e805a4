#pragma once

#include <string>

#include "libs/base/clock.h"
#include "libs/delivery/http_client.h"
#include "services/department_adapter/app/connector.h"

namespace xiufu::department {

// An authority's system that is pushed to: xiufu.department.v1 as HTTP/JSON
// (tests/authority/README.md lists the paths).
class PushConnector final : public Connector {
 public:
  struct Options {
    std::string base_url;                        // of the authority's system
    std::string token;                           // ours towards it
    std::string public_url;                      // where it reaches our HTTP server
    const Interruption* interruption = nullptr;  // of its calls; outlives the connector
  };
  PushConnector(const Options& options, const Clock* clock);

  absl::StatusOr<Receipt> Deliver(const Task& task, const ApplicationFile& file,
                                  absl::Time deadline) override;
  absl::StatusOr<Receipt> Query(const Task& task, absl::Time deadline) override;
  absl::Status PassOn(const Task& task, const Supplement& supplement, const ApplicationFile& file,
                      absl::Time deadline) override;
  absl::Status Complain(const Task& task, const Fault& fault, absl::Time deadline) override;
  absl::Status Advise(const Task& task, const Opinion& opinion, absl::Time deadline) override;
  absl::Status Remind(const Task& task, const Reminder& reminder, absl::Time deadline) override;
  absl::Status Cancel(const Task& task, const Cancellation& cancellation,
                      absl::Time deadline) override;

 private:
  absl::StatusOr<delivery::HttpAnswer> Post(const std::string& path, const std::string& json,
                                            absl::Time deadline);

  const std::string public_url_;
  const Clock* const clock_;
  delivery::HttpClient http_;
};

}  // namespace xiufu::department
