#include "services/department_adapter/drivers/push_connector.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "libs/base/text.h"
#include "libs/delivery/http_status.h"
#include "services/department_adapter/drivers/task_json.h"
#include "xiufu/department/v1/department.pb.h"

namespace xiufu::department {
namespace {

constexpr size_t kMaxTaskNo = 64;

absl::Status StatusOf(const delivery::HttpAnswer& answer) {
  return delivery::StatusOf(answer, "the authority's system");
}

absl::StatusOr<Receipt> ReceiptOf(const delivery::HttpAnswer& answer) {
  v1::TaskReceipt receipt;
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;  // an authority may say more than we ask for
  const auto parsed = google::protobuf::util::JsonStringToMessage(answer.body, &receipt, options);
  // Unknown whether it has the task: the next attempt asks.
  if (!parsed.ok() ||
      !CheckText("authorityTaskNo", receipt.authority_task_no(), 1, kMaxTaskNo).ok()) {
    return absl::UnavailableError("the authority's system answered with no usable receipt");
  }
  return Receipt{receipt.authority_task_no(), std::nullopt};
}

std::string PathOf(const Task& task, absl::string_view below = "") {
  return absl::StrCat(task.is_objection() ? "/objections/" : "/tasks/", task.id.ToString(), below);
}

// Where a task is addressed, an authority that does not know it has lost it: it may come back.
absl::Status LostTask(const absl::Status& status) {
  return absl::IsNotFound(status) ? absl::FailedPreconditionError(status.message()) : status;
}

}  // namespace

PushConnector::PushConnector(const Options& options, const Clock* clock)
    : public_url_(options.public_url),
      clock_(clock),
      http_(options.base_url, options.token, options.interruption) {}

absl::StatusOr<Receipt> PushConnector::Deliver(const Task& task, const ApplicationFile& file,
                                               absl::Time deadline) {
  absl::StatusOr<delivery::HttpAnswer> answer = Post(task.is_objection() ? "/objections" : "/tasks",
                                                     TaskJson(task, file, public_url_), deadline);
  if (!answer.ok()) return LostTask(answer.status());
  return ReceiptOf(*answer);
}

absl::StatusOr<Receipt> PushConnector::Query(const Task& task, absl::Time deadline) {
  absl::StatusOr<delivery::HttpAnswer> answer = http_.Get(PathOf(task), deadline - clock_->Now());
  if (!answer.ok()) return answer.status();
  if (absl::Status status = StatusOf(*answer); !status.ok()) return status;
  return ReceiptOf(*answer);
}

absl::Status PushConnector::PassOn(const Task& task, const Supplement& supplement,
                                   const ApplicationFile& file, absl::Time deadline) {
  absl::StatusOr<delivery::HttpAnswer> answer = Post(
      PathOf(task, "/supplements"), SupplementJson(task, supplement, file, public_url_), deadline);
  if (!answer.ok()) return LostTask(answer.status());
  return ReceiptOf(*answer).status();
}

absl::Status PushConnector::Complain(const Task& task, const Fault& fault, absl::Time deadline) {
  return LostTask(Post(PathOf(task, "/faults"), FaultJson(fault), deadline).status());
}

absl::Status PushConnector::Advise(const Task& task, const Opinion& opinion, absl::Time deadline) {
  return LostTask(Post(PathOf(task, "/opinions"), OpinionJson(opinion), deadline).status());
}

absl::Status PushConnector::Remind(const Task& task, const Reminder& reminder,
                                   absl::Time deadline) {
  const absl::Status status =
      Post(PathOf(task, "/reminders"), ReminderJson(reminder), deadline).status();
  // Where there is no such task there is nobody to remind.
  return absl::IsNotFound(status) ? absl::OkStatus() : status;
}

absl::Status PushConnector::Cancel(const Task& task, const Cancellation& cancellation,
                                   absl::Time deadline) {
  const absl::Status status =
      Post(PathOf(task, "/cancellation"), CancellationJson(cancellation), deadline).status();
  // Where there is no such task there is nothing to cancel.
  return absl::IsNotFound(status) ? absl::OkStatus() : status;
}

absl::StatusOr<delivery::HttpAnswer> PushConnector::Post(const std::string& path,
                                                         const std::string& json,
                                                         absl::Time deadline) {
  absl::StatusOr<delivery::HttpAnswer> answer =
      http_.PostJson(path, json, deadline - clock_->Now());
  if (!answer.ok()) return answer;
  if (absl::Status status = StatusOf(*answer); !status.ok()) return status;
  return answer;
}

}  // namespace xiufu::department
