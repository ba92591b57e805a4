// Windows, hotlines and blanks: what is shipped, and spoilt copies of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/unit/base_temp_folder.h"
#include "tests/unit/catalogue_shipped.h"

namespace xiufu::catalogue {
namespace {

constexpr absl::CivilDay kDay(2026, 11, 24);

std::string FormName(FormKind kind, const char* material, const char* line,
                     absl::CivilDay on = kDay) {
  const Form* form = ShippedCatalogue().FindForm(kind, material, line, on);
  return form == nullptr ? "" : form->name;
}

TEST(CatalogueHelp, EveryCurrentRegionOfTheCityHasAWindow) {
  std::set<std::string> regions;
  for (const HelpWindow& window : ShippedCatalogue().windows()) regions.insert(window.region);
  EXPECT_EQ(regions, (std::set<std::string>{"210600", "210602", "210603", "210604", "210624",
                                            "210681", "210682"}));
}

TEST(CatalogueHelp, NoAddressOrNumberIsMadeUp) {
  for (const HelpWindow& window : ShippedCatalogue().windows()) {
    EXPECT_EQ(window.address + window.hours + window.hotline, "") << window.name;
  }
  ASSERT_EQ(ShippedCatalogue().hotlines().size(), 1u);
  EXPECT_EQ(ShippedCatalogue().hotlines()[0].number, "12345");
}

TEST(CatalogueHelp, TopicsAndHowWindowsWork) {
  const auto topics = ShippedCatalogue().topics();
  EXPECT_TRUE(std::any_of(topics.begin(), topics.end(), [](const ConsultationTopic& topic) {
    return topic.id == "PAID_AGENTS";
  }));
  const WindowTerms& terms = ShippedCatalogue().window_terms();
  EXPECT_GT(terms.contact_days, 0);
  EXPECT_GT(terms.register_days, terms.contact_days);
  EXPECT_GT(terms.agent_days, 0);
  EXPECT_GT(terms.agent_subjects, 0);
  EXPECT_GT(terms.agent_applications, 0);
  EXPECT_NE(ShippedCatalogue().FindMaterial(terms.power_material), nullptr);
  for (const HelpWindow& window : ShippedCatalogue().windows()) {
    EXPECT_EQ(window.id, window.region) << "where it has none of its own";
  }
}

TEST(CatalogueHelp, ACommitmentHasItsRightNameForEachLine) {
  EXPECT_EQ(FormName(FormKind::kCommitment, "M2", "TRANSPORT"), "信用承诺书");
  EXPECT_EQ(FormName(FormKind::kCommitment, "M2", ""), "信用承诺书");
  EXPECT_EQ(FormName(FormKind::kCommitment, "M2", "MARKET_REGULATION"), "守信承诺书");
  EXPECT_EQ(FormName(FormKind::kCommitment, "M2", "HUMAN_RESOURCES"), "书面信用承诺");
  EXPECT_EQ(FormName(FormKind::kCommitment, "M9", "TAX"), "诚信纳税承诺书");
  EXPECT_EQ(FormName(FormKind::kCommitment, "M2", "TAX"), "信用承诺书");
  EXPECT_EQ(FormName(FormKind::kCommitment, "M12", "COURT"), "");
  EXPECT_EQ(FormName(FormKind::kApplication, "", "TRANSPORT"), "信用修复申请表");
  EXPECT_EQ(FormName(FormKind::kApplication, "", "STATISTICS"), "信用修复申请书");
  EXPECT_EQ(FormName(FormKind::kCommitment, "M2", "HUMAN_RESOURCES", absl::CivilDay(2021, 1, 1)),
            "信用承诺书");
}

TEST(CatalogueHelp, FaultsAreNamedWithFileAndLine) {
  const struct {
    const char* file;
    const char* from;
    const char* to;
    const char* what;
  } rows[] = {
      {"windows.toml", "region = \"210682\"", "region = \"210621\"", "region: '210621'"},
      {"windows.toml", "region = \"210682\"", "region = \"210681\"",
       "window: none for region 210682"},
      {"windows.toml", "power_material = \"M5\"", "power_material = \"M99\"",
       "power_material: 'M99'"},
      {"windows.toml", "id = \"OTHER\"", "id = \"RESULT\"", "id: 'RESULT' twice"},
      {"windows.toml", "number = 90", "number = 0", "number"},
      {"windows.toml", "id = \"REGISTER_DAYS\"", "id = \"CONTACT_DAYS\"",
       "'REGISTER_DAYS' is missing"},
      {"windows.toml", "region = \"210682\"", "region = \"210681\"", "id: '210681' twice"},
      {"windows.toml", "hotline = \"\"", "hotline = \"ring us\"",
       "hotline: not a telephone number"},
      {"windows.toml", "number = \"12345\"", "number = \"one\"", "number: not a telephone number"},
      {"windows.toml", "address = \"\"", "adress = \"\"", "adress: unknown key"},
      {"forms.toml", "material = \"M9\"", "material = \"M99\"", "material: 'M99'"},
      {"forms.toml", "[\"HUMAN_RESOURCES\"]", "[\"LABOUR\"]", "authority_kinds: 'LABOUR'"},
      {"forms.toml", "kind = \"COMMITMENT\"", "kind = \"PROMISE\"", "kind: 'PROMISE'"},
      {"forms.toml", "confidence = \"I\"", "confidence = \"Q\"", "confidence: 'Q'"},
  };
  for (const auto& row : rows) {
    TempFolder folder("deploy/catalogue");
    folder.Replace(row.file, row.from, row.to);
    const std::string error(Catalogue::Load(folder.path()).status().message());
    EXPECT_NE(error.find(folder.FilePath(row.file) + ":"), std::string::npos) << error;
    EXPECT_NE(error.find(row.what), std::string::npos) << row.what << "\ngot " << error;
  }
}

TEST(CatalogueHelp, EveryLineHasSomeApplicationForm) {
  TempFolder folder("deploy/catalogue");
  folder.Replace("forms.toml", "name = \"信用修复申请表\"",
                 "authority_kinds = [\"OTHER\"]\nname = \"信用修复申请表\"");
  const std::string error(Catalogue::Load(folder.path()).status().message());
  EXPECT_NE(error.find("form: none of APPLICATION for any line"), std::string::npos) << error;
}

}  // namespace
}  // namespace xiufu::catalogue
