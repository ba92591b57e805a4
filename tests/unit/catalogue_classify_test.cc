#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "tests/unit/base_temp_folder.h"
#include "tests/unit/catalogue_shipped.h"

namespace xiufu::catalogue {
namespace {

RecordClass ClassOf(const Catalogue& catalogue, const RecordFacts& facts) {
  return catalogue.Evaluate(facts, *ParseDay("2026-11-24")).record_class.value();
}

RecordClass ClassOfKinds(std::vector<std::string> kinds) {
  return ClassOf(ShippedCatalogue(), Penalty(std::move(kinds), "2026-05-06"));
}

TEST(Classify, EveryKindOfTheLaw) {
  const std::pair<const char*, RecordClass> rows[] = {
      {"警告", RecordClass::kMinor},
      {"通报批评", RecordClass::kMinor},
      {"罚款", RecordClass::kPending},
      {"没收违法所得", RecordClass::kGeneral},
      {"没收非法财物", RecordClass::kGeneral},
      {"暂扣许可证件", RecordClass::kSerious},
      {"降低资质等级", RecordClass::kSerious},
      {"吊销许可证件", RecordClass::kSerious},
      {"限制开展生产经营活动", RecordClass::kSerious},
      {"责令停产停业", RecordClass::kSerious},
      {"责令关闭", RecordClass::kSerious},
      {"限制从业", RecordClass::kSerious},
      {"行政拘留", RecordClass::kPending},
      {"其他", RecordClass::kPending}};
  for (const auto& [kind, expected] : rows) EXPECT_EQ(ClassOfKinds({kind}), expected) << kind;
}

TEST(Classify, TheLongestClassWins) {
  EXPECT_EQ(ClassOfKinds({"警告", "没收违法所得"}), RecordClass::kGeneral);
  EXPECT_EQ(ClassOfKinds({"没收违法所得", "警告", "吊销许可证件"}), RecordClass::kSerious);
  EXPECT_EQ(ClassOfKinds({"警告", "罚款"}), RecordClass::kPending);
  // The fine might be an extremely large one, so confiscation does not settle it; revocation does.
  EXPECT_EQ(ClassOfKinds({"没收违法所得", "罚款"}), RecordClass::kPending);
  EXPECT_EQ(ClassOfKinds({"罚款", "吊销许可证件"}), RecordClass::kSerious);
}

TEST(Classify, UnknownAndMissingKindsAreForAPerson) {
  EXPECT_EQ(ClassOfKinds({"没有这种处罚"}), RecordClass::kPending);
  EXPECT_EQ(ClassOfKinds({}), RecordClass::kPending);
}

TEST(Classify, TheSimpleProcedureIsMinor) {
  RecordFacts facts = Penalty({"罚款"}, "2026-11-02");
  facts.fine_fen = 20'000;
  facts.procedure = "简易";
  EXPECT_EQ(ClassOf(ShippedCatalogue(), facts), RecordClass::kMinor);
  facts.procedure = "";
  EXPECT_EQ(ClassOf(ShippedCatalogue(), facts), RecordClass::kPending);
}

TEST(Classify, ADepartmentsAmountsAreOneRowEach) {
  TempFolder folder("deploy/catalogue");
  const char* row = R"([[class_standard]]
kinds = ["罚款"]
authorities = ["transport"]
%s
class = "%s"
effective_from = 2026-04-01
source = "某厅文件"
confidence = "T"

)";
  std::string rows;
  for (const auto& [bounds, name] :
       {std::pair("fine_to_fen = 999_999", "MINOR"),
        std::pair("fine_from_fen = 1_000_000\nfine_to_fen = 100_000_000", "GENERAL"),
        std::pair("fine_from_fen = 100_000_001", "SERIOUS")}) {
    std::string text = row;
    text.replace(text.find("%s"), 2, bounds);
    text.replace(text.find("%s"), 2, name);
    rows += text;
  }
  folder.Write("classes.toml", rows + folder.Read("classes.toml"));
  const absl::StatusOr<Catalogue> catalogue = Catalogue::Load(folder.path());
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  RecordFacts facts = Penalty({"罚款"}, "2026-05-06");
  const std::pair<int64_t, RecordClass> cases[] = {{1, RecordClass::kMinor},
                                                   {999'999, RecordClass::kMinor},
                                                   {1'000'000, RecordClass::kGeneral},
                                                   {100'000'000, RecordClass::kGeneral},
                                                   {100'000'001, RecordClass::kSerious},
                                                   // no amount stated: no bound fits
                                                   {0, RecordClass::kPending}};
  for (const auto& [fen, expected] : cases) {
    facts.fine_fen = fen;
    EXPECT_EQ(ClassOf(*catalogue, facts), expected) << fen;
  }
  facts.fine_fen = 1;
  facts.authority_code = "environment";
  EXPECT_EQ(ClassOf(*catalogue, facts), RecordClass::kPending);
}

TEST(Classify, MarketRegulationHasClassesOfItsOwnSinceItsOrder) {
  RecordFacts facts = Penalty({"没收违法所得"}, "2025-12-26");
  facts.authority_kind = "MARKET_REGULATION";
  EXPECT_EQ(ShippedCatalogue().Evaluate(facts, *ParseDay("2026-01-05")).record_class,
            RecordClass::kGeneral);
  facts.authority_kind = "TRANSPORT";
  EXPECT_EQ(ShippedCatalogue().Evaluate(facts, *ParseDay("2026-01-05")).record_class, std::nullopt)
      << "Order 58 knows no classes";
}

TEST(Classify, ListsAndMarks) {
  for (const auto& [matter, expected] :
       {std::pair(MatterKind::kAbnormalList, RecordClass::kMinor),
        std::pair(MatterKind::kAbnormalMark, RecordClass::kMinor),
        std::pair(MatterKind::kSocialAbnormalList, RecordClass::kMinor),
        std::pair(MatterKind::kSeriousList, RecordClass::kSerious)}) {
    EXPECT_EQ(ClassOf(ShippedCatalogue(), Entry(matter, "MARKET_REGULATION", "2026-05-06")),
              expected);
  }
}

RC_GTEST_PROP(ClassifyProperty, OrderAndRepetitionOfKindsDoNotMatter, ()) {
  std::vector<std::string> kinds = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("警告", "罚款", "没收违法所得", "责令关闭", "其他", "?"));
  RC_PRE(!kinds.empty());
  const RecordClass expected = ClassOfKinds(kinds);
  RecordClass longest = RecordClass::kMinor;
  for (const std::string& kind : kinds) longest = std::max(longest, ClassOfKinds({kind}));
  RC_ASSERT(expected == longest);
  kinds.push_back(kinds.front());
  std::reverse(kinds.begin(), kinds.end());
  RC_ASSERT(ClassOfKinds(kinds) == expected);
}

}  // namespace
}  // namespace xiufu::catalogue
