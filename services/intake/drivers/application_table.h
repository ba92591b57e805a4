#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

class SqlApplicationTable final : public ApplicationTable {
 public:
  std::optional<Application> Find(storage::Session& session, const Id& id) const override;
  std::optional<Application> FindByNumber(storage::Session& session,
                                          absl::string_view number) const override;
  std::vector<Application> List(storage::Session& session,
                                const ApplicationFilter& filter) const override;
  bool HasUpstreamNo(storage::Session& session, FrontDoor door,
                     absl::string_view upstream_no) const override;
  void Insert(storage::Tx& tx, const Application& application) const override;
  void SaveProgress(storage::Tx& tx, const Application& application) const override;
  void SavePrincipal(storage::Tx& tx, const Application& application) const override;
};

}  // namespace xiufu::intake
