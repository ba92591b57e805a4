#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/base_temp_folder.h"
#include "tests/unit/catalogue_shipped.h"

namespace xiufu::catalogue {
namespace {

std::string DayText(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? FormatDay(*day) : "";
}

Evaluation EvaluateOn(const RecordFacts& facts, const char* on) {
  return ShippedCatalogue().Evaluate(facts, *ParseDay(on));
}

TEST(Evaluate, PeriodsOfTheThreeClasses) {
  const struct {
    std::vector<std::string> kinds;
    const char* decided;
    const char* on;
    Verdict verdict;
    const char* rule;
    const char* earliest;
    const char* end;
  } rows[] = {
      // minor: at once, three months at most
      {{"警告"},
       "2026-09-10",
       "2026-09-10",
       Verdict::kEligible,
       "N36-MIN",
       "2026-09-10",
       "2026-12-10"},
      {{"通报批评"},
       "2026-09-10",
       "2026-12-10",
       Verdict::kEligible,
       "N36-MIN",
       "2026-09-10",
       "2026-12-10"},
      {{"警告"},
       "2026-09-10",
       "2026-12-11",
       Verdict::kNotRepairable,
       "N36-MIN",
       "2026-09-10",
       "2026-12-10"},
      {{"警告"},
       "2026-09-10",
       "2026-09-09",
       Verdict::kNotYet,
       "N36-MIN",
       "2026-09-10",
       "2026-12-10"},
      // general: from the day after the corresponding day
      {{"没收违法所得"},
       "2026-08-24",
       "2026-11-24",
       Verdict::kNotYet,
       "N36-GEN",
       "2026-11-25",
       "2027-08-24"},
      {{"没收违法所得"},
       "2026-08-24",
       "2026-11-25",
       Verdict::kEligible,
       "N36-GEN",
       "2026-11-25",
       "2027-08-24"},
      {{"没收非法财物"},
       "2026-11-30",
       "2027-02-28",
       Verdict::kNotYet,
       "N36-GEN",
       "2027-03-01",
       "2027-11-30"},
      {{"没收非法财物"},
       "2026-11-30",
       "2027-03-01",
       Verdict::kEligible,
       "N36-GEN",
       "2027-03-01",
       "2027-11-30"},
      {{"没收非法财物"},
       "2026-11-30",
       "2027-11-30",
       Verdict::kEligible,
       "N36-GEN",
       "2027-03-01",
       "2027-11-30"},
      {{"没收非法财物"},
       "2026-11-30",
       "2027-12-01",
       Verdict::kNotRepairable,
       "N36-GEN",
       "2027-03-01",
       "2027-11-30"},
      // serious
      {{"吊销许可证件"},
       "2026-04-01",
       "2027-04-01",
       Verdict::kNotYet,
       "N36-SER",
       "2027-04-02",
       "2029-04-01"},
      {{"吊销许可证件"},
       "2026-04-01",
       "2027-04-02",
       Verdict::kEligible,
       "N36-SER",
       "2027-04-02",
       "2029-04-01"},
      {{"责令停产停业"},
       "2028-02-29",
       "2029-02-28",
       Verdict::kNotYet,
       "N36-SER",
       "2029-03-01",
       "2031-02-28"},
  };
  for (const auto& row : rows) {
    const Evaluation got = EvaluateOn(Penalty(row.kinds, row.decided), row.on);
    SCOPED_TRACE(row.kinds[0] + " " + row.decided + " on " + row.on);
    EXPECT_EQ(got.verdict, row.verdict);
    EXPECT_EQ(got.rule_id, row.rule);
    EXPECT_EQ(DayText(got.earliest), row.earliest);
    EXPECT_EQ(DayText(got.publicity_end), row.end);
    EXPECT_EQ(got.materials, (std::vector<std::string>{"M2", "M3"}));
    EXPECT_FALSE(got.reasons.empty());
    EXPECT_FALSE(got.source.empty());
    EXPECT_EQ(got.confidence, "S");
  }
}

TEST(Evaluate, AFineWithoutThresholdIsForAPerson) {
  RecordFacts facts = Penalty({"罚款"}, "2026-05-06");
  facts.fine_fen = 5'000'000'00;
  const Evaluation got = EvaluateOn(facts, "2026-11-24");
  EXPECT_EQ(got.verdict, Verdict::kNeedsPerson);
  EXPECT_EQ(got.record_class, RecordClass::kPending);
  EXPECT_EQ(got.rule_id, "N36-GEN");
  EXPECT_FALSE(got.earliest.has_value());
  EXPECT_FALSE(got.publicity_end.has_value());
  EXPECT_EQ(got.materials.size(), 2u);
}

TEST(Evaluate, ReasonsArePlainAndComplete) {
  const Evaluation got = EvaluateOn(Penalty({"没收违法所得"}, "2026-08-24"), "2026-11-24");
  ASSERT_EQ(got.reasons.size(), 5u);
  EXPECT_EQ(got.reasons[0].zh, "暂不能申请：最短公示期3个月未满，自2026-11-25起可以申请");
  EXPECT_EQ(
      got.reasons[0].en,
      "Not yet: the minimum publicity of 3 months is not over, one may apply from 2026-11-25");
  EXPECT_EQ(got.reasons[1].zh, "本条信息属于一般失信信息");
  EXPECT_EQ(got.reasons[2].zh, "最长公示至2027-08-24");
  for (const BilingualText& reason : got.reasons) {
    EXPECT_EQ(reason.zh.find('{'), std::string::npos) << reason.zh;
    EXPECT_EQ(reason.en.find('{'), std::string::npos) << reason.en;
  }
}

TEST(Evaluate, BeforeTheRulesNothingIsInForce) {
  const Evaluation got = EvaluateOn(Penalty({"警告"}, "2021-01-05"), "2023-04-30");
  EXPECT_EQ(got.verdict, Verdict::kNeedsPerson);
  EXPECT_EQ(got.rule_id, "");
  EXPECT_EQ(got.reasons.size(), 1u);
}

TEST(Evaluate, EarlierDecisionsAreJudgedByBothRegimes) {
  const struct {
    const char* authority_kind;
    const char* kind;
    const char* decided;
    const char* on;
    Verdict verdict;
    const char* earliest;
    const char* end;
    const char* confidence;
  } rows[] = {
      // serious: 3 months then, 1 year now
      {"TRANSPORT", "吊销许可证件", "2026-03-31", "2026-04-15", Verdict::kNotYet, "2027-04-01",
       "2029-03-31", "S"},
      {"TRANSPORT", "吊销许可证件", "2025-12-01", "2026-04-15", Verdict::kNeedsPerson, "2026-12-02",
       "2028-12-01", "C"},
      {"TRANSPORT", "吊销许可证件", "2025-03-03", "2026-04-15", Verdict::kEligible, "2026-03-04",
       "2028-03-03", "S"},
      // general, but a year in work safety then
      {"EMERGENCY", "没收违法所得", "2025-12-01", "2026-04-15", Verdict::kNeedsPerson, "2026-12-02",
       "2028-12-01", "C"},
      {"TRANSPORT", "没收违法所得", "2025-12-01", "2026-04-15", Verdict::kEligible, "2026-03-02",
       "2028-12-01", "S"},
      // today's maximum is over, the earlier one not: still shown, so it may be repaired
      {"TRANSPORT", "没收违法所得", "2025-01-02", "2026-11-24", Verdict::kEligible, "2025-04-03",
       "2028-01-02", "S"},
      // both maxima are over
      {"TRANSPORT", "没收违法所得", "2023-05-04", "2026-11-24", Verdict::kNotRepairable,
       "2023-08-05", "2026-05-04", "S"},
      // of before every regime here: publicity lasted three years at most
      {"TRANSPORT", "没收违法所得", "2022-05-04", "2026-11-24", Verdict::kNotRepairable, "",
       "2025-05-04", "I"},
      {"TRANSPORT", "没收违法所得", "2023-04-30", "2026-04-01", Verdict::kNeedsPerson, "",
       "2026-04-30", "C"},
      // what could not be published then need not be repaired now
      {"TRANSPORT", "警告", "2026-03-02", "2026-04-15", Verdict::kNotRepairable, "", "", "M"},
      // market regulation: 6 months then, 3 now
      {"MARKET_REGULATION", "没收违法所得", "2025-12-01", "2026-04-15", Verdict::kNeedsPerson,
       "2026-06-02", "2028-12-01", "C"},
      {"MARKET_REGULATION", "没收违法所得", "2025-12-01", "2026-06-02", Verdict::kEligible,
       "2026-06-02", "2028-12-01", "S"},
  };
  for (const auto& row : rows) {
    RecordFacts facts = Penalty({row.kind}, row.decided);
    facts.authority_code = "";
    facts.authority_kind = row.authority_kind;
    facts.fields = ShippedCatalogue().FieldsOf("", row.authority_kind);
    const Evaluation got = EvaluateOn(facts, row.on);
    SCOPED_TRACE(std::string(row.authority_kind) + " " + row.kind + " " + row.decided);
    EXPECT_EQ(got.verdict, row.verdict) << got.reasons.front().zh;
    EXPECT_EQ(DayText(got.earliest), row.earliest);
    EXPECT_EQ(DayText(got.publicity_end), row.end);
    EXPECT_EQ(got.confidence, row.confidence);
  }
}

// Whatever its class turns out to be, publicity stops with the maximum of its time (Q1).
TEST(Evaluate, APendingClassDoesNotHideTheMaximumOfItsTime) {
  RecordFacts facts = Penalty({"罚款"}, "2023-12-01");
  const Evaluation running = EvaluateOn(facts, "2026-12-01");
  EXPECT_EQ(running.verdict, Verdict::kNeedsPerson);
  EXPECT_EQ(DayText(running.earliest), "");
  EXPECT_EQ(DayText(running.publicity_end), "2026-12-01");
  ASSERT_EQ(running.windows.size(), 1u);
  EXPECT_EQ(running.windows[0].rule_id, "N58-PEN");
  const Evaluation over = EvaluateOn(facts, "2026-12-02");
  EXPECT_EQ(over.verdict, Verdict::kNotRepairable);
  EXPECT_EQ(over.rule_id, "N36-GEN");
  facts.authority_kind = "MARKET_REGULATION";
  facts.published_on = *ParseDay("2023-12-11");
  EXPECT_EQ(DayText(EvaluateOn(facts, "2026-11-24").publicity_end), "2026-12-11");
}

// The class matters only where the rules differ by it.
TEST(Evaluate, AReorganisationDoesNotWaitForAClass) {
  RecordFacts facts = Penalty({"罚款"}, "2026-05-06");
  facts.basis = Basis::kBankruptcyPlan;
  const Evaluation got = EvaluateOn(facts, "2026-06-01");
  EXPECT_EQ(got.rule_id, "N36-BKR-T");
  EXPECT_EQ(got.verdict, Verdict::kEligible);
  EXPECT_EQ(got.confidence, "I");
}

// Order 45 art. 14 let some kinds never end early; since Order 107 they may after a year. Which of
// the two is for an older one, a person says.
TEST(Evaluate, WhatItsTimeBarredAndTodayAllowsIsForAPerson) {
  RecordFacts facts = Penalty({"吊销许可证件"}, "2025-03-01");
  facts.authority_kind = "MARKET_REGULATION";
  EXPECT_EQ(EvaluateOn(facts, "2025-12-24").verdict, Verdict::kNotRepairable);
  const Evaluation before = EvaluateOn(facts, "2026-03-01");
  EXPECT_EQ(before.verdict, Verdict::kNotYet) << "neither allows it";
  EXPECT_EQ(DayText(before.earliest), "2026-03-02");
  const Evaluation after = EvaluateOn(facts, "2026-03-02");
  EXPECT_EQ(after.verdict, Verdict::kNeedsPerson);
  EXPECT_EQ(after.rule_id, "S107-SER");
  EXPECT_NE(after.source.find("第45号第十四条"), std::string::npos) << after.source;
  EXPECT_EQ(EvaluateOn(facts, "2028-03-02").verdict, Verdict::kNotRepairable);
  facts.basis = Basis::kAnnulment;
  EXPECT_EQ(EvaluateOn(facts, "2025-06-01").rule_id, "PEN-VOID");
  EXPECT_EQ(EvaluateOn(facts, "2025-06-01").verdict, Verdict::kNeedsPerson)
      << "no repair: not barred";
}

// What lasts until its cause is gone did so before as well: three years are the most of a penalty.
TEST(Evaluate, AnEntryOlderThanEveryRuleIsNotTakenToBeOver) {
  for (const auto& [matter, kind] : {std::pair(MatterKind::kSeriousList, "COURT"),
                                     std::pair(MatterKind::kAbnormalList, "MARKET_REGULATION"),
                                     std::pair(MatterKind::kAbnormalMark, "MARKET_REGULATION"),
                                     std::pair(MatterKind::kSeriousList, "CIVIL_AFFAIRS")}) {
    const Evaluation got = EvaluateOn(Entry(matter, kind, "2016-05-05"), "2026-11-24");
    EXPECT_EQ(got.verdict, Verdict::kNeedsPerson) << kind;
    EXPECT_EQ(DayText(got.publicity_end), "") << kind;
  }
}

TEST(Evaluate, ATieOfItsTimeIsForAPersonToo) {
  TempFolder folder("deploy/catalogue");
  const std::string twin = R"(
[[rule]]
id = "N58-TWIN"
name = "甲"
name_en = "twin"
precedence = "DEFAULT"
matters = ["PENALTY"]
minimum = "6mo"
minimum_from = "DECISION"
maximum = "4y"
maximum_from = "DECISION"
procedures = ["普通"]
pre_check = "CITY_CREDIT_CENTRE"
decides = "NATIONAL_CENTRE"
handling = "RELAYED"
deadlines = ["N58-PRE-CHECK"]
ends_publicity_on = "NATIONAL_DECISION"
result_word = "终止公示"
result_word_en = "publicity ended"
effective_from = 2023-05-01
effective_to = 2026-03-31
source = "某办法"
confidence = "S"
)";
  folder.Append("regime-ndrc-58.toml", twin);
  const absl::StatusOr<Catalogue> catalogue = Catalogue::Load(folder.path());
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  RecordFacts facts = Penalty({"没收违法所得"}, "2025-12-01");
  facts.fields = {"FOOD"};
  const Evaluation got = catalogue->Evaluate(facts, *ParseDay("2026-11-24"));
  EXPECT_EQ(got.verdict, Verdict::kNeedsPerson);
  EXPECT_EQ(got.rule_id, "N36-GEN") << "the procedure is that of today";
  EXPECT_NE(got.reasons[0].zh.find("N58-SAFE, N58-TWIN"), std::string::npos) << got.reasons[0].zh;
  EXPECT_EQ(DayText(got.publicity_end), "2029-12-01") << "with the last of them";
}

TEST(Evaluate, ARuleOfItsTimeThatLeavesItToTheAuthorityIsNoMissingDay) {
  const Evaluation got =
      EvaluateOn(Entry(MatterKind::kSeriousList, "TRANSPORT", "2025-05-05"), "2026-11-24");
  EXPECT_EQ(got.verdict, Verdict::kNeedsPerson);
  EXPECT_EQ(got.reasons[0].zh, "由认定单位按国家发展改革委令第58号（名单移出）处理");
}

// Each of two rules says that it may not be published: nothing to decide.
TEST(Evaluate, TwoThatForbidPublicityAreNoTie) {
  RecordFacts facts = Penalty({"警告"}, "2025-12-01");
  facts.procedure = "简易";
  EXPECT_EQ(EvaluateOn(facts, "2026-01-05").verdict, Verdict::kNotRepairable);
  EXPECT_EQ(EvaluateOn(facts, "2026-01-05").considered.size(), 2u);
  EXPECT_EQ(EvaluateOn(facts, "2026-04-05").verdict, Verdict::kNotRepairable);
  EXPECT_FALSE(EvaluateOn(facts, "2026-04-05").publishable);
}

// Public criticism by market regulation was published for three months (Order 45 art. 13), whatever
// Order 58 said for all others.
TEST(Evaluate, ADepartmentsOwnRuleGoesBeforeWhatIsNotPublishedByDefault) {
  RecordFacts facts = Penalty({"通报批评"}, "2024-06-01");
  facts.authority_kind = "MARKET_REGULATION";
  const Evaluation got = EvaluateOn(facts, "2024-07-01");
  EXPECT_EQ(got.rule_id, "S21-LOW");
  EXPECT_EQ(DayText(got.publicity_end), "2024-09-01");
  facts.kinds = {"警告"};
  EXPECT_EQ(EvaluateOn(facts, "2024-07-01").rule_id, "S21-WARN");
}

TEST(Evaluate, OnlyAnOlderRecordRestsOnTheTransition) {
  const RecordFacts beside = Entry(MatterKind::kSeriousList, "TAX", "2026-05-05");
  const Evaluation differing = EvaluateOn(beside, "2026-11-06");
  ASSERT_EQ(differing.windows.size(), 2u);
  EXPECT_EQ(differing.source.find("Q1"), std::string::npos) << differing.source;
  const Evaluation older = EvaluateOn(Penalty({"吊销许可证件"}, "2025-12-01"), "2026-04-15");
  EXPECT_NE(older.source.find("Q1"), std::string::npos) << older.source;
}

TEST(Evaluate, ThePolicyOfTransitionIsData) {
  for (const auto& [periods, verdict] :
       {std::pair("APPLICATION", Verdict::kNotYet), std::pair("DETERMINATION", Verdict::kEligible),
        std::pair("BOTH", Verdict::kNeedsPerson)}) {
    TempFolder folder("deploy/catalogue");
    folder.Replace("transition.toml", "periods = \"BOTH\"",
                   std::string("periods = \"") + periods + "\"");
    const absl::StatusOr<Catalogue> catalogue = Catalogue::Load(folder.path());
    ASSERT_TRUE(catalogue.ok()) << catalogue.status();
    const Evaluation got =
        catalogue->Evaluate(Penalty({"吊销许可证件"}, "2025-12-01"), *ParseDay("2026-04-15"));
    EXPECT_EQ(got.verdict, verdict) << periods;
    EXPECT_EQ(got.rule_id, "N36-SER") << "the procedure is that of the day of the application";
  }
}

TEST(Evaluate, ListsByTheRulesOfTheirAuthorities) {
  struct Row {
    MatterKind matter;
    const char* authority_kind;
    const char* listed;
    const char* on;
    const char* rule;
    Verdict verdict;
    const char* earliest;
    const char* end;
  };
  const MatterKind list = MatterKind::kSeriousList;
  const Row rows[] = {
      // one year with market regulation and emergency management, as in Order 36
      {list, "MARKET_REGULATION", "2026-04-10", "2027-04-10", "S107-LIST", Verdict::kNotYet,
       "2027-04-11", "2029-04-10"},
      {list, "MARKET_REGULATION", "2026-04-10", "2027-04-11", "S107-LIST", Verdict::kEligible,
       "2027-04-11", "2029-04-10"},
      {list, "EMERGENCY", "2025-05-05", "2026-05-06", "MEM-EARLY", Verdict::kEligible, "2026-05-06",
       "2028-05-05"},
      // six months by the tax authorities, one year by Order 36: in between a person decides
      {list, "TAX", "2026-05-05", "2026-11-05", "TAX-1", Verdict::kNotYet, "2026-11-06",
       "2029-05-05"},
      {list, "TAX", "2026-05-05", "2026-11-06", "TAX-1", Verdict::kNeedsPerson, "2026-11-06",
       "2029-05-05"},
      {list, "TAX", "2026-05-05", "2027-05-06", "TAX-1", Verdict::kEligible, "2026-11-06",
       "2029-05-05"},
      {list, "STATISTICS", "2026-05-05", "2026-11-05", "NBS-1", Verdict::kNotYet, "2026-11-06",
       "2027-05-05"},
      {list, "STATISTICS", "2026-05-05", "2026-11-24", "NBS-1", Verdict::kNeedsPerson, "2026-11-06",
       "2027-05-05"},
      // over by the statistics authorities' own figure, which nobody has confirmed, and public for
      // three years by Order 36
      {list, "STATISTICS", "2026-05-05", "2027-05-06", "NBS-1", Verdict::kNeedsPerson, "2026-11-06",
       "2027-05-05"},
      {list, "STATISTICS", "2026-05-05", "2029-05-06", "NBS-1", Verdict::kNotRepairable,
       "2026-11-06", "2027-05-05"},
      // two years with civil affairs
      {list, "CIVIL_AFFAIRS", "2026-05-05", "2027-05-05", "MCA-LIST", Verdict::kNotYet,
       "2028-05-06", ""},
      {list, "CIVIL_AFFAIRS", "2026-05-05", "2027-06-01", "MCA-LIST", Verdict::kNeedsPerson,
       "2028-05-06", ""},
      {list, "CIVIL_AFFAIRS", "2024-05-05", "2026-05-06", "MCA-LIST", Verdict::kEligible,
       "2026-05-06", ""},
      // the court's list knows no minimum
      {list, "COURT", "2026-11-20", "2026-11-24", "SPC-EVT", Verdict::kEligible, "2026-11-20", ""},
      // six months from a correction that the record does not tell
      {list, "HUMAN_RESOURCES", "2026-01-05", "2026-11-24", "HR-EARLY", Verdict::kNeedsPerson, "",
       "2029-01-05"},
      // a line without a rule of its own
      {list, "TRANSPORT", "2026-04-10", "2026-11-24", "N36-LIST", Verdict::kNotYet, "2027-04-11",
       "2029-04-10"},
      // abnormal lists: at once, until the cause is gone
      {MatterKind::kAbnormalList, "MARKET_REGULATION", "2026-07-02", "2026-07-02", "S107-ABN",
       Verdict::kEligible, "2026-07-02", ""},
      {MatterKind::kAbnormalMark, "MARKET_REGULATION", "2026-07-02", "2026-11-24", "S107-ABN",
       Verdict::kEligible, "2026-07-02", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.authority_kind) + " " + row.listed + " on " + row.on);
    const Evaluation got = EvaluateOn(Entry(row.matter, row.authority_kind, row.listed), row.on);
    EXPECT_EQ(got.rule_id, row.rule);
    EXPECT_EQ(got.verdict, row.verdict) << got.reasons.front().zh;
    EXPECT_EQ(DayText(got.earliest), row.earliest);
    EXPECT_EQ(DayText(got.publicity_end), row.end);
  }
}

