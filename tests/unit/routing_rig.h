#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/catalogue/law.h"
#include "libs/service/dispatcher.h"
#include "libs/service/due_work.h"
#include "libs/storage/database.h"
#include "libs/storage/outbox.h"
#include "libs/storage/waiting.h"
#include "libs/testing/manual_clock.h"
#include "services/routing/migrations.h"
#include "services/routing/wiring.h"

namespace xiufu::routing {

// The shipped law, loaded once.
inline const catalogue::LawSnapshot& ShippedLaw() {
  static const auto* const law = new catalogue::LawSnapshot(
      *catalogue::LoadLaw({"deploy/catalogue", "deploy/calendars", "deploy/authorities"}));
  return *law;
}

// Routing as it runs, without threads: a store, the wiring, the engine's path of an event.
class RoutingRig {
 public:
  explicit RoutingRig(const std::string& path = ":memory:", absl::Time now = kStart) : clock_(now) {
    wiring_ = WireRouting(&law_);
    database_ = *storage::Database::Open({.path = path, .service = "routing", .run_inline = true},
                                         Migrations(), &clock_);
    handling_ =
        std::make_unique<service::Handling>(&wiring_, service::RetryPolicy(), [] { return 0.0; });
    due_ = std::make_unique<service::DueWork>(database_.get(), &wiring_, handling_.get(), &clock_);
    dispatcher_ = std::make_unique<service::Dispatcher>(service::Dispatcher::Parts{
        &wiring_.subscriptions[0], database_.get(), handling_.get(), &stopped_,
        [](const std::string&) {}, [](const std::string&, const std::string&) {}});
    database_->Start();
  }
  ~RoutingRig() { database_->Stop(); }

  // With the claim: an event that the store has taken before is nothing.
  void Deliver(const std::vector<messaging::EncodedEvent>& events) {
    service::Batch batch;
    batch.events = events;
    batch.now = clock_.Now();
    dispatcher_->Offer(std::make_shared<service::Batch>(std::move(batch)),
                       [](const absl::Status&) {});
    while (database_->RunPending() > 0) {
    }
  }
  // Without the claim: what a producer's new epoch brings again.
  void Handle(const messaging::EncodedEvent& event) {
    absl::Status written = absl::UnknownError("not run");
    database_->Write(
        [&](storage::Tx& tx) {
          handling_->TakeNew(event, clock_.Now(), tx);
          return absl::OkStatus();
        },
        [&](const absl::Status& status) { written = status; });
    while (database_->RunPending() > 0) {
    }
    if (!written.ok()) throw std::runtime_error(written.ToString());
  }
  // Some of the timers and retries that are due.
  void RunDueOnce() {
    due_->Submit([](const absl::Status&) {});
    while (database_->RunPending() > 0) {
    }
  }
  // All of them, and what falls due by that.
  void RunDue() {
    while (due_->NextDue() <= clock_.Now()) RunDueOnce();
  }

  storage::Waiting::Counts Waiting() {
    storage::Waiting::Counts counts;
    Read([&](storage::Session& session) { counts = database_->waiting().Count(session); });
    return counts;
  }
  std::vector<std::string> ParkedReasons() {
    std::vector<std::string> reasons;
    Read([&](storage::Session& session) {
      for (const storage::WaitingRow& row :
           database_->waiting().List(session, storage::WaitingState::kParked, 0, 100)) {
        reasons.push_back(row.reason);
      }
    });
    return reasons;
  }

  // Everything ever emitted, of all epochs of this store, in stream order.
  std::vector<messaging::Envelope> Emitted() {
    std::vector<messaging::Envelope> events;
    Read([&](storage::Session& session) {
      for (const storage::StreamHead& head : database_->outbox().Heads(session, {})) {
        if (head.head == 0) continue;
        auto rows = database_->outbox().ReadFrom(session, head.stream, head.epoch, head.first,
                                                 static_cast<size_t>(head.head));
        for (const storage::OutboxRow& row : *rows) {
          events.push_back(*messaging::DecodeEnvelope(row.bytes));
        }
      }
    });
    return events;
  }
  // What was said, by id: stream, type and content.
  std::map<std::string, std::string> Said() {
    std::map<std::string, std::string> said;
    for (const messaging::Envelope& event : Emitted()) {
      said[event.id.ToString()] =
          absl::StrCat(event.stream, "|", event.type, "|", event.subject, "|", event.data);
    }
    return said;
  }
  template <typename Proto>
  std::vector<Proto> EmittedAs(absl::string_view type) {
    std::vector<Proto> found;
    for (const messaging::Envelope& event : Emitted()) {
      if (event.type == type) found.emplace_back().ParseFromString(event.data);
    }
    return found;
  }

