// Reminders, lights, escalations, supervision orders and how long cases took, on a store.
#include <gtest/gtest.h>

#include <optional>

#include "services/routing/drivers/supervision_api.h"
#include "tests/unit/routing_rpc.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/department/v1/events.pb.h"
#include "xiufu/routing/v1/events.pb.h"
#include "xiufu/routing/v1/supervision.grpc.pb.h"

namespace xiufu::routing {
namespace {

constexpr char kLight[] = "xiufu.routing.light_changed.v1";

// Midnight of a day of June 2026 in Shanghai; the 1st is a Monday, the 19th the Dragon Boat
// Festival.
absl::Time June(int day) {
  return absl::FromCivil(absl::CivilDay(2026, 6, day), absl::FixedTimeZone(8 * 60 * 60));
}

class RoutingSupervision : public ::testing::Test {
 protected:
  void Feed(std::initializer_list<messaging::EncodedEvent> events) { rig_.Deliver(events); }
  void GoTo(absl::Time time) {
    rig_.clock().AdvanceTo(time);
    rig_.RunDue();
  }
  std::vector<std::string> Lights() {
    std::vector<std::string> lights;
    for (const auto& light : rig_.EmittedAs<v1::LightChanged>(kLight)) {
      lights.push_back(
          absl::StrCat(light.kind(), " ", v1::Light_Name(light.light()), " ", light.due_date()));
    }
    return lights;
  }
  std::vector<std::string> Steps() {
    return rig_.Column(
        "SELECT kind||' '||step||' '||sent_to||' '||proposes_order||' '"
        "||date(at / 1000, 'unixepoch', '+8 hours') FROM escalation ORDER BY at, kind, step");
  }