TEST(Evaluate, SixMonthsFromACorrectionThatIsKnown) {
  RecordFacts facts = Entry(MatterKind::kSeriousList, "HUMAN_RESOURCES", "2026-04-05");
  facts.corrected_on = *ParseDay("2026-05-10");
  EXPECT_EQ(EvaluateOn(facts, "2026-11-10").verdict, Verdict::kNotYet);
  EXPECT_EQ(EvaluateOn(facts, "2026-11-11").verdict, Verdict::kNeedsPerson);
  const Evaluation both = EvaluateOn(facts, "2027-04-06");
  EXPECT_EQ(both.verdict, Verdict::kEligible);
  EXPECT_EQ(both.windows.size(), 2u);
  EXPECT_EQ(both.windows[1].rule_id, "N36-LIST");
}

TEST(Evaluate, CurableOrNot) {
  RecordFacts facts = Entry(MatterKind::kSocialAbnormalList, "CIVIL_AFFAIRS", "2026-05-05");
  facts.curable = true;
  EXPECT_EQ(EvaluateOn(facts, "2026-06-01").rule_id, "MCA-ABN");
  EXPECT_EQ(EvaluateOn(facts, "2026-06-01").verdict, Verdict::kEligible);
  facts.curable = false;
  const Evaluation automatic = EvaluateOn(facts, "2026-06-01");
  EXPECT_EQ(automatic.rule_id, "MCA-ABN-AUTO");
  EXPECT_EQ(automatic.verdict, Verdict::kNotRepairable);
  EXPECT_EQ(DayText(automatic.publicity_end), "2026-11-05");
  facts.curable.reset();
  const Evaluation tied = EvaluateOn(facts, "2026-06-01");
  EXPECT_EQ(tied.verdict, Verdict::kNeedsPerson);
  EXPECT_EQ(tied.rule_id, "");
  ASSERT_EQ(tied.considered.size(), 2u) << "a tie is explained";
  EXPECT_NE(tied.reasons[0].zh.find("MCA-ABN, MCA-ABN-AUTO"), std::string::npos);
}