  // First column of every row.
  std::vector<std::string> Column(const char* literal_sql) {
    std::vector<std::string> values;
    Read([&](storage::Session& session) {
      storage::Query row = session.Sql(literal_sql);
      while (row.Next()) values.emplace_back(row.Text(0));
    });
    return values;
  }
  std::string One(const char* literal_sql) {
    std::vector<std::string> values = Column(literal_sql);
    return values.size() == 1 ? values[0] : absl::StrCat("<", values.size(), " rows>");
  }
  // Every domain row; what must be equal when the same things happened.
  std::vector<std::string> Domain() {
    std::vector<std::string> all;
    for (const char* sql : kDump) {
      for (std::string& row : Column(sql)) all.push_back(std::move(row));
    }
    return all;
  }

  // A person at the desk gives the only case to an authority.
  absl::Status Assign(const Id& case_id, const std::string& authority) {
    absl::Status written = absl::UnknownError("not run");
    const messaging::Cause cause{DeriveId(case_id, "assign", 0, PlaceOf(case_id)), clock_.Now(),
                                 PlaceOf(case_id), ""};
    database_->Write(
        [&](storage::Tx& tx) {
          return AssignCaseTo({case_id, authority, "王某", "按职责分工"}, law_, cause, tx);
        },
        [&](const absl::Status& status) { written = status; });
    while (database_->RunPending() > 0) {
    }
    return written;
  }

  // A reviewer has looked: `defects` are all that is missing.
  absl::Status Review(const Id& case_id, const std::vector<std::string>& defects = {}) {
    return Act(case_id, [&](const messaging::Cause& cause, storage::Tx& tx) {
      return ReviewCaseOf({case_id, defects, "赵某", "已核对"}, law_, cause, tx);
    });
  }
  absl::Status GiveOpinion(const Id& case_id) {
    return Act(case_id, [&](const messaging::Cause& cause, storage::Tx& tx) {
      return GiveOpinionOn({case_id, "赵某", "整改报告缺页"}, law_, cause, tx);
    });
  }

  absl::Status Allow(const Id& case_id, const std::string& answer_id) {
    absl::Status written = absl::UnknownError("not run");
    const messaging::Cause cause{DeriveId(case_id, "allow", 0, PlaceOf(case_id)), clock_.Now(),
                                 PlaceOf(case_id), ""};
    database_->Write(
        [&](storage::Tx& tx) {
          return AllowSupplementOf({case_id, answer_id, "李某", "新的理由成立"}, law_, cause, tx);
        },
        [&](const absl::Status& status) { written = status; });
    while (database_->RunPending() > 0) {
    }
    return written;
  }

  // A person tells what became of the only case in another system.
  absl::Status Tell(const Id& case_id, const Told& told) {
    absl::Status written = absl::UnknownError("not run");
    const messaging::Cause cause{DeriveId(case_id, told.answer_id, 0, PlaceOf(case_id)),
                                 clock_.Now(), PlaceOf(case_id), ""};
    database_->Write(
        [&](storage::Tx& tx) {
          return TellRelayedCase({case_id, told}, law_, cause, tx);
        },
        [&](const absl::Status& status) { written = status; });
    while (database_->RunPending() > 0) {
    }
    return written;
  }

