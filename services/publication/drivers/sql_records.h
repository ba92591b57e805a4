#pragma once

#include "services/publication/app/ports.h"

namespace xiufu::publication {

// Table "record".
class SqlRecords final : public Records {
 public:
  std::optional<KnownRecord> FindByKey(storage::Session& session, const NaturalKey& key,
                                       absl::string_view authority_name) const override;
  std::optional<Record> Find(storage::Session& session, const Id& id) const override;
  std::vector<Record> OfSubject(storage::Session& session, absl::string_view uscc,
                                const std::optional<PagePosition>& after, int limit) const override;
  std::vector<NamedRecord> OfName(storage::Session& session, absl::string_view name,
                                  const std::optional<NamePosition>& after,
                                  int limit) const override;
  void Insert(storage::Tx& tx, const Record& record, absl::string_view fingerprint,
              absl::string_view reckoned_by, absl::Time now) const override;
  void Update(storage::Tx& tx, const Id& id, const RecordContent& content,
              absl::string_view fingerprint, absl::Time now) const override;
  std::vector<Record> Over(storage::Session& session, absl::CivilDay today,
                           int limit) const override;
  std::optional<absl::CivilDay> NextEnd(storage::Session& session) const override;
  std::vector<Record> NotReckonedBy(storage::Session& session, absl::string_view version,
                                    int limit) const override;
  void SaveReckoning(storage::Tx& tx, const Id& id, const Publicity& publicity,
                     absl::string_view version) const override;
  void SavePublicity(storage::Tx& tx, const Record& record) const override;

  // Public ones whose subjects may apply on this day, of a region by the subjects' codes or of all,
  // by (repairable_on, id), behind that one.
  std::vector<Record> Repairable(storage::Session& session, absl::CivilDay on,
                                 absl::string_view region, absl::string_view after_day,
                                 const Id& after, int limit) const;
};

}  // namespace xiufu::publication