TEST(Evaluate, TheGroundSaysWhichPaperShowsTheCure) {
  RecordFacts facts = Entry(MatterKind::kAbnormalList, "MARKET_REGULATION", "2026-05-05");
  facts.ground = "ADDRESS";
  EXPECT_EQ(EvaluateOn(facts, "2026-06-01").materials, (std::vector<std::string>{"M1", "M7"}));
  EXPECT_EQ(EvaluateOn(facts, "2026-06-01").to_prove, std::vector<std::string>{"COND_CURED"});
  facts.ground = "ANNUAL_REPORT";
  EXPECT_EQ(EvaluateOn(facts, "2026-06-01").materials, (std::vector<std::string>{"M1", "M6"}));
  EXPECT_TRUE(EvaluateOn(facts, "2026-06-01").to_prove.empty()) << "the system has it";
  RecordFacts listed = Entry(MatterKind::kSeriousList, "CIVIL_AFFAIRS", "2026-05-05");
  listed.ground = "REGISTRATION_REVOKED";
  EXPECT_EQ(EvaluateOn(listed, "2026-06-01").rule_id, "MCA-LIST-DEREG");
  EXPECT_EQ(EvaluateOn(listed, "2026-06-01").verdict, Verdict::kNeedsPerson) << "Q2";
  RecordFacts social = Entry(MatterKind::kSocialAbnormalList, "CIVIL_AFFAIRS", "2026-05-05");
  social.ground = "SOCIAL_ADDRESS";
  social.curable = true;
  EXPECT_EQ(EvaluateOn(social, "2026-06-01").materials, (std::vector<std::string>{"M1", "M13"}))
      << "nothing beyond the rule";
}

