#include "services/department_adapter/drivers/instant_connector.h"

#include "absl/strings/str_cat.h"
#include "libs/base/clock.h"
#include "libs/base/legal_day.h"

namespace xiufu::department {
namespace {

Answer Approval(const Task& task) {
  const std::string number = absl::StrCat("I-", task.id.ToString());
  Decided decided;
  decided.approved = true;
  decided.decision_no = number;
  decided.decision_date = FormatDay(LegalDay(task.given_at));
  decided.record_version = task.record.version;
  return {number, task.id,
          absl::FormatTime("%Y-%m-%dT%H:%M:%E3S%Ez", task.given_at, ShanghaiZone()), decided};
}

}  // namespace

absl::StatusOr<Receipt> InstantConnector::Deliver(const Task& task, const ApplicationFile&,
                                                  absl::Time) {
  // An objection it takes and leaves to people.
  if (task.is_objection()) return Receipt{absl::StrCat("I-", task.id.ToString()), std::nullopt};
  Answer approval = Approval(task);
  return Receipt{approval.answer_id, std::move(approval)};
}

absl::StatusOr<Receipt> InstantConnector::Query(const Task& task, absl::Time deadline) {
  return Deliver(task, {}, deadline);
}

absl::Status InstantConnector::PassOn(const Task&, const Supplement&, const ApplicationFile&,
                                      absl::Time) {
  return absl::OkStatus();
}

absl::Status InstantConnector::Complain(const Task&, const Fault&, absl::Time) {
  return absl::OkStatus();
}

absl::Status InstantConnector::Advise(const Task&, const Opinion&, absl::Time) {
  return absl::OkStatus();
}

absl::Status InstantConnector::Remind(const Task&, const Reminder&, absl::Time) {
  return absl::OkStatus();
}

absl::Status InstantConnector::Cancel(const Task&, const Cancellation&, absl::Time) {
  return absl::OkStatus();
}

}  // namespace xiufu::department