  absl::Status Report(const ReportRevocation::Command& command) {
    absl::Status written = absl::UnknownError("not run");
    const messaging::Cause cause{DeriveId(command.case_id, "report", 0, {}), clock_.Now(), {}, ""};
    database_->Write([&](storage::Tx& tx) { return ReportRevocationOf(command, law_, cause, tx); },
                     [&](const absl::Status& status) { written = status; });
    while (database_->RunPending() > 0) {
    }
    return written;
  }

  // Another law comes into force, as after a SIGHUP.
  void Load(catalogue::LawSnapshot law) {
    law_.Replace(std::move(law));
    Begin();
  }
  // What follows a start and a load.
  void Begin() {
    const absl::Status begun = ApplyCalendar(*database_, law_, clock_.Now());
    if (!begun.ok()) throw std::runtime_error(begun.ToString());
  }

  ManualClock& clock() { return clock_; }
  storage::Database& database() { return *database_; }

  static constexpr absl::Time kStart = absl::FromUnixSeconds(1'780'000'000);  // 2026-05-29 Beijing

 private:
  static constexpr const char* kDump[] = {
      "SELECT 'case '||hex(id)||' '||state||' '||resume||' v'||version||' '||changed_at||' "
      "r'||rounds"
      "  ||' '||authority_code||' '||reason||' '||authority_no||' '||counted_answer||' "
      "'||result||' '||decision_no||' '"
      "  ||coalesce(hex(decision),'-')||' '||coalesce(concluded_at,'-')||' '"
      "  ||coalesce(loop_closed_at,'-')||' '||revoked_by||' '"
      "  ||hex(opening_sha256) FROM kase ORDER BY id",
      "SELECT 'task '||hex(id)||' '||accept_due||' '||decide_due||' '||authority_task_no||' '"
      "  ||coalesce(delivered_at,'-') FROM task ORDER BY id",
      "SELECT 'answer '||hex(case_id)||' '||hex(task)||' '||answer_id||' '||kind||' '||counts||' "
      "'||reason||' '"
      "  ||fault_reason||' '||received_at||' '||hex(content) FROM answer ORDER BY case_id, "
      "task, answer_id",
      "SELECT 'supplement '||hex(case_id)||' '||round||' '||supplemented_at||' '||hex(materials)"
      " FROM supplement ORDER BY case_id, round",
      "SELECT 'deadline '||hex(case_id)||' '||kind||' '||start_event||' '||start_date||' "
      "'||days||' '"
      "  ||due_date||' '||skipped||' '||exceptions||' '||pauses FROM deadline ORDER BY case_id, "
      "kind",
      "SELECT 'overdue '||hex(case_id)||' '||kind||' '||since||' '||coalesce(until,'-') FROM "
      "overdue"
      " ORDER BY case_id, kind, since",
      "SELECT 'report '||hex(record)||' '||kind||' '||first_now FROM reported_result ORDER BY "
      "record, "
      "kind",
      "SELECT 'early '||hex(case_id)||' '||key FROM early_input ORDER BY case_id, key",
  };

  absl::Status Act(const Id& case_id,
                   absl::FunctionRef<absl::Status(const messaging::Cause&, storage::Tx&)> act) {
    absl::Status written = absl::UnknownError("not run");
    const messaging::Cause cause{
        DeriveId(case_id, "act", static_cast<uint64_t>(++acts_), PlaceOf(case_id)), clock_.Now(),
        PlaceOf(case_id), ""};
    database_->Write([&](storage::Tx& tx) { return act(cause, tx); },
                     [&](const absl::Status& status) { written = status; });
    while (database_->RunPending() > 0) {
    }
    return written;
  }

  void Read(absl::FunctionRef<void(storage::Session&)> fn) {
    absl::Status status = database_->Read([&](storage::Session& session) {
      fn(session);
      return session.status();
    });
    if (!status.ok()) throw std::runtime_error(status.ToString());
  }

  int acts_ = 0;
  catalogue::LawInForce law_{ShippedLaw()};
  ManualClock clock_;
  service::Wiring wiring_;
  service::StoppedStreams stopped_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<service::Handling> handling_;
  std::unique_ptr<service::DueWork> due_;
  std::unique_ptr<service::Dispatcher> dispatcher_;
};

}  // namespace xiufu::routing