TEST(Evaluate, AnotherBasisAnotherRule) {
  const struct {
    MatterKind matter;
    const char* authority_kind;
    Basis basis;
    const char* rule;
    Verdict verdict;
  } rows[] = {
      {MatterKind::kPenalty, "TRANSPORT", Basis::kBankruptcyPlan, "N36-BKR-T", Verdict::kEligible},
      {MatterKind::kPenalty, "TRANSPORT", Basis::kBankruptcyExecuted, "N36-BKR-F",
       Verdict::kEligible},
      {MatterKind::kPenalty, "MARKET_REGULATION", Basis::kBankruptcyPlan, "S107-BKR",
       Verdict::kEligible},
      {MatterKind::kSeriousList, "TAX", Basis::kBankruptcyPlan, "TAX-2", Verdict::kEligible},
      {MatterKind::kSeriousList, "TAX", Basis::kContribution, "TAX-3", Verdict::kNeedsPerson},
      {MatterKind::kPenalty, "TRANSPORT", Basis::kAnnulment, "PEN-VOID", Verdict::kNeedsPerson},
      {MatterKind::kPenalty, "TRANSPORT", Basis::kObjection, "OBJ", Verdict::kNeedsPerson},
      {MatterKind::kSeriousList, "COURT", Basis::kWrongEntry, "SPC-CORR", Verdict::kNeedsPerson},
      {MatterKind::kSeriousList, "EMERGENCY", Basis::kExpiry, "MEM-END", Verdict::kNotRepairable},
      {MatterKind::kBreach, "TRANSPORT", Basis::kFalseMaterial, "N36-FALSE",
       Verdict::kNotRepairable},
  };
  for (const auto& row : rows) {
    RecordFacts facts = Entry(row.matter, row.authority_kind, "2026-05-05");
    if (row.matter == MatterKind::kPenalty) facts.kinds = {"没收违法所得"};
    facts.basis = row.basis;
    const Evaluation got = EvaluateOn(facts, "2026-05-20");
    EXPECT_EQ(got.rule_id, row.rule);
    EXPECT_EQ(got.verdict, row.verdict) << row.rule;
  }
}

