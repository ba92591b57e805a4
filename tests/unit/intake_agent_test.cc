// Powers of attorney: what they cover, for whom, until when; and who applies for many.
#include <gtest/gtest.h>

#include "tests/unit/intake_window_rig.h"

namespace xiufu::intake {
namespace {

const absl::CivilDay kPowerDay(2026, 6, 15);

PowerOfAttorney Valid(const PowerCommand& command) {
  absl::StatusOr<PowerOfAttorney> power = ValidatePower(command, kSubject, kSecret, TestNow());
  EXPECT_TRUE(power.ok()) << power.status();
  return *power;
}

class AgentTest : public WindowTest {
 protected:
  ApplicationView AgentsDraft(const std::vector<uint8_t>& records, const PowerCommand& power) {
    absl::StatusOr<ApplicationView> view = Create(ByAgent(records, power));
    EXPECT_TRUE(view.ok()) << view.status();
    EXPECT_TRUE(Upload(view->application.id, "M2").ok());
    EXPECT_TRUE(Upload(view->application.id, "M3").ok());
    return *view;
  }
  ApplicationView AgentsSubmitted(const std::vector<uint8_t>& records, const PowerCommand& power) {
    ApplicationView view = AgentsDraft(records, power);
    EXPECT_TRUE(Upload(view.application.id, "M5").ok());
    absl::StatusOr<ApplicationView> submitted = Submit(view.application.id);
    EXPECT_TRUE(submitted.ok()) << submitted.status();
    return view;
  }
  absl::StatusOr<PowerOfAttorney> Replace(const Id& application, const PowerCommand& power,
                                          const std::string& document) {
    return Run<PowerOfAttorney>([&](ClientWrite<PowerOfAttorney> write) {
      intake().agents.ReplacePower(call_, {ApplicationName(application), power, document},
                                   std::move(write));
    });
  }
  absl::StatusOr<ApplicationView> WithdrawAs(const Id& application, Capacity acting) {
    WithdrawCommand command{ApplicationName(application), {}, ""};
    command.acting = acting;
    return Run<ApplicationView>([&](ClientWrite<ApplicationView> write) {
      intake().withdraw_application(call_, command, std::move(write));
    });
  }
};

TEST(PowerOfAttorneyTest, EachBadFieldIsNamed) {
  const struct {
    const char* field;
    void (*spoil)(PowerCommand&);
  } rows[] = {
      {"power_of_attorney.subject_uscc", [](PowerCommand& p) { p.subject_uscc = kOtherSubject; }},
      {"power_of_attorney.agent_name", [](PowerCommand& p) { p.agent_name.clear(); }},
      {"power_of_attorney.organisation_name", [](PowerCommand& p) { p.organisation_name.clear(); }},
      {"power_of_attorney.organisation_uscc",
       [](PowerCommand& p) { p.organisation_uscc = "9121"; }},
      {"power_of_attorney.organisation_uscc",
       [](PowerCommand& p) { p.identity_no = "210602199001011234"; }},
      {"power_of_attorney.records[0]", [](PowerCommand& p) { p.records = {"records/x"}; }},
      {"power_of_attorney.matters", [](PowerCommand& p) { p.matters = {"EVERYTHING"}; }},
      {"power_of_attorney.acts", [](PowerCommand& p) { p.acts.clear(); }},
      {"power_of_attorney.acts",
       [](PowerCommand& p) {
         p.acts = {1, 9};
       }},
      {"power_of_attorney.valid_from", [](PowerCommand& p) { p.valid_from = "yesterday"; }},
      {"power_of_attorney.valid_to", [](PowerCommand& p) { p.valid_to = "2026-05-31"; }},
  };
  for (const auto& row : rows) {
    PowerCommand command = [] {
      PowerCommand power;
      power.subject_uscc = kSubject;
      power.agent_name = "李代理";
      power.organisation_name = "丹东某咨询有限公司";
      power.organisation_uscc = "91210600MAYY000371";
      power.acts = {1};
      power.valid_from = "2026-06-01";
      power.valid_to = "2026-06-30";
      return power;
    }();
    ASSERT_TRUE(ValidatePower(command, kSubject, kSecret, TestNow()).ok());
    row.spoil(command);
    EXPECT_EQ(FieldsIn(ValidatePower(command, kSubject, kSecret, TestNow()).status()),
              (std::vector<std::string>{row.field}));
  }
}

TEST(PowerOfAttorneyTest, APersonIsTheSameAgainAndNotKept) {
  const std::string agent = AgentOfPerson("21060219900101123x", kSecret);
  EXPECT_EQ(agent, AgentOfPerson("21060219900101123X", kSecret));
  EXPECT_NE(agent, AgentOfPerson("21060219900101123X", "another secret"));
  EXPECT_EQ(agent.find("2106021990"), std::string::npos);
}

TEST_F(AgentTest, ARefusalNamesEverythingThatIsLacking) {
  PowerCommand command = Power();
  command.acts = {1};
  command.records = {RecordName(TestId(1))};
  command.matters = {"SERIOUS_LIST"};
  const PowerOfAttorney power = Valid(command);
  const absl::Status status =
      CheckPower(power, Act::kWithdraw, {{TestId(1)}, {TestId(2)}}, absl::CivilDay(2026, 7, 1));
  EXPECT_TRUE(HasReason(status, "POWER_OF_ATTORNEY_LACKING")) << status;
  EXPECT_EQ(FieldsIn(status),
            (std::vector<std::string>{"power_of_attorney.acts", "power_of_attorney.valid_to",
                                      "records[0]", "records[1]"}));
  EXPECT_TRUE(
      CheckPower(power, Act::kApply, {{TestId(1), catalogue::MatterKind::kSeriousList}}, kPowerDay)
          .ok());
  EXPECT_EQ(FieldsIn(CheckPower(power, Act::kApply, {}, absl::CivilDay(2026, 5, 31))),
            (std::vector<std::string>{"power_of_attorney.valid_from"}));
  EXPECT_EQ(FieldsIn(CheckPower(std::nullopt, Act::kApply, {}, kPowerDay)),
            (std::vector<std::string>{"power_of_attorney"}));
}

TEST_F(AgentTest, AnAgentShowsAPowerAndNobodyElseDoes) {
  CreateCommand without = Command({1});
  without.applicant.capacity = Capacity::kAgent;
  EXPECT_EQ(FieldsIn(Create(without).status()), (std::vector<std::string>{"power_of_attorney"}));
  CreateCommand needless = Command({1});
  needless.power = Power();
  EXPECT_EQ(FieldsIn(Create(needless).status()), (std::vector<std::string>{"power_of_attorney"}));
  // What comes from upstream was looked at there.
  without.origin = Origin{.front_door = FrontDoor::kCreditChina, .upstream_no = "XYZG-1"};
  EXPECT_TRUE(Create(without).ok());
}

TEST_F(AgentTest, CreatingNeedsAPowerForTheseRecordsOnThisDay) {
  PowerCommand narrow = Power();
  narrow.records = {RecordName(TestId(1))};
  const absl::Status status = Create(ByAgent({1, 2}, narrow)).status();
  EXPECT_TRUE(HasReason(status, "POWER_OF_ATTORNEY_LACKING")) << status;
  EXPECT_EQ(FieldsIn(status), (std::vector<std::string>{"records[1]"}));
  PowerCommand expired = Power();
  expired.valid_to = "2026-06-14";
  EXPECT_EQ(FieldsIn(Create(ByAgent({1}, expired)).status()),
            (std::vector<std::string>{"power_of_attorney.valid_to"}));
}

TEST_F(AgentTest, SubmittingNeedsThePaperItself) {
  const ApplicationView bare = Draft({2});
  const absl::StatusOr<ApplicationView> without = Create(ByAgent({2}, Power()));
  ASSERT_TRUE(without.ok()) << without.status();
  const size_t asked = FieldsIn(Submit(bare.application.id).status()).size();
  const absl::Status all = Submit(without->application.id).status();
  EXPECT_TRUE(HasReason(all, "MATERIALS_MISSING")) << all;
  EXPECT_EQ(FieldsIn(all).size(), asked + 1) << "told with everything else that is missing";
  const ApplicationView draft = AgentsDraft({1}, Power());
  const absl::Status status = Submit(draft.application.id).status();
  EXPECT_TRUE(HasReason(status, "MATERIALS_MISSING")) << status;
  EXPECT_EQ(FieldsIn(status), (std::vector<std::string>{"materials"}));
  ASSERT_TRUE(Upload(draft.application.id, "M5").ok());
  EXPECT_TRUE(Submit(draft.application.id).ok());
  EXPECT_EQ(CountRows("SELECT count(*) FROM act WHERE act = 1 AND capacity = 3"), 1);
}

TEST_F(AgentTest, AnExpiredPowerStopsTheAgentAloneAndANewOneLetsHimGoOn) {
  const ApplicationView view = AgentsSubmitted({1}, Power());
  const Id& id = view.application.id;
  ASSERT_TRUE(Open(id, 101, 1).ok());
  clock_.Advance(absl::Hours(24 * 20));
  const absl::Status late = WithdrawAs(id, Capacity::kUnspecified).status();
  EXPECT_TRUE(HasReason(late, "POWER_OF_ATTORNEY_LACKING")) << late;
  EXPECT_EQ(FieldsIn(late), (std::vector<std::string>{"power_of_attorney.valid_to"}));
  // A new power, on a new paper.
  PowerCommand longer = Power();
  longer.valid_to = "2026-12-31";
  EXPECT_EQ(FieldsIn(Replace(id, longer, "").status()), (std::vector<std::string>{"document"}));
  const Material old =
      intake().applications.Get(ApplicationName(id), view.application.query_code)->materials.back();
  EXPECT_EQ(FieldsIn(Replace(id, longer, MaterialName(old.id)).status()),
            (std::vector<std::string>{"document"}))
      << "the paper of the power before";
  const absl::StatusOr<Material> paper = Upload(id, "M5");
  ASSERT_TRUE(paper.ok()) << paper.status();
  EXPECT_TRUE(HasReason(Upload(id, "M3").status(), "APPLICATION_TAKES_NO_MATERIALS"));
  ASSERT_TRUE(Replace(id, longer, MaterialName(paper->id)).ok());
  EXPECT_TRUE(WithdrawAs(id, Capacity::kUnspecified).ok());
}

TEST_F(AgentTest, TheSubjectActsItselfWhateverTheAgentMay) {
  PowerCommand applies = Power();
  applies.acts = {1};
  const ApplicationView view = AgentsSubmitted({1}, applies);
  const Id& id = view.application.id;
  ASSERT_TRUE(Open(id, 101, 1).ok());
  EXPECT_EQ(FieldsIn(WithdrawAs(id, Capacity::kAgent).status()),
            (std::vector<std::string>{"power_of_attorney.acts"}));
  EXPECT_EQ(FieldsIn(WithdrawAs(id, static_cast<Capacity>(77)).status()),
            (std::vector<std::string>{"acting"}));
  EXPECT_TRUE(WithdrawAs(id, Capacity::kLegalRepresentative).ok());
  EXPECT_EQ(CountRows("SELECT count(*) FROM act WHERE act = 3 AND capacity = 1"), 1)
      << "who acted is kept";
}

TEST_F(AgentTest, AnAgentIsHandedPapersOnlyByAPowerToReceive) {
  const ApplicationView view = AgentsSubmitted({1}, Power());
  const Id& id = view.application.id;
  ASSERT_TRUE(Open(id, 101, 1).ok());
  ASSERT_TRUE(Conclude(id, 101, common::v1::CASE_RESULT_APPROVED).ok());
  const auto hand = [&](DocumentKind kind, Capacity acting) {
    const std::string of = IsOfApplication(kind) ? "" : CaseName(TestId(101));
    return intake().documents.Find(call_, {ApplicationName(id), "", of, 0, acting}, kind).status();
  };
  EXPECT_TRUE(hand(DocumentKind::kReceipt, Capacity::kUnspecified).ok()) << "of his own act";
  const absl::Status refused = hand(DocumentKind::kDecision, Capacity::kUnspecified);
  EXPECT_TRUE(HasReason(refused, "POWER_OF_ATTORNEY_LACKING")) << refused;
  EXPECT_EQ(FieldsIn(refused), (std::vector<std::string>{"power_of_attorney.acts"}));
  EXPECT_FALSE(hand(DocumentKind::kConclusion, Capacity::kAgent).ok());
  EXPECT_TRUE(hand(DocumentKind::kDecision, Capacity::kLegalRepresentative).ok());
  EXPECT_EQ(FieldsIn(hand(DocumentKind::kDecision, static_cast<Capacity>(77))),
            (std::vector<std::string>{"acting"}));
  PowerCommand receives = Power();
  receives.acts = {1, 4};
  const ApplicationView other = AgentsSubmitted({2}, receives);
  ASSERT_TRUE(Open(other.application.id, 102, 2).ok());
  ASSERT_TRUE(Conclude(other.application.id, 102, common::v1::CASE_RESULT_APPROVED).ok());
  EXPECT_TRUE(intake()
                  .documents
                  .Find(call_, {ApplicationName(other.application.id), "", CaseName(TestId(102))},
                        DocumentKind::kDecision)
                  .ok());
}

TEST_F(AgentTest, OnlyAnAgentsApplicationTakesAPower) {
  const ApplicationView own = Draft({1});
  EXPECT_TRUE(HasReason(Replace(own.application.id, Power(), "").status(), "NO_AGENT"));
  const ApplicationView draft = AgentsDraft({2}, Power());
  PowerCommand narrow = Power();
  narrow.records = {RecordName(TestId(9))};
  ASSERT_TRUE(Replace(draft.application.id, narrow, "").ok());
  ASSERT_TRUE(Upload(draft.application.id, "M5").ok());
  EXPECT_EQ(FieldsIn(Submit(draft.application.id).status()),
            (std::vector<std::string>{"records[0]"}))
      << "the last power counts";
}

TEST_F(AgentTest, WhoAppliesForManyStandsOut) {
  PowerCommand person = Power();
  person.organisation_name.clear();
  person.organisation_uscc.clear();
  person.identity_no = "210602199001011234";
  AgentsSubmitted({1}, person);
  for (uint8_t n = 0; n < 5; ++n) {
    const std::string uscc = absl::StrCat("91210600MAYY00017", n);
    records_.records[TestId(20 + n)] = PublishedRecord(20 + n);
    records_.records[TestId(20 + n)].subject_uscc = uscc;
    PowerCommand power = Power();
    power.subject_uscc = uscc;
    CreateCommand command = ByAgent({static_cast<uint8_t>(20 + n)}, power);
    command.subject_uscc = uscc;
    absl::StatusOr<ApplicationView> view = Create(command);
    ASSERT_TRUE(view.ok()) << view.status();
    for (const char* kind : {"M2", "M3", "M5"}) {
      ASSERT_TRUE(Upload(view->application.id, kind).ok());
    }
    ASSERT_TRUE(Submit(view->application.id).ok());
  }
  const AgentPage page = *intake().agents.List("", 0, 10);
  ASSERT_EQ(page.agents.size(), 2u);
  EXPECT_EQ(page.agents[0].agent, "91210600MAYY000371");
  EXPECT_EQ(page.agents[0].organisation_name, "丹东某咨询有限公司");
  EXPECT_EQ(page.agents[0].subjects, 5);
  EXPECT_EQ(page.agents[0].applications, 5);
  EXPECT_TRUE(page.stands_out[0]);
  EXPECT_EQ(page.agents[1].agent, AgentOfPerson("210602199001011234", ""));
  EXPECT_FALSE(page.stands_out[1]);
  // Two pages of one.
  EXPECT_TRUE(intake().agents.List("", 0, 1)->more);
  EXPECT_EQ(intake().agents.List("", 1, 1)->agents[0].agent, page.agents[1].agent);
  // In another period: nobody.
  EXPECT_TRUE(intake().agents.List("2025-01-01", 0, 10)->agents.empty());
  EXPECT_EQ(CountRows("SELECT count(*) FROM power_of_attorney WHERE agent LIKE '%210602%'"), 0);
}

}  // namespace
}  // namespace xiufu::intake
