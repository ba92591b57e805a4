#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/service/handling.h"
#include "libs/storage/database.h"
#include "libs/storage/outbox.h"
#include "libs/storage/waiting.h"
#include "libs/testing/manual_clock.h"
#include "services/result_sync/migrations.h"
#include "services/result_sync/wiring.h"
#include "xiufu/publication/v1/events.pb.h"
#include "xiufu/result/v1/events.pb.h"
#include "xiufu/routing/v1/events.pb.h"

namespace xiufu::result {

inline constexpr absl::Time kTakenAt =
    absl::FromUnixSeconds(1'780'000'000);  // 2026-05-29 in Shanghai
inline constexpr char kEntered[] = "xiufu.result.decision_entered.v1";
inline constexpr char kFaulty[] = "xiufu.result.decision_faulty.v1";
inline constexpr char kConfirmed[] = "xiufu.result.effect_confirmed.v1";
inline constexpr char kClosed[] = "xiufu.result.loop_closed.v1";

inline Id MakeId(const std::string& name) { return DeriveId(Id(), name, 1, {1, 7}); }
inline std::string Bytes(const std::string& name) { return std::string(MakeId(name).bytes()); }

inline messaging::EncodedEvent Event(const std::string& stream, const std::string& type,
                                     const std::string& name, std::string data) {
  messaging::Envelope envelope;
  envelope.id = MakeId(name);
  envelope.type = type;
  envelope.stream = stream;
  envelope.epoch = 1000;
  envelope.seq = 1;
  envelope.application = MakeId("application");
  envelope.case_id = MakeId("case");
  envelope.place = {1, 7};
  envelope.data = std::move(data);
  return {envelope, messaging::EncodeEnvelope(envelope)};
}

inline routing::v1::AnswerTaken Approval(const std::string& answer_id = "a1") {
  routing::v1::AnswerTaken taken;
  taken.set_case_id(Bytes("case"));
  taken.set_application(Bytes("application"));
  taken.set_task(Bytes("task"));
  taken.mutable_record()->set_record(Bytes("record"));
  taken.mutable_record()->set_subject_uscc("91210600MA0000001X");
  taken.mutable_authority()->set_code("transport");
  taken.mutable_answer()->set_answer_id(answer_id);
  department::v1::Answer::Decided* decided = taken.mutable_answer()->mutable_decided();
  decided->set_outcome(department::v1::Answer::APPROVED);
  decided->set_decision_no("丹交修〔2026〕1号");
  decided->set_decision_date("2026-05-29");
  decided->set_record_version(3);
  taken.mutable_taken_at()->set_seconds(absl::ToUnixSeconds(kTakenAt));
  for (const char* effect :
       {"END_PUBLICITY@publication", "STOP_SHARING@publication", "LIFT_MEASURES@authority"}) {
    taken.add_effects(effect);
  }
  taken.set_result_word("终止公示");
  return taken;
}

inline routing::v1::AnswerTaken Refusal() {
  routing::v1::AnswerTaken taken = Approval();
  department::v1::Answer::Decided* decided = taken.mutable_answer()->mutable_decided();
  decided->set_outcome(department::v1::Answer::REFUSED);
  decided->add_reasons("未履行完毕");
  decided->set_remedies("六十日内申请行政复议");
  return taken;
}

// The ledger as it runs, without threads.
class LedgerRig {
 public:
  LedgerRig() : wiring_(WireResultSync()), handling_(&wiring_, {}, [] { return 0.0; }) {
    database_ = *storage::Database::Open(
        {.path = ":memory:", .service = "result_sync", .run_inline = true}, Migrations(), &clock_);
    database_->Start();
  }
  ~LedgerRig() { database_->Stop(); }

  void Handle(const messaging::EncodedEvent& event) {
    (void)Write([&](storage::Tx& tx) {
      handling_.TakeNew(event, clock_.Now(), tx);
      return absl::OkStatus();
    });
  }
  void Take(const routing::v1::AnswerTaken& taken, const std::string& name = "taken") {
    Handle(Event("routing", "xiufu.routing.answer_taken.v1", name, taken.SerializeAsString()));
  }
  void End(const std::string& decision, const std::vector<std::string>& effects,
           const std::string& name = "ended") {
    publication::v1::PublicityEnded ended;
    ended.set_case_id(Bytes("case"));
    ended.set_application(Bytes("application"));
    ended.set_record(Bytes("record"));
    ended.set_decision(decision);
    ended.mutable_ended_at()->set_seconds(absl::ToUnixSeconds(kTakenAt) + 5);
    for (const std::string& effect : effects) ended.add_effects(effect);
    Handle(Event("publication", "xiufu.publication.publicity_ended.v1", name,
                 ended.SerializeAsString()));
  }
  absl::Status Write(absl::AnyInvocable<absl::Status(storage::Tx&)> fn) {
    absl::Status result = absl::UnknownError("not run");
    database_->Write(std::move(fn), [&](const absl::Status& status) { result = status; });
    database_->RunPending();
    return result;
  }

  std::vector<messaging::Envelope> Emitted() {
    std::vector<messaging::Envelope> events;
    Read([&](storage::Session& session) {
      auto rows = database_->outbox().ReadFrom(session, "result", database_->epoch(), 1, 100);
      if (!rows.ok()) return;
      for (const storage::OutboxRow& row : *rows) {
        events.push_back(*messaging::DecodeEnvelope(row.bytes));
      }
    });
    return events;
  }
  std::vector<std::string> Types() {
    std::vector<std::string> types;
    for (const messaging::Envelope& event : Emitted()) types.push_back(event.type);
    return types;
  }
  std::map<std::string, std::string> Said() {
    std::map<std::string, std::string> said;
    for (const messaging::Envelope& event : Emitted()) {
      said[event.id.ToString()] = absl::StrCat(event.type, event.subject, event.data);
    }
    return said;
  }
  template <typename Proto>
  Proto First(absl::string_view type) {
    Proto proto;
    for (const messaging::Envelope& event : Emitted()) {
      if (event.type == type) {
        proto.ParseFromString(event.data);
        return proto;
      }
    }
    ADD_FAILURE() << "no " << type;
    return proto;
  }
  std::string DecisionId() { return First<result::v1::DecisionEntered>(kEntered).decision(); }
  std::string One(const char* sql) {
    std::string value;
    Read([&](storage::Session& session) {
      storage::Query row = session.Sql(sql);
      if (row.Next()) value = std::string(row.Text(0));
    });
    return value;
  }
  int64_t Parked() {
    int64_t parked = 0;
    Read([&](storage::Session& session) { parked = database_->waiting().Count(session).parked; });
    return parked;
  }
  void Read(absl::FunctionRef<void(storage::Session&)> fn) {
    absl::Status status = database_->Read([&](storage::Session& session) {
      fn(session);
      return session.status();
    });
    EXPECT_TRUE(status.ok()) << status;
  }

  const std::vector<std::string> own_{"END_PUBLICITY@publication", "STOP_SHARING@publication"};
  ManualClock clock_{kTakenAt + absl::Seconds(1)};
  service::Wiring wiring_;
  service::Handling handling_;
  std::unique_ptr<storage::Database> database_;
};

}  // namespace xiufu::result
