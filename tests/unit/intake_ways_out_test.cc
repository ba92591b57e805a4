// Every way out of a case, on a real store: what people see and read, what routing is told, who may
// apply again.
#include <gtest/gtest.h>

#include "services/intake/app/tell.h"
#include "tests/unit/intake_case_events.h"

namespace xiufu::intake {
namespace {

using common::v1::CaseState_descriptor;

class WaysOutTest : public CaseEventsTest {
 protected:
  // One application for the records 1.. `count`, with their cases 101.. opened.
  ApplicationView OpenedFor(uint8_t count) {
    std::vector<uint8_t> records;
    for (uint8_t n = 1; n <= count; ++n) records.push_back(n);
    ApplicationView view = Submitted(records);
    for (uint8_t n = 1; n <= count; ++n) {
      EXPECT_TRUE(Open(view.application.id, static_cast<uint8_t>(100 + n), n).ok());
    }
    return view;
  }

  absl::Status TakeChange(const routing::v1::CaseChanged& event) {
    return Take("xiufu.routing.case_changed.v1", event);
  }
  absl::Status Move(const Id& application, uint8_t case_no, int version,
                    common::v1::CaseState state) {
    return TakeChange(Change(application, case_no, version, state));
  }
  absl::Status AskForSupplement(const Id& application, uint8_t case_no, int version, int round) {
    routing::v1::CaseChanged event =
        Change(application, case_no, version, common::v1::CASE_STATE_SUPPLEMENT_REQUESTED);
    event.set_round(round);
    event.add_defects("缺公章");
    routing::v1::Deadline* due = event.add_deadlines();
    due->set_kind("SUPPLEMENT");
    due->set_due_date("2026-06-23");
    return TakeChange(event);
  }
  absl::Status RefuseWithdrawal(const Id& application, uint8_t case_no) {
    routing::v1::WithdrawalRefused event;
    event.set_case_id(std::string(TestId(case_no).bytes()));
    event.set_application(std::string(application.bytes()));
    Stamp(event.mutable_refused_at());
    return Take("xiufu.routing.withdrawal_refused.v1", event);
  }
  absl::Status Overdue(const Id& application, uint8_t case_no, int round) {
    routing::v1::SupplementOverdue event;
    event.set_case_id(std::string(TestId(case_no).bytes()));
    event.set_application(std::string(application.bytes()));
    event.set_round(round);
    event.set_due_date("2026-06-23");
    Stamp(event.mutable_overdue_at());
    return Take("xiufu.routing.supplement_overdue.v1", event);
  }

  absl::StatusOr<ApplicationView> Withdraw(const Id& application,
                                           const std::vector<uint8_t>& cases = {},
                                           const Call& call = {"portal", ""}) {
    WithdrawCommand command{ApplicationName(application), {}, "改走其他途径"};
    for (uint8_t n : cases) command.cases.push_back(CaseName(TestId(n)));
    clock_.Advance(absl::Seconds(1));
    return Run<ApplicationView>([&](ClientWrite<ApplicationView> write) {
      intake().withdraw_application(call, command, std::move(write));
    });
  }
  absl::StatusOr<ApplicationView> Supplement(const Id& application, uint8_t case_no,
                                             const Id& material) {
    return Run<ApplicationView>([&](ClientWrite<ApplicationView> write) {
      intake().provide_supplement(
          call_,
          {ApplicationName(application), CaseName(TestId(case_no)), {MaterialName(material)}, ""},
          std::move(write));
    });
  }

