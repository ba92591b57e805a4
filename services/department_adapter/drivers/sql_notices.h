#pragma once

#include "services/department_adapter/app/ports.h"

namespace xiufu::department {

// Tables "supplement", "fault", "opinion" and "cancellation".
class SqlNotices final : public Notices {
 public:
  std::optional<Supplement> FindSupplement(storage::Session& session, const Id& id) const override;
  std::optional<std::string> SupplementFingerprint(storage::Session& session, const Id& task,
                                                   int32_t round) const override;
  void InsertSupplement(storage::Tx& tx, const Supplement& supplement) const override;
  void MarkSupplementDelivered(storage::Tx& tx, const Id& id, absl::Time at) const override;

  std::optional<Fault> FindFault(storage::Session& session, const Id& id) const override;
  std::optional<std::string> FaultReason(storage::Session& session, const Id& task,
                                         absl::string_view answer_id) const override;
  void InsertFault(storage::Tx& tx, const Fault& fault) const override;
  void MarkFaultDelivered(storage::Tx& tx, const Id& id, absl::Time at) const override;

  std::optional<Opinion> FindOpinion(storage::Session& session, const Id& id) const override;
  std::optional<std::string> OpinionFingerprint(storage::Session& session, const Id& task,
                                                absl::string_view review) const override;
  void InsertOpinion(storage::Tx& tx, const Opinion& opinion) const override;
  void MarkOpinionDelivered(storage::Tx& tx, const Id& id, absl::Time at) const override;
  std::optional<Reminder> FindReminder(storage::Session& session, const Id& id) const override;
  void InsertReminder(storage::Tx& tx, const Reminder& reminder) const override;
  void MarkReminderDelivered(storage::Tx& tx, const Id& id, absl::Time at) const override;

  std::vector<Id> Undelivered(storage::Session& session, const Id& task) const override;

  std::optional<Cancellation> FindCancellation(storage::Session& session,
                                               const Id& id) const override;
  std::optional<Cancellation> CancellationOf(storage::Session& session,
                                             const Id& task) const override;
  void InsertCancellation(storage::Tx& tx, const Cancellation& cancellation) const override;
  void MarkCancellationDelivered(storage::Tx& tx, const Id& id, absl::Time at) const override;
};

}  // namespace xiufu::department
