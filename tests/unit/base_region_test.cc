#include <gtest/gtest.h>

#include "libs/base/region.h"

namespace xiufu {
namespace {

RegionTable Example() {
  return RegionTable({{"210681", "东港市", "Donggang", "210600"},
                      {"210000", "辽宁省", "Liaoning", ""},
                      {"210621", "凤城满族自治县", "Fengcheng", "210600", false},
                      {"210600", "丹东市", "Dandong", "210000"}});
}

TEST(Region, FindsByCode) {
  const RegionTable table = Example();
  ASSERT_NE(table.Find("210681"), nullptr);
  EXPECT_EQ(table.Find("210681")->name, "东港市");
  EXPECT_EQ(table.Find("210683"), nullptr);
  EXPECT_EQ(table.Find(""), nullptr);
  EXPECT_EQ(table.all().size(), 4u);
}

TEST(Region, HistoricalCodesAreKnownButNotCurrent) {
  const RegionTable table = Example();
  EXPECT_NE(table.Find("210621"), nullptr);
  EXPECT_FALSE(table.IsCurrent("210621"));
  EXPECT_TRUE(table.IsCurrent("210681"));
  EXPECT_FALSE(table.IsCurrent("999999"));
}

TEST(Region, EveryDivisionLiesInItsCity) {
  const RegionTable table = Example();
  for (const char* code : {"210681", "210621", "210600"}) {
    ASSERT_NE(table.CityOf(code), nullptr) << code;
    EXPECT_EQ(table.CityOf(code)->code, "210600");
  }
  EXPECT_EQ(table.CityOf("210000"), nullptr);
  EXPECT_EQ(table.CityOf("999999"), nullptr);
}

}  // namespace
}  // namespace xiufu
