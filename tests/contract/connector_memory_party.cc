#include <map>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "services/department_adapter/drivers/task_json.h"
#include "tests/contract/connector_party.h"

namespace xiufu::department {
namespace {

class MemorySystem final : public Connector {
 public:
  absl::StatusOr<Receipt> Deliver(const Task& task, const ApplicationFile& file,
                                  absl::Time) override {
    absl::MutexLock lock(&mutex_);
    absl::Status status = Take(task.id, TaskJson(task, file, ""));
    if (!status.ok()) return status;
    return ReceiptOf(task.id);
  }
  absl::StatusOr<Receipt> Query(const Task& task, absl::Time) override {
    absl::MutexLock lock(&mutex_);
    if (!bodies_.contains(task.id)) return absl::NotFoundError("never arrived");
    return ReceiptOf(task.id);
  }
  absl::Status PassOn(const Task& task, const Supplement& supplement, const ApplicationFile& file,
                      absl::Time) override {
    absl::MutexLock lock(&mutex_);
    if (!bodies_.contains(task.id)) return absl::FailedPreconditionError("no such task");
    return Take(supplement.id, SupplementJson(task, supplement, file, ""));
  }
  absl::Status Complain(const Task& task, const Fault& fault, absl::Time) override {
    absl::MutexLock lock(&mutex_);
    if (!bodies_.contains(task.id)) return absl::FailedPreconditionError("no such task");
    return Take(fault.id, FaultJson(fault));
  }
  absl::Status Advise(const Task& task, const Opinion& opinion, absl::Time) override {
    absl::MutexLock lock(&mutex_);
    if (!bodies_.contains(task.id)) return absl::FailedPreconditionError("no such task");
    return Take(opinion.id, OpinionJson(opinion));
  }
  absl::Status Remind(const Task& task, const Reminder& reminder, absl::Time) override {
    absl::MutexLock lock(&mutex_);
    if (!bodies_.contains(task.id)) return absl::OkStatus();
    return Take(reminder.id, ReminderJson(reminder));
  }
  absl::Status Cancel(const Task& task, const Cancellation& cancellation, absl::Time) override {
    absl::MutexLock lock(&mutex_);
    if (!bodies_.contains(task.id)) return absl::OkStatus();
    return Take(cancellation.id, CancellationJson(cancellation));
  }

 private:
  absl::Status Take(const Id& id, const std::string& body) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    auto [known, is_new] = bodies_.emplace(id, body);
    if (!is_new && known->second != body) return absl::AlreadyExistsError("other content");
    return absl::OkStatus();
  }
  static Receipt ReceiptOf(const Id& task) {
    return {absl::StrCat("M-", task.ToString()), std::nullopt};
  }

  absl::Mutex mutex_;
  std::map<Id, std::string> bodies_ ABSL_GUARDED_BY(mutex_);
};

class MemoryParty final : public Party {
 public:
  Connector& connector() override { return system_; }
  std::string AnswerIdOf(const Task&, const Receipt&) override { return "A-1"; }

 private:
  MemorySystem system_;
};

}  // namespace

std::unique_ptr<Party> NewMemoryParty() { return std::make_unique<MemoryParty>(); }

}  // namespace xiufu::department
