#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/storage/database.h"
#include "libs/storage/jobs.h"
#include "libs/storage/outbox.h"
#include "libs/testing/manual_clock.h"
#include "services/department_adapter/migrations.h"
#include "services/department_adapter/wiring.h"
#include "xiufu/department/v1/events.pb.h"

namespace xiufu::department {

inline Id TestId(absl::string_view tag) { return DeriveId(Id(), tag, 1, {1, 2}); }
inline std::string Bytes(const Id& id) { return std::string(id.bytes()); }
inline absl::Time TestNow() { return absl::FromUnixMillis(1775000000000); }

inline constexpr char kPaper[] = "%PDF-1.4 a paper";

// What routing gives: a task for "transport" with one paper.
inline v1::TaskGiven GivenTask(absl::string_view tag = "task") {
  v1::TaskGiven event;
  event.set_task(Bytes(TestId(tag)));
  event.set_case_id(Bytes(TestId(absl::StrCat(tag, "/case"))));
  event.set_application(Bytes(TestId("application")));
  event.set_application_number("XYXF210600202604010000000014");
  event.set_authority_code("transport");
  event.mutable_record()->set_record(Bytes(TestId("record")));
  event.mutable_record()->set_version(3);
  event.mutable_record()->set_subject_uscc("91210600MAYY000188");
  event.mutable_record()->set_subject_name("丹东示例贸易有限公司");
  event.mutable_record()->set_document_no("丹交罚〔2025〕1号");
  event.mutable_record()->set_decision_date("2025-03-01");
  event.mutable_record()->add_penalty_kinds("罚款");
  event.mutable_record()->set_fine_fen(500000);
  event.mutable_rule()->set_rule_id("N36-GEN");
  auto& paper = *event.add_materials();
  paper.set_material(Bytes(TestId("paper")));
  paper.set_kind("M2");
  paper.set_media_type("application/pdf");
  paper.set_size(sizeof(kPaper) - 1);
  paper.set_sha256(Sha256(kPaper));
  event.mutable_given_at()->set_seconds(1775000000);
  event.set_accept_due("2026-04-03");
  event.set_decide_due("2026-04-15");
  return event;
}

// The same of an objection, about a repair.
inline v1::ObjectionGiven GivenObjection() {
  v1::ObjectionGiven event;
  event.set_task(Bytes(TestId("objection task")));
  event.set_objection(Bytes(TestId("objection")));
  event.set_number("XYXF210600202604010000000022");
  event.set_authority_code("transport");
  event.set_kind("PERIOD");
  *event.mutable_record() = GivenTask().record();
  event.mutable_rule()->set_rule_id("OBJ");
  *event.add_materials() = GivenTask().materials(0);
  event.mutable_given_at()->set_seconds(1775000000);
  event.set_decide_due("2026-04-10");
  event.set_case_id(Bytes(TestId("repair")));
  return event;
}

// What routing says of a task whose answer is needed no more.
inline v1::TaskCancelled CancelledTask(const std::string& cause = "WITHDRAWN") {
  v1::TaskCancelled event;
  event.set_task(Bytes(TestId("task")));
  event.set_case_id(Bytes(TestId("task/case")));
  event.set_application(Bytes(TestId("application")));
  event.set_cause(cause);
  event.mutable_cancelled_at()->set_seconds(1775000300);
  return event;
}

// Of the job that the event with this tag led to.
inline Id TestJobId(absl::string_view event, absl::string_view kind) {
  return DeriveId(TestId(event), kind, 0, {1, 2});
}

inline Answer ApprovalOf(const Id& task, const std::string& answer_id = "A-1") {
  Decided decided;
  decided.approved = true;
  decided.decision_no = "准〔2026〕1号";
  decided.decision_date = "2026-04-02";
  decided.record_version = 3;
  return {answer_id, task, "2026-04-02T09:00:00+08:00", decided};
}

// An intake that has one paper.
class FakeIntake final : public IntakeFiles {
 public:
  absl::StatusOr<ApplicationFile> GetApplicationFile(const Id&, absl::Time) override {
    ++file_calls;
    if (before_file != nullptr) before_file();
    if (!status.ok()) return status;
    return ApplicationFile{
        {"张三", "13800000000", "HANDLER"}, {{TestId("paper"), "承诺书.pdf"}}, {}};
  }
  absl::StatusOr<ApplicationFile> GetObjectionFile(const Id& objection, absl::Time) override {
    if (!status.ok()) return status;
    ApplicationFile file{{"李四 " + objection.ToString().substr(0, 8), "13900000000", "HANDLER"},
                         {{TestId("paper"), "收据.pdf"}},
                         {}};
    file.statement = "罚款金额有误";
    return file;
  }
  absl::StatusOr<std::string> FetchMaterial(const Id&, absl::string_view, int64_t,
                                            absl::Time) override {
    ++material_calls;
    if (!status.ok()) return status;
    return bytes;
  }
  absl::Status status;
  std::string bytes = kPaper;
  std::function<void()> before_file;
  std::atomic<int> file_calls = 0;
  int material_calls = 0;
};

class FakeCache final : public MaterialCache {
 public:
  bool Has(absl::string_view sha256, int64_t size) const override {
    auto found = bytes.find(std::string(sha256));
    return found != bytes.end() && found->second.size() == static_cast<size_t>(size);
  }
  absl::Status Put(absl::string_view sha256, absl::string_view content) override {
    bytes[std::string(sha256)] = std::string(content);
    return absl::OkStatus();
  }
  std::map<std::string, std::string> bytes;
};

// Notes what it is asked and answers as told.
class FakeSystem final : public Connector {
 public:
  absl::StatusOr<Receipt> Deliver(const Task& task, const ApplicationFile& file,
                                  absl::Time) override {
    calls.push_back("deliver " + file.applicant.name);
    if (!status.ok()) return status;
    return Receipt{absl::StrCat("T-", task.id.ToString().substr(0, 8)), std::nullopt};
  }
  absl::StatusOr<Receipt> Query(const Task&, absl::Time) override {
    calls.push_back("query");
    return query;
  }
  absl::Status PassOn(const Task&, const Supplement& supplement, const ApplicationFile&,
                      absl::Time) override {
    std::string call = absl::StrCat("supplement ", supplement.round);
    if (!supplement.answer_id.empty()) {
      absl::StrAppend(&call, " ", supplement.answer_id, " ",
                      absl::StrJoin(supplement.fetched, ","));
    }
    calls.push_back(std::move(call));
    return status;
  }
  absl::Status Complain(const Task&, const Fault& fault, absl::Time) override {
    calls.push_back(absl::StrCat("fault ", fault.answer_id));
    return status;
  }
  absl::Status Advise(const Task&, const Opinion& opinion, absl::Time) override {
    calls.push_back(absl::StrCat("opinion ", opinion.by, " ", opinion.text));
    return status;
  }
  absl::Status Remind(const Task&, const Reminder& reminder, absl::Time) override {
    calls.push_back(absl::StrCat("reminder ", reminder.kind));
    reminded = reminder;
    return status;
  }
  absl::Status Cancel(const Task&, const Cancellation& cancellation, absl::Time) override {
    calls.push_back(absl::StrCat("cancel ", cancellation.cause));
    cancelled = cancellation;
    return status;
  }
  std::vector<std::string> calls;
  std::optional<Reminder> reminded;
  std::optional<Cancellation> cancelled;
  absl::Status status;
  absl::StatusOr<Receipt> query = absl::NotFoundError("never arrived");
};

// The adapter as it runs, without threads.
class DepartmentTest : public ::testing::Test {
 protected:
  void SetUp() override {
    database_ = *storage::Database::Open(
        {.path = ":memory:", .service = "department_adapter", .run_inline = true}, Migrations(),
        &clock_);
    database_->Start();
    Rewire();
  }
  void TearDown() override { database_->Stop(); }

