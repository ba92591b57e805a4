#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/base_temp_folder.h"
#include "tests/unit/catalogue_shipped.h"

namespace xiufu::catalogue {
namespace {

std::string DayText(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? FormatDay(*day) : "";
}

Evaluation EvaluateOn(const PenaltyFacts& facts, const char* on) {
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
       Verdict::kNeedsPerson,
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
       Verdict::kNeedsPerson,
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
  PenaltyFacts facts = Penalty({"罚款"}, "2026-05-06");
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
  const Evaluation got = EvaluateOn(Penalty({"警告"}, "2026-01-05"), "2026-03-31");
  EXPECT_EQ(got.verdict, Verdict::kNeedsPerson);
  EXPECT_EQ(got.rule_id, "");
  EXPECT_EQ(got.reasons.size(), 1u);
}

TEST(Evaluate, EarlierDecisionsAreJudgedByBothRegimes) {
  const struct {
    const char* authority;
    const char* kind;
    const char* decided;
    const char* on;
    Verdict verdict;
    const char* earliest;
    const char* end;
    const char* confidence;
  } rows[] = {
      // serious: 3 months then, 1 year now
      {"transport", "吊销许可证件", "2026-03-31", "2026-04-15", Verdict::kNotYet, "2027-04-01",
       "2029-03-31", "S"},
      {"transport", "吊销许可证件", "2025-12-01", "2026-04-15", Verdict::kNeedsPerson, "2026-12-02",
       "2028-12-01", "C"},
      {"transport", "吊销许可证件", "2025-03-03", "2026-04-15", Verdict::kEligible, "2026-03-04",
       "2028-03-03", "S"},
      // general, but a year in work safety then
      {"emergency", "没收违法所得", "2025-12-01", "2026-04-15", Verdict::kNeedsPerson, "2026-12-02",
       "2028-12-01", "C"},
      {"transport", "没收违法所得", "2025-12-01", "2026-04-15", Verdict::kEligible, "2026-03-02",
       "2028-12-01", "S"},
      // today's maximum is over, the earlier one not: still shown, so it may be repaired
      {"transport", "没收违法所得", "2025-01-02", "2026-11-24", Verdict::kEligible, "2025-04-03",
       "2028-01-02", "S"},
      // both maxima are over
      {"transport", "没收违法所得", "2023-05-04", "2026-11-24", Verdict::kNeedsPerson, "2023-08-05",
       "2026-05-04", "S"},
      {"transport", "没收违法所得", "2022-05-04", "2026-11-24", Verdict::kNeedsPerson, "2022-11-05",
       "2025-05-04", "M"},
      // nothing is known of so old a regime
      {"transport", "没收违法所得", "2018-05-04", "2026-11-24", Verdict::kNeedsPerson, "2018-08-05",
       "2019-05-04", "C"},
  };
  for (const auto& row : rows) {
    PenaltyFacts facts = Penalty({row.kind}, row.decided);
    facts.authority_code = row.authority;
    const Evaluation got = EvaluateOn(facts, row.on);
    SCOPED_TRACE(std::string(row.authority) + " " + row.kind + " " + row.decided);
    EXPECT_EQ(got.verdict, row.verdict);
    EXPECT_EQ(DayText(got.earliest), row.earliest);
    EXPECT_EQ(DayText(got.publicity_end), row.end);
    EXPECT_EQ(got.confidence, row.confidence);
  }
}

TEST(Evaluate, WhatALawExcludesCannotBeRepaired) {
  TempFolder folder("deploy/catalogue");
  folder.Append("rules.toml", R"(
[[exclusion]]
kinds = ["限制从业"]
effective_from = 2026-06-01
source = "某法第一条"
confidence = "T"
)");
  const absl::StatusOr<Catalogue> catalogue = Catalogue::Load(folder.path());
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  const PenaltyFacts facts = Penalty({"警告", "限制从业"}, "2026-05-06");
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
  PenaltyFacts facts = Penalty(kinds, "2026-04-01");
  facts.decision_date += *rc::gen::inRange(0, 2000);
  int stage = 0;
  for (int offset : {0, 1, 80, 95, 100, 364, 370, 800, 1090, 1100, 1200}) {
    const absl::CivilDay on = facts.decision_date + offset;
    const Evaluation got = ShippedCatalogue().Evaluate(facts, on);
    const int now = got.verdict == Verdict::kNotYet ? 0 : got.verdict == Verdict::kEligible ? 1 : 2;
    RC_ASSERT(now >= stage);
    RC_ASSERT((got.verdict == Verdict::kNotYet) == (on < *got.earliest));
    RC_ASSERT((got.verdict == Verdict::kNeedsPerson) == (on > *got.publicity_end));
    stage = now;
  }
  RC_ASSERT(stage == 2);
}

}  // namespace
}  // namespace xiufu::catalogue