TEST(Evaluate, ABreachIsOfTheLawOfTheDayOfItsFinding) {
  const Catalogue& shipped = ShippedCatalogue();
  const Rule* former = shipped.BreachRuleOf("NDRC-58", absl::CivilDay(2026, 3, 31), "");
  ASSERT_NE(former, nullptr);
  EXPECT_EQ(former->id, "N58-FALSE");
  EXPECT_TRUE(former->ban.has_value());
  EXPECT_EQ(shipped.BreachRuleOf("NDRC-58", absl::CivilDay(2026, 4, 1), ""), nullptr)
      << "no rule says what becomes of it";
}

TEST(Evaluate, MarketRegulationMayNotPublishOrNeedNobodyToApply) {
  RecordFacts facts = Penalty({"警告"}, "2026-05-05");
  facts.authority_kind = "MARKET_REGULATION";
  const Evaluation warning = EvaluateOn(facts, "2026-06-01");
  EXPECT_EQ(warning.rule_id, "S107-WARN");
  EXPECT_EQ(warning.verdict, Verdict::kNotRepairable);
  EXPECT_FALSE(warning.publicity_end.has_value());
  EXPECT_TRUE(warning.materials.empty());
  facts.kinds = {"通报批评"};
  const Evaluation minor = EvaluateOn(facts, "2026-06-01");
  EXPECT_EQ(minor.rule_id, "S107-MIN");
  EXPECT_EQ(minor.verdict, Verdict::kNotRepairable);
  EXPECT_EQ(DayText(minor.publicity_end), "2026-08-05");
  facts.kinds = {"罚款"};
  EXPECT_EQ(EvaluateOn(facts, "2026-06-01").rule_id, "S107-GEN");
  EXPECT_EQ(EvaluateOn(facts, "2026-06-01").verdict, Verdict::kNeedsPerson);
}

