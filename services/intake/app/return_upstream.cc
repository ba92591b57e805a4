#include "services/intake/app/return_upstream.h"

#include <optional>

namespace xiufu::intake {

using service::JobOutcome;

JobOutcome ReturnUpstream::operator()(const storage::Job& job, absl::Time deadline) const {
  std::optional<ReturnTable::Row> row;
  const absl::Status read = database_->Read([&](storage::Session& session) {
    row = returns_->Find(session, job.id);
    return session.status();
  });
  if (!read.ok()) return JobOutcome::Retry(read);
  if (!row.has_value()) return JobOutcome::Retry(absl::NotFoundError("the return of this job"));
  const auto door = doors_.find(row->door);
  if (door == doors_.end()) {
    return JobOutcome::Retry(absl::FailedPreconditionError(
        "该上级入口未配置回传地址 / no address is configured for this upstream door"));
  }
  const absl::Status sent = door->second->Return(row->content, deadline);
  if (!sent.ok()) return JobOutcome::Retry(sent);
  return JobOutcome::Done(
      [tell = tell_, id = job.id, push = row->push](storage::Tx& tx, absl::Time now) {
        tell->Returned(tx, id, push, now);
        return absl::OkStatus();
      });
}

}  // namespace xiufu::intake
