// Approvals that are revoked, as the applicant sees it: the case, its record, the ban, and other
// ways of repair than the ordinary one.
#include <gtest/gtest.h>

#include "tests/unit/intake_case_events.h"
#include "xiufu/result/v1/revocation_events.pb.h"

namespace xiufu::intake {
namespace {

class IntakeRevocation : public CaseEventsTest {
 protected:
  absl::Status Enter(const Id& application, uint8_t case_no,
                     const std::string& effect = "END_PUBLICITY") {
    result::v1::DecisionEntered event;
    event.set_case_id(std::string(TestId(case_no).bytes()));
    event.set_application(std::string(application.bytes()));
    event.set_result(common::v1::CASE_RESULT_APPROVED);
    event.set_decision_no("丹交修〔2026〕1号");
    event.add_effects(effect + "@publication");
    Stamp(event.mutable_entered_at());
    return Take("xiufu.result.decision_entered.v1", event);
  }
  absl::Status Revoke(const Id& application, uint8_t case_no, bool breach = true) {
    result::v1::DecisionRevoked event;
    event.set_revocation(std::string(TestId(200).bytes()));
    event.set_case_id(std::string(TestId(case_no).bytes()));
    event.set_application(std::string(application.bytes()));
    event.set_subject_uscc(kSubject);
    event.mutable_authority()->set_name("丹东市交通运输局");
    event.set_kind(breach ? "FALSE_MATERIAL" : "DECISION_ANNULLED");
    event.set_kind_name(breach ? "提供虚假材料" : "修复决定被撤销");
    event.set_document_no("丹交撤〔2026〕1号");
    event.set_found_on("2026-06-20");
    event.add_reasons("缴款凭证系伪造");
    event.set_remedies("六十日内可申请行政复议");
    if (breach) {
      event.mutable_breach()->set_rule_id("N36-FALSE");
      event.mutable_breach()->set_regime("NDRC-36");
      event.mutable_breach()->set_ban_from("2026-06-20");
      event.mutable_breach()->set_ban_until("2029-06-20");
      event.mutable_breach()->set_source("国家发展改革委令第36号");
      event.mutable_breach()->set_confidence("M");
    }
    Stamp(event.mutable_entered_at());
    return Take("xiufu.result.decision_revoked.v1", event);
  }
  absl::Status Restore(const Id& application, uint8_t case_no) {
    result::v1::RestorationConfirmed event;
    event.set_case_id(std::string(TestId(case_no).bytes()));
    event.set_application(std::string(application.bytes()));
    event.set_state(common::v1::RECORD_STATE_PUBLISHED);
    event.set_publicity_end("2027-04-20");
    Stamp(event.mutable_restored_at());
    return Take("xiufu.result.restoration_confirmed.v1", event);
  }
  // Approved, concluded, and revoked five days later.
  ApplicationView Revoked(bool breach = true) {
    ApplicationView view = Submitted({1});
    const Id& id = view.application.id;
    EXPECT_TRUE(Open(id, 101, 1).ok());
    EXPECT_TRUE(Enter(id, 101).ok());
    EXPECT_TRUE(Conclude(id, 101, common::v1::CASE_RESULT_APPROVED).ok());
    clock_.Advance(absl::Hours(24 * 5));
    EXPECT_TRUE(Revoke(id, 101, breach).ok());
    EXPECT_TRUE(Restore(id, 101).ok());
    return view;
  }
  std::vector<Eligibility> Check(const std::string& on = "", ChosenBasis basis = std::nullopt) {
    std::vector<Eligibility> answer;
    InquiryCommand command{kSubject, {RecordName(TestId(2))}, on};
    command.basis = basis;
    intake().check_eligibility(command, [&](absl::StatusOr<std::vector<Eligibility>> found) {
      ASSERT_TRUE(found.ok()) << found.status();
      answer = *std::move(found);
    });
    return answer;
  }
  std::string LastText(const Id& application) {
    return intake().applications.Timeline(application, 0, 1000)->entries.back().text;
  }
};

TEST_F(IntakeRevocation, TheCaseStaysConcludedAndTellsWhatBecameOfIt) {
  const ApplicationView view = Revoked();
  const CaseView one = Get(view)->cases[0];
  EXPECT_EQ(one.state, CaseState::kConcluded);
  EXPECT_EQ(one.decision.result, CaseResult::kApproved);
  EXPECT_TRUE(IsRevoked(one));
  EXPECT_EQ(one.revocation.document_no, "丹交撤〔2026〕1号");
  EXPECT_EQ(one.revocation.ban_until, "2029-06-20");
  EXPECT_EQ(one.revocation.record_state, RecordState::kPublished);
  const std::vector<std::string> codes = Codes(view.application.id);
  ASSERT_GE(codes.size(), 2u);
  EXPECT_EQ(codes[codes.size() - 2], "CASE_REVOKED");
  EXPECT_EQ(codes.back(), "CASE_RECORD_RESTORED");
  EXPECT_EQ(LastText(view.application.id), "丹东市交通运输局一件的记录已恢复公示，至2027-04-20");
  // Told again, nothing is told.
  ASSERT_TRUE(Revoke(view.application.id, 101).ok());
  ASSERT_TRUE(Restore(view.application.id, 101).ok());
  EXPECT_EQ(Codes(view.application.id), codes);
}

TEST_F(IntakeRevocation, WhatComesBeforeTheConclusionIsToldAfterIt) {
  const ApplicationView view = Submitted({1});
  const Id& id = view.application.id;
  ASSERT_TRUE(Restore(id, 101).ok());
  ASSERT_TRUE(Enter(id, 101).ok());
  ASSERT_TRUE(Revoke(id, 101).ok());
  ASSERT_TRUE(Open(id, 101, 1).ok());
  ASSERT_TRUE(Conclude(id, 101, common::v1::CASE_RESULT_APPROVED).ok());
  const std::vector<std::string> codes = Codes(id);
  const auto at = [&](const char* code) {
    return std::find(codes.begin(), codes.end(), code) - codes.begin();
  };
  EXPECT_LT(at("CASE_CONCLUDED"), at("CASE_REVOKED"));
  EXPECT_LT(at("CASE_REVOKED"), at("CASE_RECORD_RESTORED"));
  EXPECT_LT(at("CASE_RECORD_RESTORED"), static_cast<std::ptrdiff_t>(codes.size()));
}

TEST_F(IntakeRevocation, ABreachBarsTheSubjectByTheRulesOfItsRegime) {
  Revoked();
  const Eligibility now = Check()[0];
  EXPECT_EQ(now.verdict, catalogue::Verdict::kNotYet);
  EXPECT_EQ(now.earliest, absl::CivilDay(2029, 6, 21));
  ASSERT_TRUE(now.ban.has_value());
  EXPECT_EQ(now.ban->document_no, "丹交撤〔2026〕1号");
  EXPECT_NE(now.reasons[0].zh.find("自2026-06-20起至2029-06-20不得申请"), std::string::npos);
  EXPECT_NE(now.reasons[0].zh.find("未经核实"), std::string::npos);
  // Neither before nor after, nor by other rules.
  EXPECT_FALSE(Check("2026-06-19")[0].ban.has_value());
  EXPECT_FALSE(Check("2029-06-21")[0].ban.has_value());
  records_.records[TestId(2)].authority = {"market-regulation", "丹东市市场监督管理局", ""};
  EXPECT_FALSE(Check()[0].ban.has_value());
}

TEST_F(IntakeRevocation, NothingIsDraftedOrSubmittedUnderABan) {
  const ApplicationView before = Draft({2});
  ASSERT_TRUE(Upload(before.application.id, "M2").ok());
  ASSERT_TRUE(Upload(before.application.id, "M3").ok());
  Revoked();
  const absl::Status created = Create(Command({3})).status();
  ASSERT_EQ(created.code(), absl::StatusCode::kFailedPrecondition) << created;
  EXPECT_EQ(ReasonOf(created)->reason, "SUBJECT_BANNED");
  const auto metadata = ReasonOf(created)->metadata;
  EXPECT_EQ(metadata[1], (std::pair<std::string, std::string>("until_date", "2029-06-20")));
  EXPECT_EQ(ReasonOf(Submit(before.application.id).status())->reason, "SUBJECT_BANNED");
}

TEST_F(IntakeRevocation, APushedApplicationIsShownToTheAuthorityInstead) {
  Revoked();
  CreateCommand command = Command({3});
  command.origin.front_door = FrontDoor::kCreditChina;
  command.origin.upstream_no = "XYZG-1";
  const absl::StatusOr<ApplicationView> draft = Create(command);
  ASSERT_TRUE(draft.ok()) << draft.status();
  ASSERT_TRUE(Upload(draft->application.id, "M2").ok());
  ASSERT_TRUE(Upload(draft->application.id, "M3").ok());
  const absl::Status submitted = Submit(draft->application.id).status();
  ASSERT_TRUE(submitted.ok()) << submitted;
  const absl::StatusOr<ApplicationFile> file = intake().files.Get(draft->application.id);
  ASSERT_TRUE(file.ok());
  ASSERT_EQ(file->bans.size(), 1u);
  EXPECT_EQ(file->bans[0].until, absl::CivilDay(2029, 6, 20));
}

TEST_F(IntakeRevocation, AfterAnAnnulmentTheRecordMayBeAppliedForAgain) {
  const ApplicationView view = Revoked(/*breach=*/false);
  EXPECT_TRUE(Get(view)->cases[0].revocation.ban_until.empty());
  EXPECT_FALSE(Check()[0].ban.has_value());
  Submitted({1});
}

TEST_F(IntakeRevocation, AnApplicantNamesTheBasisAndTheRulingIsThePaperAskedFor) {
  const Eligibility plan = Check("", catalogue::Basis::kBankruptcyPlan)[0];
  EXPECT_EQ(plan.rule.rule_id, "N36-BKR-T");
  EXPECT_EQ(plan.verdict, catalogue::Verdict::kEligible);
  ASSERT_EQ(plan.materials.size(), 2u);
  EXPECT_EQ(plan.materials[0].kind, "M10");
  CreateCommand command = Command({2});
  command.applicant.capacity = Capacity::kBankruptcyAdministrator;
  command.basis = catalogue::Basis::kBankruptcyPlan;
  const absl::StatusOr<ApplicationView> draft = Create(command);
  ASSERT_TRUE(draft.ok()) << draft.status();
  const Id& id = draft->application.id;
  EXPECT_EQ(ReasonOf(Submit(id).status())->reason, "MATERIALS_MISSING");
  ASSERT_TRUE(Upload(id, "M2").ok());
  ASSERT_TRUE(Upload(id, "M10").ok());
  ASSERT_TRUE(Submit(id).ok());
  v1::ApplicationSubmitted sent;
  ASSERT_TRUE(sent.ParseFromString(Sent().back().data));
  EXPECT_EQ(sent.records(0).rule().rule_id(), "N36-BKR-T");
  EXPECT_EQ(sent.records(0).record().repair_basis(), "BANKRUPTCY_PLAN");

  // Shielded: not once more, but for good when the plan is carried out.
  ASSERT_TRUE(Open(id, 102, 2).ok());
  ASSERT_TRUE(Enter(id, 102, "SHIELD").ok());
  ASSERT_TRUE(Conclude(id, 102, common::v1::CASE_RESULT_APPROVED).ok());
  records_.records[TestId(2)].state = RecordState::kShielded;
  EXPECT_EQ(Check("", catalogue::Basis::kBankruptcyPlan)[0].verdict,
            catalogue::Verdict::kNotRepairable);
  EXPECT_EQ(Check("", catalogue::Basis::kBankruptcyExecuted)[0].verdict,
            catalogue::Verdict::kEligible);
  command.basis = catalogue::Basis::kBankruptcyExecuted;
  const absl::StatusOr<ApplicationView> last = Create(command);
  ASSERT_TRUE(last.ok()) << last.status();
  ASSERT_TRUE(Upload(last->application.id, "M2").ok());
  ASSERT_TRUE(Upload(last->application.id, "M11").ok());
  EXPECT_TRUE(Submit(last->application.id).ok());
}

TEST_F(IntakeRevocation, ABasisThatNoApplicantNamesIsRefused) {
  CreateCommand command = Command({2});
  command.basis = catalogue::Basis::kAnnulment;
  const absl::Status status = Create(command).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ViolationsOf(status)[0].field, "basis");
}

}  // namespace
}  // namespace xiufu::intake