  std::vector<std::string> SentTypes() {
    std::vector<std::string> types;
    for (const messaging::Envelope& event : Sent()) types.push_back(event.type);
    return types;
  }
  TimelineEntry Last(const Id& application) {
    return intake().applications.Timeline(application, 0, 100)->entries.back();
  }
  // Of the last news of the case with this code.
  TimelineEntry Told(const Id& application, const std::string& code) {
    TimelineEntry found;
    const TimelineBatch batch = *intake().applications.Timeline(application, 0, 100);
    for (const TimelineEntry& entry : batch.entries) {
      if (entry.code == code) found = entry;
    }
    EXPECT_EQ(found.code, code);
    return found;
  }
  void ExpectWords(const TimelineEntry& entry, const std::vector<std::string>& words) {
    for (const std::string& word : words) {
      EXPECT_NE(entry.text.find(word), std::string::npos) << word << ": " << entry.text;
      EXPECT_NE(entry.text_en.find(word), std::string::npos) << word << ": " << entry.text_en;
    }
    EXPECT_EQ(entry.text.find('{'), std::string::npos) << entry.text;
    EXPECT_EQ(entry.text_en.find('{'), std::string::npos) << entry.text_en;
  }
};

TEST_F(WaysOutTest, WhatIsNotAcceptedEndsWithReasonsAndIsFreeAgain) {
  const ApplicationView second = Draft({1});
  for (const char* kind : {"M2", "M3"}) ASSERT_TRUE(Upload(second.application.id, kind).ok());
  const ApplicationView view = OpenedFor(2);
  const Id& id = view.application.id;
  EXPECT_TRUE(HasReason(Submit(second.application.id).status(), "RECORD_HAS_OPEN_APPLICATION"));
  routing::v1::CaseChanged event = Change(id, 101, 2, common::v1::CASE_STATE_NOT_ACCEPTED);
  event.add_reasons("申请期限未满");
  event.set_remedies("可以申请行政复议");
  ASSERT_TRUE(TakeChange(event).ok());
  const ApplicationView partial = *Get(view);
  EXPECT_EQ(partial.application.state, ApplicationState::kInProgress) << "one authority is left";
  EXPECT_EQ(partial.cases[0].state, CaseState::kNotAccepted);
  EXPECT_EQ(partial.cases[0].grounds, (Grounds{{"申请期限未满"}, "可以申请行政复议"}));
  EXPECT_EQ(partial.cases[0].ended, absl::FromUnixSeconds(event.changed_at().seconds()));
  ExpectWords(Last(id), {"丹东市交通运输局", "申请期限未满", "可以申请行政复议"});
  EXPECT_TRUE(Submit(second.application.id).ok()) << "the record is free";
  ASSERT_TRUE(Conclude(id, 102, common::v1::CASE_RESULT_REFUSED).ok());
  EXPECT_EQ(Get(view)->application.state, ApplicationState::kConcluded);
  EXPECT_EQ(Codes(id).back(), "APPLICATION_CONCLUDED");
  EXPECT_TRUE(intake().applications.Timeline(id, 0, 100)->ended);
}

TEST_F(WaysOutTest, LongerOverTheDeskToAnotherAuthority) {
  const ApplicationView view = OpenedFor(1);
  const Id& id = view.application.id;
  routing::v1::CaseChanged event = Change(id, 101, 2, common::v1::CASE_STATE_TO_BE_ASSIGNED);
  event.add_reasons("非本单位认定");
  ASSERT_TRUE(TakeChange(event).ok());
  ExpectWords(Last(id), {"非本单位认定"});
  event = Change(id, 101, 3, common::v1::CASE_STATE_RECEIVED);
  event.mutable_authority()->set_code("tax");
  event.mutable_authority()->set_name("丹东市税务局");
  ASSERT_TRUE(TakeChange(event).ok());
  EXPECT_EQ(Last(id).code, "CASE_ASSIGNED");
  ExpectWords(Last(id), {"丹东市税务局"});
  EXPECT_EQ(Get(view)->cases[0].authority.code, "tax");
  event = Change(id, 101, 4, common::v1::CASE_STATE_WITH_AUTHORITY);
  routing::v1::Deadline* due = event.add_deadlines();
  due->set_kind("ACCEPT");
  due->set_due_date("2026-06-22");
  ASSERT_TRUE(TakeChange(event).ok());
  ExpectWords(Last(id), {"丹东市税务局", "2026-06-22"});
  ASSERT_TRUE(Move(id, 101, 5, common::v1::CASE_STATE_ACCEPTED).ok());
  event = Change(id, 101, 6, common::v1::CASE_STATE_EXTENDED);
  event.add_reasons("案情复杂");
  due = event.add_deadlines();
  due->set_kind("EXTEND");
  due->set_due_date("2026-07-06");
  ASSERT_TRUE(TakeChange(event).ok());
  ExpectWords(Last(id), {"丹东市税务局", "案情复杂", "2026-07-06"});
  EXPECT_EQ(Get(view)->cases[0].state, CaseState::kExtended);
  EXPECT_EQ(Get(view)->application.state, ApplicationState::kInProgress);
}

TEST_F(WaysOutTest, AWithdrawalIsAskedForOnceAndAnsweredByRouting) {
  const ApplicationView view = OpenedFor(2);
  const Id& id = view.application.id;
  ASSERT_TRUE(Move(id, 101, 2, common::v1::CASE_STATE_WITH_AUTHORITY).ok());
  absl::StatusOr<ApplicationView> asked = Withdraw(id);
  ASSERT_TRUE(asked.ok()) << asked.status();
  for (const CaseView& one : asked->cases) {
    EXPECT_EQ(ShownState(one), CaseState::kWithdrawalRequested);
    EXPECT_EQ(one.withdrawal_requested, clock_.Now());
  }
  EXPECT_EQ(asked->cases, Get(view)->cases) << "what is answered is what is read";
  const std::vector<messaging::Envelope> sent = Sent();
  ASSERT_EQ(sent.size(), 3u);
  for (uint8_t n : {1, 2}) {
    EXPECT_EQ(sent[n].type, "xiufu.intake.withdrawal_requested.v1");
    EXPECT_EQ(sent[n].subject, CaseName(TestId(static_cast<uint8_t>(100 + n))));
    EXPECT_EQ(sent[n].case_id, TestId(static_cast<uint8_t>(100 + n)));
    EXPECT_EQ(sent[n].dataschema, "xiufu.intake.v1.WithdrawalRequested");
    v1::WithdrawalRequested event;
    ASSERT_TRUE(event.ParseFromString(sent[n].data));
    EXPECT_EQ(event.application(), std::string(id.bytes()));
    EXPECT_EQ(event.case_id(), std::string(sent[n].case_id.bytes()));
    EXPECT_EQ(event.requested_at().seconds(), absl::ToUnixSeconds(clock_.Now()));
    EXPECT_EQ(sent[n].data.find("改走其他途径"), std::string::npos) << "stays here";
  }
  EXPECT_EQ(Last(id).case_state, CaseState::kWithdrawalRequested);
  ExpectWords(Last(id), {"丹东市交通运输局"});

  const std::vector<std::string> told = Codes(id);
  EXPECT_TRUE(Withdraw(id).ok());
  EXPECT_TRUE(Withdraw(id, {102}).ok());
  EXPECT_EQ(Sent().size(), 3u);
  EXPECT_EQ(Codes(id), told) << "a second request is nothing new";

  ASSERT_TRUE(Move(id, 101, 3, common::v1::CASE_STATE_WITHDRAWN).ok());
  EXPECT_EQ(Last(id).code, "CASE_WITHDRAWN");
  EXPECT_EQ(Get(view)->application.state, ApplicationState::kWithdrawalRequested);
  ASSERT_TRUE(Move(id, 102, 2, common::v1::CASE_STATE_WITHDRAWN).ok());
  EXPECT_EQ(Get(view)->application.state, ApplicationState::kWithdrawn);
  EXPECT_TRUE(Happened(Get(view)->application.concluded));
  EXPECT_EQ(Codes(id).back(), "APPLICATION_WITHDRAWN");
  EXPECT_TRUE(intake().applications.Timeline(id, 0, 100)->ended);
  EXPECT_TRUE(HasReason(Withdraw(id).status(), "NOTHING_TO_WITHDRAW"));
  Submitted({1, 2});  // both are free
}

TEST_F(WaysOutTest, ARefusedWithdrawalLeadsBackToTheStateThatWas) {
  const ApplicationView view = OpenedFor(1);
  const Id& id = view.application.id;
  ASSERT_TRUE(Move(id, 101, 2, common::v1::CASE_STATE_ACCEPTED).ok());
  ASSERT_TRUE(Withdraw(id, {101}).ok());
  routing::v1::CaseChanged decided = Change(id, 101, 3, common::v1::CASE_STATE_DECIDED);
  decided.set_result(common::v1::CASE_RESULT_APPROVED);
  decided.set_decision_no("丹交修〔2026〕1号");
  ASSERT_TRUE(TakeChange(decided).ok());
  EXPECT_EQ(ShownState(Get(view)->cases[0]), CaseState::kWithdrawalRequested);
  ASSERT_TRUE(RefuseWithdrawal(id, 101).ok());
  EXPECT_EQ(ShownState(Get(view)->cases[0]), CaseState::kDecided);
  EXPECT_EQ(Last(id).code, "CASE_WITHDRAWAL_REFUSED");
  EXPECT_EQ(Last(id).case_state, CaseState::kDecided);
  const std::vector<std::string> told = Codes(id);
  ASSERT_TRUE(RefuseWithdrawal(id, 101).ok());
  EXPECT_EQ(Codes(id), told);
  ASSERT_TRUE(Withdraw(id).ok()) << "routing says again whether it can be";
  EXPECT_EQ(SentTypes().back(), "xiufu.intake.withdrawal_requested.v1");
  ASSERT_TRUE(Conclude(id, 101, common::v1::CASE_RESULT_APPROVED, 4).ok());
  EXPECT_EQ(ShownState(Get(view)->cases[0]), CaseState::kConcluded) << "the request is gone";
  ASSERT_TRUE(RefuseWithdrawal(id, 101).ok());
  EXPECT_EQ(Last(id).code, "APPLICATION_CONCLUDED");
}

TEST_F(WaysOutTest, NobodyWithdrawsWhatIsNotTheirsOrNotThere) {
  const ApplicationView draft = Draft({2});
  const absl::Status early = Withdraw(draft.application.id).status();
  EXPECT_EQ(early.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(HasReason(early, "APPLICATION_NOT_SUBMITTED"));
  const ApplicationView view = Submitted({1});
  const Id& id = view.application.id;
  EXPECT_TRUE(HasReason(Withdraw(id).status(), "CASES_BEING_OPENED"));
  ASSERT_TRUE(Open(id, 101, 1).ok());
  EXPECT_TRUE(HasReason(Withdraw(id, {99}).status(), "CASE_NOT_FOUND"));
  EXPECT_TRUE(HasReason(Withdraw(id, {}, {"window", ""}).status(), "APPLICATION_NOT_FOUND"));
  EXPECT_TRUE(HasReason(Withdraw(TestId(77)).status(), "APPLICATION_NOT_FOUND"));
  EXPECT_EQ(Sent().size(), 1u) << "only the submission";
  EXPECT_EQ(Get(view)->cases[0].withdrawal_requested, absl::InfinitePast());
}

TEST_F(WaysOutTest, TheWordsToAWithdrawalAreKept) {
  const ApplicationView view = OpenedFor(2);
  ASSERT_TRUE(Withdraw(view.application.id, {102}).ok());
  EXPECT_TRUE(database_
                  ->Read([&](storage::Session& session) {
                    storage::Query query = session.Sql(
                        "SELECT case_id, reason, requested FROM withdrawal WHERE application = ?",
                        view.application.id);
                    EXPECT_TRUE(query.Next());
                    EXPECT_EQ(query.IdAt(0), TestId(102));
                    EXPECT_EQ(query.Text(1), "改走其他途径");
                    EXPECT_EQ(query.TimeAt(2), clock_.Now());
                    EXPECT_FALSE(query.Next());
                    return session.status();
                  })
                  .ok());
}

TEST_F(WaysOutTest, WhileAWithdrawalIsOpenNoSupplementIsTaken) {
  const ApplicationView view = OpenedFor(1);
  const Id& id = view.application.id;
  ASSERT_TRUE(AskForSupplement(id, 101, 2, 1).ok());
  ExpectWords(Last(id), {"缺公章", "2026-06-23"});
  EXPECT_EQ(Get(view)->application.state, ApplicationState::kSupplementRequested);
  absl::StatusOr<Material> paper = Upload(id, "M2", "%PDF-1.7 stamped");
  ASSERT_TRUE(paper.ok()) << paper.status();
  ASSERT_TRUE(Withdraw(id).ok());
  EXPECT_EQ(Get(view)->application.state, ApplicationState::kWithdrawalRequested)
      << "nothing waits for the applicant";
  EXPECT_TRUE(HasReason(Supplement(id, 101, paper->id).status(), "WITHDRAWAL_REQUESTED"));
  EXPECT_TRUE(HasReason(Upload(id, "M2").status(), "APPLICATION_TAKES_NO_MATERIALS"));
  ASSERT_TRUE(RefuseWithdrawal(id, 101).ok());
  EXPECT_EQ(Get(view)->application.state, ApplicationState::kSupplementRequested);
  EXPECT_TRUE(Supplement(id, 101, paper->id).ok());
}

TEST_F(WaysOutTest, ASupplementThatDidNotComeIsSaidOnceAndClosesTheCase) {
  const ApplicationView view = OpenedFor(1);
  const Id& id = view.application.id;
  EXPECT_EQ(Overdue(id, 101, 1).code(), absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(AskForSupplement(id, 101, 2, 1).ok());
  absl::StatusOr<Material> paper = Upload(id, "M2", "%PDF-1.7 stamped");
  ASSERT_TRUE(paper.ok());
  const std::vector<std::string> told = Codes(id);
  ASSERT_TRUE(Overdue(id, 101, 1).ok());
  ASSERT_TRUE(Overdue(id, 101, 1).ok());
  const std::vector<messaging::Envelope> sent = Sent();
  ASSERT_EQ(sent.size(), 2u);
  EXPECT_EQ(sent[1].type, "xiufu.intake.supplement_missed.v1");
  EXPECT_EQ(sent[1].subject, CaseName(TestId(101)));
  EXPECT_EQ(sent[1].case_id, TestId(101));
  v1::SupplementMissed event;
  ASSERT_TRUE(event.ParseFromString(sent[1].data));
  EXPECT_EQ(event.round(), 1);
  EXPECT_GT(event.missed_at().seconds(), 0);
  EXPECT_EQ(Codes(id), told) << "told when routing closes the case";
  const absl::Status late = Supplement(id, 101, paper->id).status();
  EXPECT_EQ(late.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(HasReason(late, "SUPPLEMENT_CLOSED"));
  EXPECT_TRUE(HasReason(Upload(id, "M2").status(), "APPLICATION_TAKES_NO_MATERIALS"));
  ASSERT_TRUE(Move(id, 101, 3, common::v1::CASE_STATE_CLOSED_NO_SUPPLEMENT).ok());
  ExpectWords(Told(id, "CASE_CLOSED_NO_SUPPLEMENT"), {"丹东市交通运输局", "2026-06-23"});
  EXPECT_EQ(Get(view)->application.state, ApplicationState::kClosedNoSupplement);
  EXPECT_TRUE(HasReason(Supplement(id, 101, paper->id).status(), "SUPPLEMENT_CLOSED"));
  Submitted({1});  // it may be applied for again
}

TEST_F(WaysOutTest, ASupplementThatCameBeforeKeepsTheCaseGoing) {
  const ApplicationView view = OpenedFor(1);
  const Id& id = view.application.id;
  ASSERT_TRUE(AskForSupplement(id, 101, 2, 1).ok());
  absl::StatusOr<Material> paper = Upload(id, "M2", "%PDF-1.7 stamped");
  ASSERT_TRUE(paper.ok());
  absl::StatusOr<ApplicationView> given = Supplement(id, 101, paper->id);
  ASSERT_TRUE(given.ok()) << given.status();
  EXPECT_EQ(given->application.state, Get(view)->application.state);
  EXPECT_EQ(given->cases, Get(view)->cases);
  ASSERT_TRUE(Overdue(id, 101, 1).ok());
  // Also when routing is told of it long after, in the next round.
  ASSERT_TRUE(Move(id, 101, 3, common::v1::CASE_STATE_WITH_AUTHORITY).ok());
  ASSERT_TRUE(AskForSupplement(id, 101, 4, 2).ok());
  ASSERT_TRUE(Overdue(id, 101, 1).ok());
  EXPECT_EQ(SentTypes().back(), "xiufu.intake.supplemented.v1");
  EXPECT_EQ(Get(view)->application.state, ApplicationState::kSupplementRequested);
  ASSERT_TRUE(Overdue(id, 101, 2).ok());
  EXPECT_EQ(SentTypes().back(), "xiufu.intake.supplement_missed.v1");
}

TEST_F(WaysOutTest, ASupplementWithoutADueDateIsAskedForAllTheSame) {
  const ApplicationView view = OpenedFor(1);
  const Id& id = view.application.id;
  routing::v1::CaseChanged event = Change(id, 101, 2, common::v1::CASE_STATE_SUPPLEMENT_REQUESTED);
  event.set_round(1);
  event.add_defects("缺公章");
  ASSERT_TRUE(TakeChange(event).ok());
  ExpectWords(Last(id), {"缺公章", "—"});
}

TEST_F(WaysOutTest, NoStateOfTheContractIsUnknownAndRoutingNeverSaysOurs) {
  const ApplicationView view = OpenedFor(1);
  const Id& id = view.application.id;
  EXPECT_EQ(Move(id, 101, 2, common::v1::CASE_STATE_WITHDRAWAL_REQUESTED).code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Move(id, 101, 2, static_cast<common::v1::CaseState>(99)).code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(IntakeWords, EveryStateOfTheContractHasItsPlainWords) {
  const catalogue::Messages& messages = ShippedLaw().messages;
  EXPECT_TRUE(CheckMessages(messages).ok()) << CheckMessages(messages);
  int states = 0;
  for (int i = 0; i < CaseState_descriptor()->value_count(); ++i) {
    const google::protobuf::EnumValueDescriptor& value = *CaseState_descriptor()->value(i);
    if (value.number() == common::v1::CASE_STATE_UNSPECIFIED) continue;
    ++states;
    EXPECT_EQ(StateKey(static_cast<CaseState>(value.number())), value.name());
    EXPECT_TRUE(messages.Contains(value.name())) << value.name();
    const catalogue::BilingualText words = messages.Text(value.name());
    EXPECT_EQ(words.zh.find('{'), std::string::npos) << "words for a list know no case";
    EXPECT_FALSE(words.zh.empty() || words.en.empty()) << value.name();
  }
  EXPECT_EQ(static_cast<size_t>(states), std::size(kShownStates));
  const absl::Status none = CheckMessages(catalogue::Messages());
  for (CaseState state : kShownStates) {
    EXPECT_NE(none.message().find(StateKey(state)), absl::string_view::npos) << none;
  }
}

}  // namespace
}  // namespace xiufu::intake