TEST(Evaluate, PeriodsFromADayOfPublicity) {
  RecordFacts facts = Penalty({"没收违法所得"}, "2026-05-05");
  facts.authority_kind = "MARKET_REGULATION";
  const Evaluation assumed = EvaluateOn(facts, "2026-08-06");
  EXPECT_EQ(assumed.verdict, Verdict::kEligible) << "from the decision: never later than in truth";
  EXPECT_TRUE(assumed.windows[0].anchor_assumed);
  facts.published_on = *ParseDay("2026-05-20");
  const Evaluation known = EvaluateOn(facts, "2026-08-06");
  EXPECT_EQ(known.verdict, Verdict::kNotYet);
  EXPECT_EQ(DayText(known.earliest), "2026-08-21");
  EXPECT_EQ(DayText(known.publicity_end), "2027-05-20");
}

TEST(Evaluate, AnAttachedRestrictionBars) {
  RecordFacts facts = Penalty({"限制从业"}, "2026-04-05");
  facts.restriction_until = *ParseDay("2027-12-31");
  const Evaluation running = EvaluateOn(facts, "2027-12-31");
  EXPECT_EQ(running.verdict, Verdict::kNotYet);
  EXPECT_EQ(DayText(running.earliest), "2028-01-01");
  EXPECT_EQ(EvaluateOn(facts, "2028-01-01").verdict, Verdict::kEligible);
}

