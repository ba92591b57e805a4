#pragma once

#include "services/intake/app/front_door_ports.h"

namespace xiufu::intake {

class SqlPushTable final : public PushTable {
 public:
  std::optional<StoredPush> Find(storage::Session& session, const Id& id) const override;
  std::optional<StoredPush> FindByNumber(storage::Session& session, FrontDoor door,
                                         absl::string_view upstream_no) const override;
  std::vector<StoredPush> Of(storage::Session& session, const Id& application) const override;
  std::vector<StoredPush> Waiting(storage::Session& session, const Id& after,
                                  int limit) const override;
  void Insert(storage::Tx& tx, const StoredPush& push, absl::string_view request) const override;
  void Save(storage::Tx& tx, const StoredPush& push) const override;

  std::vector<PushedMaterial> Papers(storage::Session& session, const Id& push,
                                     int32_t round) const override;
  void InsertPapers(storage::Tx& tx, const Id& push, int32_t round,
                    const std::vector<PushedMaterial>& papers) const override;
  std::optional<Upload> Announced(storage::Session& session, const Id& push,
                                  absl::string_view sha256) const override;
  std::vector<std::string> Missing(storage::Session& session, const Id& push) const override;
  void MarkThere(storage::Tx& tx, const Id& push, absl::string_view sha256) const override;
  bool SubjectHas(storage::Session& session, absl::string_view subject_uscc,
                  const Upload& paper) const override;

  std::vector<PushedSupplement> Supplements(storage::Session& session,
                                            const Id& push) const override;
  void InsertSupplement(storage::Tx& tx, const Id& push,
                        const PushedSupplement& supplement) const override;
  void MarkSupplementTaken(storage::Tx& tx, const Id& push, int32_t round,
                           absl::Time at) const override;
};

}  // namespace xiufu::intake
