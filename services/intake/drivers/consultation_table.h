#pragma once

#include "services/intake/app/ports.h"

namespace xiufu::intake {

class SqlConsultationTable final : public ConsultationTable {
 public:
  std::optional<Consultation> Find(storage::Session& session, const Id& id) const override;
  std::vector<Consultation> List(storage::Session& session,
                                 const ConsultationFilter& filter) const override;
  void Insert(storage::Tx& tx, const Consultation& consultation) const override;
  void SaveLink(storage::Tx& tx, const Consultation& consultation) const override;
  void Move(storage::Tx& tx, const Id& id, absl::string_view region) const override;
  void EraseContacts(storage::Tx& tx, absl::Time before) const override;
  void EraseWords(storage::Tx& tx, absl::Time before) const override;
  std::vector<WindowCount> Count(storage::Session& session, absl::string_view region,
                                 absl::string_view from_month,
                                 absl::string_view to_month) const override;
};

}  // namespace xiufu::intake