TEST(Evaluate, EachConditionHasItsState) {
  const Evaluation got = EvaluateOn(Penalty({"吊销许可证件"}, "2026-04-05"), "2026-11-24");
  ASSERT_EQ(got.conditions.size(), 4u);
  EXPECT_EQ(got.conditions[0].id, "CONDITION_MINIMUM");
  EXPECT_EQ(got.conditions[0].state, ConditionState::State::kNotMet);
  EXPECT_EQ(got.conditions[2].id, "COND_TERM_OVER");
  EXPECT_EQ(got.conditions[2].state, ConditionState::State::kByAuthority);
  EXPECT_EQ(got.to_prove, (std::vector<std::string>{"COND_PERFORMED", "COND_COMMITMENT"}));
}

TEST(Evaluate, WhatGoesBehindIsTold) {
  RecordFacts facts = Penalty({"没收违法所得"}, "2026-05-05");
  facts.authority_kind = "MARKET_REGULATION";
  const Evaluation got = EvaluateOn(facts, "2026-06-01");
  ASSERT_EQ(got.considered.size(), 1u);
  EXPECT_EQ(got.considered[0].rule_id, "N36-GEN");
  EXPECT_EQ(got.considered[0].why.zh, "N36-GEN也适用，但S107-GEN优先");
}