  RoutingRig rig_;
  Upstream up_{RoutingRig::kStart};
};

using Texts = std::vector<std::string>;

TEST_F(RoutingSupervision, ALightIsYellowFromTheReminderOnAndRedWhenTheDayIsOver) {
  Feed({up_.Submitted(), up_.Delivered(1)});  // accepted by Wednesday, 3 June
  GoTo(June(2) - absl::Seconds(1));
  EXPECT_TRUE(Lights().empty());
  GoTo(June(2));
  EXPECT_EQ(Lights(), (Texts{"ACCEPT LIGHT_YELLOW 2026-06-03"}));
  GoTo(June(4));
  EXPECT_EQ(Lights(), (Texts{"ACCEPT LIGHT_YELLOW 2026-06-03", "ACCEPT LIGHT_RED 2026-06-03"}));
  EXPECT_EQ(rig_.One("SELECT state FROM kase"), "2") << "nothing is decided by it";
  EXPECT_EQ(rig_.EmittedAs<v1::LightChanged>(kLight)[0].at().seconds(),
            absl::ToUnixSeconds(June(2)));
}

TEST_F(RoutingSupervision, TheAuthorityThatHasTheTaskIsRemindedAndNobodyElse) {
  const auto reminders = [&] {
    Texts told;
    for (const auto& one :
         rig_.EmittedAs<department::v1::ReminderGiven>("xiufu.dept.reminder_given.v1")) {
      told.push_back(absl::StrCat(one.kind(), " ", one.deadline_kind(), " ", one.due_date()));
    }
    return told;
  };
  Feed({up_.Submitted()});
  GoTo(June(2));
  EXPECT_EQ(reminders(), Texts{}) << "what is not delivered is ours";
  Feed({up_.Delivered(1)});
  GoTo(June(4));
  EXPECT_EQ(reminders(), (Texts{"DUE_SOON ACCEPT 2026-06-03", "OVERDUE ACCEPT 2026-06-03"}));
  Feed({up_.Returned(2, "a1")});  // the desk has it: the whole case's limit runs on, with nobody
  GoTo(June(20));
  EXPECT_EQ(reminders().size(), 2u);
}

TEST_F(RoutingSupervision, WhatIsMissedGoesUpStepByStepAndEndsInAProposal) {
  Feed({up_.Submitted(), up_.Delivered(1)});
  GoTo(June(30));
  EXPECT_EQ(Steps(),
            (Texts{"ACCEPT 1 AUTHORITY 0 2026-06-05", "ACCEPT 2 LINE_SUPERIOR 0 2026-06-09",
                   "ACCEPT 3 SUPERVISION 1 2026-06-11", "OVERALL 1 AUTHORITY 0 2026-06-16",
                   "OVERALL 2 LINE_SUPERIOR 0 2026-06-18", "OVERALL 3 SUPERVISION 1 2026-06-23"}));
  EXPECT_EQ(rig_.One("SELECT count(*) FROM timer"), "0");
}

TEST_F(RoutingSupervision, AnAnswerEndsTheEscalation) {
  Feed({up_.Submitted(), up_.Delivered(1)});
  GoTo(June(5));
  Feed({up_.Accepted(24 * 8, "a1")});
  GoTo(June(10));
  EXPECT_EQ(Steps(), (Texts{"ACCEPT 1 AUTHORITY 0 2026-06-05"}));
}

TEST_F(RoutingSupervision, WhatCouldNotBeDeliveredIsBroughtBeforeTheOperatorOnly) {
  Feed({up_.Submitted()});
  GoTo(June(10));
  EXPECT_EQ(Steps(), (Texts{"DELIVER 1 OPERATOR 0 2026-06-02"}));
}

TEST_F(RoutingSupervision, AClockThatIsPutBackTellsNothingTwice) {
  Feed({up_.Submitted(), up_.Delivered(1)});
  GoTo(June(5));
  const Texts lights = Lights();
  const Texts steps = Steps();
  rig_.clock().JumpTo(June(1));
  rig_.RunDue();
  GoTo(June(5));
  EXPECT_EQ(Lights(), lights);
  EXPECT_EQ(Steps(), steps);
}

TEST_F(RoutingSupervision, ASupplementMovesTheReminderAlong) {
  Feed({up_.Submitted(), up_.Delivered(1), up_.SupplementAsked(72, "a1")});  // Monday the 1st
  GoTo(June(8));
  EXPECT_TRUE(Lights().empty()) << "the applicant has the turn";
  Feed({up_.Supplemented(24 * 11)});  // the 9th, with two days left
  GoTo(June(13));
  EXPECT_EQ(Lights(), (Texts{"ACCEPT LIGHT_YELLOW 2026-06-11", "ACCEPT LIGHT_RED 2026-06-11"}));
}

TEST_F(RoutingSupervision, OneBadAuthorityHoldsUpNobodysEscalation) {
  Upstream bad(RoutingRig::kStart, 1000);
  rig_.Handle(bad.Submitted("transport"));
  // Another application, of another authority.
  messaging::EncodedEvent other = up_.Submitted("environment");
  intake::v1::ApplicationSubmitted submitted;
  submitted.ParseFromString(other.envelope.data);
  const Id application = DeriveId(Id(), "other application", 1, {1, 7});
  submitted.set_application(std::string(application.bytes()));
  other.envelope.id = DeriveId(Id(), "other event", 1, {1, 7});
  other.envelope.application = application;
  other.envelope.data = submitted.SerializeAsString();
  rig_.Handle(other);
  ASSERT_EQ(rig_.One("SELECT count(*) FROM kase"), "1001");
  // What is due of the bad one's fails for good: its cases are gone from under their timers.
  const absl::Status broken = rig_.database().WriteAndWait([](storage::Tx& tx) {
    tx.Run(
        "UPDATE timer SET kind = 'BROKEN_DUE' WHERE kind = 'OVERALL_DUE' AND subject IN"
        " (SELECT id FROM kase WHERE authority_code = 'transport' ORDER BY id LIMIT 500)");
    return tx.status();
  });
  ASSERT_TRUE(broken.ok()) << broken;
  GoTo(June(30));
  EXPECT_EQ(rig_.Column("SELECT kind||' '||step FROM escalation"
                        " WHERE authority_code = 'environment' ORDER BY 1"),
            (Texts{"DELIVER 1", "OVERALL 1", "OVERALL 2", "OVERALL 3"}));
  EXPECT_EQ(rig_.One("SELECT count(*) FROM escalation WHERE authority_code = 'transport'"
                     " AND kind = 'OVERALL' AND step = 3"),
            "500");
  EXPECT_EQ(rig_.One("SELECT count(*) FROM timer WHERE kind = 'BROKEN_DUE'"), "500")
      << "kept, and tried again later";
}

TEST_F(RoutingSupervision, GrossAndNetTimeCanBeRecomputedFromRows) {
  Feed({up_.Submitted(), up_.Delivered(2), up_.SupplementAsked(10, "a1"), up_.Supplemented(30),
        up_.Accepted(31, "a2"), up_.Decided(40, "a3"), up_.Entered(50, "a3")});
  EXPECT_EQ(rig_.One("SELECT (gross / 3600000)||' '||(net / 3600000)||' '"
                     "||(with_authority / 3600000)||' '||authority_code FROM case_time"),
            "50 30 28 transport");
  EXPECT_EQ(rig_.One("SELECT (kase.concluded_at - kase.opened_at = case_time.gross) AND"
                     " (case_time.gross - (SELECT sum(until - asked_at) FROM case_pause) ="
                     " case_time.net) FROM kase JOIN case_time ON case_time.case_id = kase.id"),
            "1");
}

TEST_F(RoutingSupervision, OneThatIsClosedWithoutASupplementStoodStillToTheEnd) {
  Feed({up_.Submitted(), up_.SupplementAsked(10, "a1"), up_.SupplementMissed(24 * 30)});
  EXPECT_EQ(rig_.One("SELECT (gross / 3600000)||' '||(net / 3600000)||' '||with_authority"
                     " FROM case_time"),
            "720 10 0");
}

TEST_F(RoutingSupervision, AJumpOverAllLimitsTellsEachOnceAndByItsOwnDay) {
  Feed({up_.Submitted(), up_.Delivered(1)});
  rig_.clock().JumpTo(June(30) + absl::Hours(240));
  rig_.RunDue();
  const Texts steps = Steps();
  const Texts lights = Lights();
  EXPECT_EQ(steps.size(), 6u);
  EXPECT_EQ(steps[0], "ACCEPT 1 AUTHORITY 0 2026-06-05");
  EXPECT_EQ(lights.size(), 4u);
  rig_.RunDue();
  EXPECT_EQ(Steps(), steps);
  EXPECT_EQ(Lights(), lights);
  EXPECT_EQ(rig_.One("SELECT state FROM kase"), "2") << "nothing ends by silence";
}

TEST(RoutingSupervisionRestart, EscalationGoesOnAfterAStart) {
  TempFolder folder;
  const std::string path = folder.FilePath("store.db");
  Upstream up(RoutingRig::kStart);
  {
    RoutingRig rig(path);
    rig.Deliver({up.Submitted(), up.Delivered(1)});
    rig.clock().AdvanceTo(June(5));
    rig.RunDue();
  }
  RoutingRig rig(path, June(12));
  rig.RunDue();
  EXPECT_EQ(rig.Column("SELECT step FROM escalation WHERE kind = 'ACCEPT' ORDER BY 1"),
            (Texts{"1", "2", "3"}));
}

// Over a real socket.
class RoutingSupervisionRpc : public ::testing::Test {
 protected:
  void SetUp() override {
    {
      RoutingRig rig(path());
      rig.Deliver({up_.Submitted(), up_.Delivered(1)});
      rig.clock().AdvanceTo(June(12));
      rig.RunDue();
    }
    desk_.emplace(path(), NewSupervisionService, ShippedLaw(), June(12),
                  std::vector<std::string>{"operator", "portal"});
  }
  std::string path() { return folder_.FilePath("store.db"); }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (v1::SupervisionService::Stub::*method)(
                                    grpc::ClientContext*, const Request&, Response*),
                                const Request& request, const std::string& principal = "operator") {
    return desk_->Call(method, request, principal);
  }
  v1::IssueOrderRequest AboutAcceptance() {
    v1::IssueOrderRequest request;
    request.set_request_id("018f3c1e-0000-7000-8000-000000000001");
    request.set_case_id(std::string(up_.case_id().bytes()));
    request.set_kind("ACCEPT");
    request.set_person("李某");
    request.set_demand("请说明逾期原因并于三日内办理");
    return request;
  }
  absl::StatusOr<v1::SupervisionOrder> Issue(const v1::IssueOrderRequest& request) {
    return Call(&v1::SupervisionService::Stub::IssueOrder, request);
  }

