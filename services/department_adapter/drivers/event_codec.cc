#include "services/department_adapter/drivers/event_codec.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libs/messaging/envelope.h"
#include "libs/storage/outbox.h"
#include "services/department_adapter/drivers/answer_codec.h"
#include "xiufu/department/v1/events.pb.h"

namespace xiufu::department {
namespace {

constexpr char kSource[] = "/xiufu/department_adapter";

template <typename Event>
absl::StatusOr<Event> Parse(absl::string_view data) {
  Event event;
  if (event.ParseFromArray(data.data(), static_cast<int>(data.size()))) return event;
  return absl::InvalidArgumentError(absl::StrCat("not a ", Event::descriptor()->name()));
}

// Collects ids; one that is no id makes the whole event unusable.
class IdReader {
 public:
  Id Read(const std::string& bytes, const char* field) {
    absl::StatusOr<Id> id = Id::FromBytes(bytes);
    if (id.ok() && !id->IsNone()) return *id;
    status_.Update(absl::InvalidArgumentError(absl::StrCat(field, " is no id")));
    return Id();
  }
  const absl::Status& status() const { return status_; }

 private:
  absl::Status status_;
};

// Milliseconds are what a store keeps.
absl::Time TimeOf(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixMillis(timestamp.seconds() * 1000 + timestamp.nanos() / 1000000);
}

void SetTime(absl::Time time, google::protobuf::Timestamp& timestamp) {
  const int64_t millis = absl::ToUnixMillis(time);
  timestamp.set_seconds(millis / 1000);
  timestamp.set_nanos(static_cast<int32_t>(millis % 1000 * 1000000));
}

absl::StatusOr<std::vector<Material>> MaterialsOf(
    const google::protobuf::RepeatedPtrField<common::v1::MaterialRef>& list) {
  std::vector<Material> materials;
  IdReader ids;
  for (const common::v1::MaterialRef& ref : list) {
    materials.push_back({ids.Read(ref.material(), "materials.material"), ref.kind(),
                         ref.media_type(), ref.size(), ref.sha256()});
    if (ref.sha256().size() != 32 || ref.size() <= 0) {
      return absl::InvalidArgumentError("materials: a wrong sha256 or size");
    }
  }
  if (!ids.status().ok()) return ids.status();
  return materials;
}

RecordFacts RecordOf(const common::v1::RecordSnapshot& snapshot, IdReader& ids) {
  RecordFacts record;
  record.record = ids.Read(snapshot.record(), "record.record");
  record.version = snapshot.version();
  record.subject_uscc = snapshot.subject_uscc();
  record.subject_name = snapshot.subject_name();
  record.document_no = snapshot.document_no();
  record.decision_date = snapshot.decision_date();
  record.penalty_kinds.assign(snapshot.penalty_kinds().begin(), snapshot.penalty_kinds().end());
  record.fine_fen = snapshot.fine_fen();
  record.confiscated_fen = snapshot.confiscated_fen();
  record.violation = snapshot.violation();
  if (snapshot.matter() != common::v1::MATTER_KIND_UNSPECIFIED) {
    absl::string_view matter = common::v1::MatterKind_Name(snapshot.matter());
    absl::ConsumePrefix(&matter, "MATTER_KIND_");
    record.matter = std::string(matter);
  }
  record.list_name = snapshot.list_name();
  record.ground = snapshot.ground();
  return record;
}

void Append(storage::Tx& tx, const messaging::Cause& cause, const Task& task,
            absl::string_view type, const google::protobuf::Message& event) {
  const std::string stream = absl::StrCat("adapter.", task.authority_code);
  const messaging::About about = {stream, type, absl::StrCat("tasks/", task.id.ToString()),
                                  task.application, task.is_objection() ? Id() : task.case_id};
  tx.outbox().Append(tx,
                     messaging::NewEvent(cause, kSource, about, event.GetDescriptor()->full_name(),
                                         event.SerializeAsString()));
}

template <typename Event>
void SetTask(const Task& task, Event& event) {
  event.set_task(std::string(task.id.bytes()));
  event.set_case_id(std::string(task.case_id.bytes()));
  event.set_application(std::string(task.application.bytes()));
  event.set_authority_code(task.authority_code);
}

Opinion OpinionOf(const v1::ReviewOpinion& proto, const Id& task) {
  return {.task = task,
          .review = proto.review(),
          .by = proto.by(),
          .text = proto.text(),
          .missing = {proto.missing().begin(), proto.missing().end()},
          .given_at = TimeOf(proto.given_at())};
}

}  // namespace

absl::StatusOr<Task> DecodeTaskGiven(absl::string_view data) {
  absl::StatusOr<v1::TaskGiven> event = Parse<v1::TaskGiven>(data);
  if (!event.ok()) return event.status();
  absl::StatusOr<std::vector<Material>> materials = MaterialsOf(event->materials());
  if (!materials.ok()) return materials.status();
  IdReader ids;
  Task task;
  task.id = ids.Read(event->task(), "task");
  task.case_id = ids.Read(event->case_id(), "case_id");
  task.application = ids.Read(event->application(), "application");
  task.application_number = event->application_number();
  task.authority_code = event->authority_code();
  task.record = RecordOf(event->record(), ids);
  task.rule_id = event->rule().rule_id();
  task.materials = *std::move(materials);
  task.given_at = TimeOf(event->given_at());
  task.accept_due = event->accept_due();
  task.decide_due = event->decide_due();
  for (const v1::ReviewOpinion& opinion : event->opinions()) {
    task.opinions.push_back(OpinionOf(opinion, task.id));
  }
  if (!ids.status().ok()) return ids.status();
  if (task.authority_code.empty()) return absl::InvalidArgumentError("authority_code is missing");
  return task;
}

absl::StatusOr<Task> DecodeObjectionGiven(absl::string_view data) {
  absl::StatusOr<v1::ObjectionGiven> event = Parse<v1::ObjectionGiven>(data);
  if (!event.ok()) return event.status();
  absl::StatusOr<std::vector<Material>> materials = MaterialsOf(event->materials());
  if (!materials.ok()) return materials.status();
  IdReader ids;
  Task task;
  task.id = ids.Read(event->task(), "task");
  task.case_id = task.application = ids.Read(event->objection(), "objection");
  task.application_number = event->number();
  task.authority_code = event->authority_code();
  task.record = RecordOf(event->record(), ids);
  task.rule_id = event->rule().rule_id();
  task.materials = *std::move(materials);
  task.given_at = TimeOf(event->given_at());
  task.decide_due = event->decide_due();
  task.objection_kind = event->kind();
  if (!event->case_id().empty()) task.repair_case = ids.Read(event->case_id(), "case_id");
  if (!ids.status().ok()) return ids.status();
  if (task.authority_code.empty()) return absl::InvalidArgumentError("authority_code is missing");
  if (!task.is_objection()) return absl::InvalidArgumentError("kind is missing");
  return task;
}

absl::StatusOr<Supplement> DecodeSupplementPassedOn(absl::string_view data) {
  absl::StatusOr<v1::SupplementPassedOn> event = Parse<v1::SupplementPassedOn>(data);
  if (!event.ok()) return event.status();
  absl::StatusOr<std::vector<Material>> materials = MaterialsOf(event->materials());
  if (!materials.ok()) return materials.status();
  IdReader ids;
  Supplement supplement;
  supplement.task = ids.Read(event->task(), "task");
  supplement.round = event->round();
  supplement.materials = *std::move(materials);
  supplement.supplemented_at = TimeOf(event->supplemented_at());
  if (!ids.status().ok()) return ids.status();
  supplement.answer_id = event->answer_id();
  supplement.fetched = {event->fetched().begin(), event->fetched().end()};
  // Round 0 is where the papers of the task itself stand.
  if (supplement.round == 0) return absl::InvalidArgumentError("round counts from 1, or from -1");
  if ((supplement.round < 0) == supplement.answer_id.empty()) {
    return absl::InvalidArgumentError("answered from the case: a round below 0 and an answer_id");
  }
  return supplement;
}

absl::StatusOr<Opinion> DecodeOpinionGiven(absl::string_view data) {
  absl::StatusOr<v1::OpinionPassedOn> event = Parse<v1::OpinionPassedOn>(data);
  if (!event.ok()) return event.status();
  IdReader ids;
  Opinion opinion = OpinionOf(event->opinion(), ids.Read(event->task(), "task"));
  if (!ids.status().ok()) return ids.status();
  if (opinion.review.empty()) return absl::InvalidArgumentError("opinion.review is missing");
  return opinion;
}

absl::StatusOr<Fault> DecodeAnswerFaulty(absl::string_view data) {
  absl::StatusOr<v1::AnswerFaulty> event = Parse<v1::AnswerFaulty>(data);
  if (!event.ok()) return event.status();
  IdReader ids;
  Fault fault;
  fault.task = ids.Read(event->task(), "task");
  fault.answer_id = event->answer_id();
  fault.reason = event->reason();
  if (!ids.status().ok()) return ids.status();
  return fault;
}

absl::StatusOr<Reminder> DecodeReminderGiven(absl::string_view data) {
  absl::StatusOr<v1::ReminderGiven> event = Parse<v1::ReminderGiven>(data);
  if (!event.ok()) return event.status();
  IdReader ids;
  Reminder reminder;
  reminder.task = ids.Read(event->task(), "task");
  reminder.kind = event->kind();
  reminder.text = event->text();
  reminder.deadline_kind = event->deadline_kind();
  reminder.due_date = event->due_date();
  reminder.number = event->number();
  reminder.given_at = TimeOf(event->given_at());
  if (!ids.status().ok()) return ids.status();
  if (absl::c_linear_search(kReminderKinds, reminder.kind)) return reminder;
  return absl::InvalidArgumentError("kind is none that is known");
}

absl::StatusOr<Cancellation> DecodeTaskCancelled(absl::string_view data) {
  absl::StatusOr<v1::TaskCancelled> event = Parse<v1::TaskCancelled>(data);
  if (!event.ok()) return event.status();
  IdReader ids;
  Cancellation cancellation;
  cancellation.task = ids.Read(event->task(), "task");
  cancellation.cause = event->cause();
  cancellation.cancelled_at = TimeOf(event->cancelled_at());
  if (!ids.status().ok()) return ids.status();
  if (absl::c_linear_search(kCancellationCauses, cancellation.cause)) return cancellation;
  return absl::InvalidArgumentError("cause is none that is known");
}

void OutboxEvents::Delivered(storage::Tx& tx, const messaging::Cause& cause, const Task& task,
                             absl::string_view authority_task_no) const {
  v1::TaskDelivered event;
  SetTask(task, event);
  event.set_authority_task_no(std::string(authority_task_no));
  SetTime(cause.now, *event.mutable_delivered_at());
  Append(
      tx, cause, task,
      task.is_objection() ? "xiufu.adapter.objection_delivered.v1" : "xiufu.adapter.delivered.v1",
      event);
}

void OutboxEvents::Answered(storage::Tx& tx, const messaging::Cause& cause, const Task& task,
                            const Answer& answer) const {
  v1::TaskAnswered event;
  SetTask(task, event);
  *event.mutable_answer() = ToProto(answer);
  SetTime(cause.now, *event.mutable_received_at());
  Append(tx, cause, task,
         task.is_objection() ? "xiufu.adapter.objection_answered.v1" : "xiufu.adapter.answered.v1",
         event);
}

}  // namespace xiufu::department