TEST(Evaluate, WhatALawExcludesCannotBeRepaired) {
  TempFolder folder("deploy/catalogue");
  folder.Append("regime-ndrc-36.toml", R"(
[[exclusion]]
kinds = ["限制从业"]
effective_from = 2026-06-01
source = "某法第一条"
confidence = "T"
)");
  const absl::StatusOr<Catalogue> catalogue = Catalogue::Load(folder.path());
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  const RecordFacts facts = Penalty({"警告", "限制从业"}, "2026-05-06");
  const Evaluation got = catalogue->Evaluate(facts, *ParseDay("2027-06-01"));
  EXPECT_EQ(got.verdict, Verdict::kNotRepairable);
  EXPECT_EQ(got.source, "某法第一条");
  EXPECT_EQ(got.confidence, "T");
  EXPECT_TRUE(got.materials.empty());
  EXPECT_EQ(got.reasons[0].zh, "不能修复：某法第一条规定不可修复");
  // Not yet in force, and another kind.
  EXPECT_NE(catalogue->Evaluate(facts, *ParseDay("2026-05-31")).verdict, Verdict::kNotRepairable);
  EXPECT_NE(catalogue->Evaluate(Penalty({"警告"}, "2026-05-06"), *ParseDay("2026-07-01")).verdict,
            Verdict::kNotRepairable);
}

// Time only ever moves a record forward: not yet → eligible → over.
RC_GTEST_PROP(EvaluateProperty, VerdictsComeInOrder, ()) {
  const std::vector<std::string> kinds = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("警告", "没收违法所得", "降低资质等级"));
  RC_PRE(!kinds.empty());
  RecordFacts facts = Penalty(kinds, "2026-04-01");
  facts.determined_on += *rc::gen::inRange(0, 2000);
  int stage = 0;
  for (int offset : {0, 1, 80, 95, 100, 364, 370, 800, 1090, 1100, 1200}) {
    const absl::CivilDay on = facts.determined_on + offset;
    const Evaluation got = ShippedCatalogue().Evaluate(facts, on);
    const int now = got.verdict == Verdict::kNotYet ? 0 : got.verdict == Verdict::kEligible ? 1 : 2;
    RC_ASSERT(now >= stage);
    RC_ASSERT((got.verdict == Verdict::kNotYet) == (on < *got.earliest));
    RC_ASSERT((got.verdict == Verdict::kNotRepairable) == (on > *got.publicity_end));
    stage = now;
  }
  RC_ASSERT(stage == 2);
}

}  // namespace
}  // namespace xiufu::catalogue
