// What the government-service platforms call the repair of a record.
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libs/catalogue/agreement.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/catalogue_shipped.h"

namespace xiufu::catalogue {
namespace {

void ExpectItemError(const TempFolder& folder, int line, const std::string& what) {
  const std::string error(Catalogue::Load(folder.path()).status().message());
  const std::string expected = absl::StrCat(folder.FilePath("items.toml"), ":", line, ": ", what);
  EXPECT_TRUE(absl::StrContains(error, expected)) << "wanted " << expected << "\ngot " << error;
}

std::string Disagreement(const TempFolder& folder) {
  const absl::StatusOr<AuthorityRegistry> registry = AuthorityRegistry::Load(folder.path());
  EXPECT_TRUE(registry.ok()) << registry.status();
  return std::string(CheckAgreement(ShippedCatalogue(), *registry, "folder").message());
}

TEST(Items, EveryMistakeIsToldWithItsLine) {
  TempFolder folder("deploy/catalogue");
  const int longer = folder.Replace("items.toml", "\"XYXF000001\"", "\"XYXF0000001\"");
  const int twice = folder.Replace("items.toml", "\"XYXF000003\"", "\"XYXF000002\"");
  const int kind = folder.Replace("items.toml", "[\"TAX\"]", "[\"TAXES\"]");
  ExpectItemError(folder, longer, "base_code: not 1 to 10 of 0-9 and A-Z");
  ExpectItemError(folder, twice, "base_code: 'XYXF000002' twice");
  ExpectItemError(folder, kind, "authority_kinds: ");
}

TEST(Items, OneKindOfRecordOfALineHasOne) {
  TempFolder folder("deploy/catalogue");
  const int line = folder.Replace("items.toml", "[\"ABNORMAL_MARK\"]", "[\"ABNORMAL_LIST\"]") - 2;
  ExpectItemError(folder, line, "for a kind of record and a line that ABNORMAL_LIST has already");
}

TEST(Items, AnAuthorityHasACodeForExactlyThoseOfItsLine) {
  TempFolder folder("deploy/authorities");
  EXPECT_EQ(Disagreement(folder), "");
  folder.Replace("tax.toml", "item = \"SERIOUS_TAX\"", "item = \"SERIOUS_COURT\"");
  folder.Replace("court.toml", "item = \"SERIOUS_COURT\"", "item = \"SERIOUS_JUDGE\"");
  EXPECT_EQ(Disagreement(folder),
            "folder/court.toml:4: implementation: none for SERIOUS_COURT，失信被执行人信用修复\n"
            "folder/court.toml:4: implementation: 'SERIOUS_JUDGE' is not in items.toml\n"
            "folder/tax.toml:4: implementation: none for "
            "SERIOUS_TAX，重大税收违法失信主体信用修复\n"
            "folder/tax.toml:4: implementation: SERIOUS_COURT is not for TAX");
}

}  // namespace
}  // namespace xiufu::catalogue