  TempFolder folder_;
  Upstream up_{RoutingRig::kStart};
  std::optional<RoutingRpc> desk_;
};

TEST_F(RoutingSupervisionRpc, ClocksShowTheirReceiptTheirLightAndTheProofOfThePush) {
  const auto page = Call(&v1::SupervisionService::Stub::ListClocks, v1::ListClocksRequest());
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->clocks_size(), 2);
  const v1::Clock& accept = page->clocks(0);
  EXPECT_EQ(accept.deadline().kind(), "ACCEPT");
  EXPECT_EQ(accept.deadline().start_event(), "PUSHED_TO_AUTHORITY");
  EXPECT_EQ(accept.light(), v1::LIGHT_RED);
  EXPECT_EQ(accept.owner(), v1::CLOCK_OWNER_AUTHORITY);
  EXPECT_EQ(accept.authority_task_no(), "T-1");
  EXPECT_EQ(accept.delivered_at().seconds(), absl::ToUnixSeconds(up_.At(1)));
  EXPECT_EQ(page->clocks(1).light(), v1::LIGHT_YELLOW);  // OVERALL is due today
}

TEST_F(RoutingSupervisionRpc, AnOrderIsIssuedOnceHasATimeForItsReplyAndKeepsIt) {
  v1::ListEscalationsRequest proposals;
  proposals.set_open_proposals(true);
  EXPECT_EQ(Call(&v1::SupervisionService::Stub::ListEscalations, proposals)->escalations_size(), 1);
  const auto order = Issue(AboutAcceptance());
  ASSERT_TRUE(order.ok()) << order.status();
  EXPECT_EQ(order->number().substr(0, 20), "DB210600202606120001");
  EXPECT_EQ(order->reply_due().due_date(), "2026-06-17");
  EXPECT_EQ(order->reply_due().source(), "本系统");
  EXPECT_EQ(order->light(), v1::LIGHT_GREEN);
  EXPECT_EQ(Call(&v1::SupervisionService::Stub::ListEscalations, proposals)->escalations_size(), 0);
  EXPECT_EQ(Issue(AboutAcceptance())->number(), order->number()) << "the same request";
  v1::IssueOrderRequest again = AboutAcceptance();
  again.set_request_id("018f3c1e-0000-7000-8000-000000000002");
  EXPECT_TRUE(HasReason(Issue(again).status(), "ORDER_OPEN"));

  desk_->clock().AdvanceTo(June(18));
  v1::RecordReplyRequest reply;
  reply.set_request_id("018f3c1e-0000-7000-8000-000000000003");
  reply.set_number(order->number());
  reply.set_person("张某");
  reply.set_reply("已受理");
  const auto replied = Call(&v1::SupervisionService::Stub::RecordReply, reply);
  ASSERT_TRUE(replied.ok()) << replied.status();
  EXPECT_EQ(replied->reply(), "已受理");
  EXPECT_EQ(replied->light(), v1::LIGHT_RED) << "a day late";
  reply.set_request_id("018f3c1e-0000-7000-8000-000000000004");
  EXPECT_TRUE(HasReason(Call(&v1::SupervisionService::Stub::RecordReply, reply).status(),
                        "REPLIED_ALREADY"));
  const auto listed = Call(&v1::SupervisionService::Stub::ListOrders, v1::ListOrdersRequest());
  ASSERT_EQ(listed->orders_size(), 1);
  EXPECT_EQ(listed->orders(0).replied_by(), "张某");
}