  // As after a restart of the process.
  void Rewire() {
    wiring_ = WireDepartmentAdapter(
        {database_.get(), &clock_, {{"transport", connector_}}, &intake_, &cache_, &messages_});
  }
  absl::Status Write(absl::AnyInvocable<absl::Status(storage::Tx&)> fn) {
    absl::Status result = absl::UnknownError("not run");
    database_->Write(std::move(fn), [&](const absl::Status& status) { result = status; });
    while (database_->RunPending() > 0) {
    }
    return result;
  }
  absl::Status Handle(absl::string_view type, const google::protobuf::Message& event,
                      absl::string_view tag = "event") {
    messaging::Envelope envelope;
    envelope.id = TestId(tag);
    envelope.type = std::string(type);
    envelope.data = event.SerializeAsString();
    envelope.place = {1, 2};
    const service::EventHandler* handler = wiring_.router.Find(type);
    return Write([&](storage::Tx& tx) {
      return (*handler)(envelope, messaging::CauseOf(envelope, clock_.Now()), tx);
    });
  }
  absl::Status Give(const v1::TaskGiven& event) {
    return Handle("xiufu.dept.task_given.v1", event);
  }
  std::vector<storage::Job> Jobs() {
    std::vector<storage::Job> jobs;
    EXPECT_TRUE(database_
                    ->Read([&](storage::Session& session) {
                      jobs = database_->jobs().Due(session, clock_.Now() + absl::Hours(100), 100,
                                                   {}, {});
                      return session.status();
                    })
                    .ok());
    return jobs;
  }
  std::vector<std::string> JobKinds() {
    std::vector<std::string> kinds;
    for (const storage::Job& job : Jobs()) kinds.push_back(job.kind);
    std::sort(kinds.begin(), kinds.end());
    return kinds;
  }
  std::optional<storage::Job> JobCalled(const Id& id) {
    std::optional<storage::Job> job;
    EXPECT_TRUE(database_
                    ->Read([&](storage::Session& session) {
                      job = database_->jobs().Find(session, id);
                      return session.status();
                    })
                    .ok());
    return job;
  }
  // As after a refusal for good.
  void Park(const Id& id) {
    ASSERT_TRUE(JobCalled(id).has_value());
    ASSERT_TRUE(Write([&](storage::Tx& tx) {
                  tx.jobs().Park(tx, id, 1, clock_.Now(), "refused");
                  return absl::OkStatus();
                }).ok());
  }
  // Runs one job and enters its outcome; the error when it has to be run again.
  absl::Status Run(const storage::Job& job) {
    service::JobOutcome outcome =
        wiring_.jobs.by_kind[job.kind](job, clock_.Now(), clock_.Now() + absl::Seconds(20));
    if (outcome.kind == service::JobOutcome::Kind::kRetry) return outcome.error;
    return Write([&](storage::Tx& tx) {
      EXPECT_TRUE(tx.jobs().Remove(tx, job.id));
      return outcome.apply == nullptr ? absl::OkStatus() : outcome.apply(tx, clock_.Now());
    });
  }
  absl::Status RunOnlyJob() {
    const std::vector<storage::Job> jobs = Jobs();
    if (jobs.size() != 1) return absl::InternalError(absl::StrCat(jobs.size(), " jobs"));
    return Run(jobs[0]);
  }
  std::vector<messaging::Envelope> Emitted() {
    std::vector<messaging::Envelope> events;
    EXPECT_TRUE(database_
                    ->Read([&](storage::Session& session) {
                      for (const auto& head : database_->outbox().Heads(session, {})) {
                        if (head.head == 0) continue;
                        auto rows =
                            database_->outbox().ReadFrom(session, head.stream, head.epoch, 1, 100);
                        for (const auto& row : *rows) {
                          events.push_back(*messaging::DecodeEnvelope(row.bytes));
                        }
                      }
                      return session.status();
                    })
                    .ok());
    return events;
  }
  std::vector<std::string> Types() {
    std::vector<std::string> types;
    for (const messaging::Envelope& event : Emitted()) types.push_back(event.type);
    return types;
  }

  ManualClock clock_{TestNow()};
  FakeIntake intake_;
  FakeCache cache_;
  const catalogue::Messages messages_ = *catalogue::Messages::Load("deploy/messages");
  FakeSystem system_;
  Connector* connector_ = &system_;
  std::unique_ptr<storage::Database> database_;
  service::Wiring wiring_;
};

}  // namespace xiufu::department
