#pragma once

#include "libs/storage/session.h"
#include "services/routing/app/supervision_ports.h"

namespace xiufu::routing {

class SupervisionOrderTable final : public SupervisionOrders {
 public:
  int64_t NextSequence(storage::Tx& tx, absl::string_view region,
                       absl::CivilDay day) const override;
  std::optional<absl::Time> OverdueSince(storage::Tx& tx, const Id& case_id,
                                         absl::string_view kind) const override;
  std::optional<std::string> FindOpen(storage::Tx& tx, const Id& case_id, absl::string_view kind,
                                      absl::Time since) const override;
  std::optional<SupervisionOrder> Find(storage::Tx& tx, absl::string_view number) const override;
  void Insert(storage::Tx& tx, const SupervisionOrder& order) const override;
  void Reply(storage::Tx& tx, absl::string_view number, absl::string_view person,
             absl::string_view text, absl::Time at) const override;

  // The same outside the writer.
  std::optional<SupervisionOrder> Read(storage::Session& session, absl::string_view number) const;
  // The oldest first, after that of this time and number; of every authority where none is named.
  std::vector<SupervisionOrder> List(storage::Session& session, absl::Time after_at,
                                     absl::string_view after_number,
                                     absl::string_view authority_code, bool open_only,
                                     int limit) const;
};

}  // namespace xiufu::routing