// The deadline is missed still: once more after the reply, never two at a time.
TEST_F(RoutingSupervisionRpc, ASecondOrderComesOnlyAfterTheReplyToTheFirst) {
  const auto first = Issue(AboutAcceptance());
  ASSERT_TRUE(first.ok()) << first.status();
  v1::RecordReplyRequest reply;
  reply.set_request_id("018f3c1e-0000-7000-8000-000000000005");
  reply.set_number(first->number());
  reply.set_person("张某");
  reply.set_reply("正在核实");
  ASSERT_TRUE(Call(&v1::SupervisionService::Stub::RecordReply, reply).ok());
  v1::IssueOrderRequest again = AboutAcceptance();
  again.set_request_id("018f3c1e-0000-7000-8000-000000000006");
  const auto second = Issue(again);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_NE(second->number(), first->number());
  again.set_request_id("018f3c1e-0000-7000-8000-000000000007");
  EXPECT_TRUE(HasReason(Issue(again).status(), "ORDER_OPEN"));
  const auto listed = Call(&v1::SupervisionService::Stub::ListOrders, v1::ListOrdersRequest());
  ASSERT_EQ(listed->orders_size(), 2);
  EXPECT_EQ(listed->orders(0).reply() + listed->orders(1).reply(), "正在核实")
      << "each keeps its own";
}

