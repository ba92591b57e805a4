#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libs/messaging/envelope.h"
#include "libs/storage/outbox.h"
#include "tests/unit/intake_fixture.h"
#include "xiufu/intake/v1/events.pb.h"
#include "xiufu/result/v1/events.pb.h"
#include "xiufu/routing/v1/events.pb.h"

namespace xiufu::intake {

// What routing and the ledger say of cases, and what intake says.
class CaseEventsTest : public IntakeTest {
 protected:
  using IntakeTest::IntakeTest;

  std::vector<messaging::Envelope> Sent() {
    std::vector<messaging::Envelope> events;
    EXPECT_TRUE(database_
                    ->Read([&](storage::Session& session) {
                      auto rows = database_->outbox().ReadFrom(session, "intake",
                                                               database_->epoch(), 1, 100);
                      if (!rows.ok()) return absl::OkStatus();
                      for (const storage::OutboxRow& row : *rows) {
                        events.push_back(*messaging::DecodeEnvelope(row.bytes));
                      }
                      return absl::OkStatus();
                    })
                    .ok());
    return events;
  }

  absl::Status Open(const Id& application, uint8_t case_no, uint8_t record) {
    routing::v1::CaseOpened event;
    event.set_case_id(std::string(TestId(case_no).bytes()));
    event.set_application(std::string(application.bytes()));
    event.set_record(std::string(TestId(record).bytes()));
    event.mutable_authority()->set_code("transport");
    event.mutable_authority()->set_name("丹东市交通运输局");
    Stamp(event.mutable_opened_at());
    return Take("xiufu.routing.case_opened.v1", event);
  }

  routing::v1::CaseChanged Change(const Id& application, uint8_t case_no, int version,
                                  common::v1::CaseState state) {
    routing::v1::CaseChanged event;
    event.set_case_id(std::string(TestId(case_no).bytes()));
    event.set_application(std::string(application.bytes()));
    event.set_version(version);
    event.set_state(state);
    Stamp(event.mutable_changed_at());
    return event;
  }

  absl::Status Conclude(const Id& application, uint8_t case_no, common::v1::CaseResult result,
                        int version = 2) {
    routing::v1::CaseChanged event =
        Change(application, case_no, version, common::v1::CASE_STATE_CONCLUDED);
    event.set_result(result);
    event.set_decision_no("丹交修〔2026〕1号");
    return Take("xiufu.routing.case_changed.v1", event);
  }

  absl::Status CloseLoop(const Id& application, uint8_t case_no) {
    result::v1::LoopClosed event;
    event.set_case_id(std::string(TestId(case_no).bytes()));
    event.set_application(std::string(application.bytes()));
    Stamp(event.mutable_closed_at());
    return Take("xiufu.result.loop_closed.v1", event);
  }

  void Stamp(google::protobuf::Timestamp* time) {
    clock_.Advance(absl::Seconds(1));
    time->set_seconds(absl::ToUnixSeconds(clock_.Now()));
  }
};

}  // namespace xiufu::intake