TEST_F(RoutingSupervisionRpc, OnlyAboutWhatTheAuthorityHasMissed) {
  v1::IssueOrderRequest request = AboutAcceptance();
  request.set_kind("OVERALL");
  EXPECT_TRUE(HasReason(Issue(request).status(), "NOT_OVERDUE"));
  request.set_kind("DELIVER");
  EXPECT_TRUE(HasReason(Issue(request).status(), "NOT_THE_AUTHORITYS"));
  request.set_kind("LUNCH");
  request.set_person("");
  std::vector<std::string> fields;
  for (const Violation& wrong : ViolationsOf(Issue(request).status())) {
    fields.push_back(wrong.field);
  }
  EXPECT_EQ(fields, (Texts{"kind", "person"}));
  EXPECT_EQ(
      Call(&v1::SupervisionService::Stub::IssueOrder, AboutAcceptance(), "portal").status().code(),
      absl::StatusCode::kPermissionDenied);
}

TEST_F(RoutingSupervisionRpc, EscalationsNameTheAuthorityAndWhoIsAboveIt) {
  const auto page =
      Call(&v1::SupervisionService::Stub::ListEscalations, v1::ListEscalationsRequest());
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->escalations_size(), 3);
  const catalogue::Authority* transport = ShippedLaw()->authorities.FindByCode("transport");
  EXPECT_EQ(page->escalations(0).to_name(), transport->name);
  EXPECT_EQ(page->escalations(1).to(), "LINE_SUPERIOR");
  EXPECT_EQ(page->escalations(1).to_name(), "辽宁省交通运输厅");
  EXPECT_EQ(page->escalations(2).to_name(), "");
}

TEST_F(RoutingSupervisionRpc, ListsGoOnPageByPage) {
  v1::ListRemindersRequest request;
  request.set_page_size(1);
  Texts told;
  do {
    const auto page = Call(&v1::SupervisionService::Stub::ListReminders, request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const v1::Reminder& one : page->reminders()) {
      told.push_back(absl::StrCat(one.kind(), " ", v1::Light_Name(one.light())));
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(told, (Texts{"ACCEPT LIGHT_YELLOW", "ACCEPT LIGHT_RED", "OVERALL LIGHT_YELLOW"}));
  v1::ListOverdueRequest overdue;
  overdue.set_open_only(true);
  EXPECT_EQ(Call(&v1::SupervisionService::Stub::ListOverdue, overdue)->overdue_size(), 1);
}

TEST_F(RoutingSupervisionRpc, FiguresArePerAuthority) {
  const auto page =
      Call(&v1::SupervisionService::Stub::ListAuthorityFigures, v1::ListAuthorityFiguresRequest());
  ASSERT_TRUE(page.ok()) << page.status();
  for (const v1::AuthorityFigures& figures : page->figures()) {
    const bool has_it = figures.authority().code() == "transport";
    EXPECT_EQ(figures.open_cases(), has_it ? 1 : 0);
    EXPECT_EQ(figures.overdue_now(), has_it ? 1 : 0);
    EXPECT_EQ(figures.escalations(), has_it ? 3 : 0);
  }
}

}  // namespace
}  // namespace xiufu::routing
