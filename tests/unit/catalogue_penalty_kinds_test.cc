#include <gtest/gtest.h>

#include "tests/unit/catalogue_shipped.h"

namespace xiufu::catalogue {
namespace {

using Kinds = std::vector<std::string>;

TEST(PenaltyKinds, TextsDigitsAndOlderWords) {
  const std::pair<const char*, Kinds> rows[] = {
      {"罚款", {"罚款"}},
      {"警告、罚款", {"警告", "罚款"}},
      {"罚款,警告", {"警告", "罚款"}},  // in the order of the law
      {"罚款；没收违法所得", {"罚款", "没收违法所得"}},
      {" 罚款 | 警告 ", {"警告", "罚款"}},
      {"罚款，罚款", {"罚款"}},
      {"2", {"罚款"}},
      {"1;2", {"警告", "罚款"}},
      {"3", {"没收违法所得", "没收非法财物"}},
      {"没收违法所得、没收非法财物", {"没收违法所得", "没收非法财物"}},
      {"5", {"暂扣许可证件", "吊销许可证件"}},
      {"暂扣或者吊销许可证(执照)", {"暂扣许可证件", "吊销许可证件"}},
      {"吊销营业执照", {"吊销许可证件"}},
      {"其他-责令改正", {"其他"}},
      {"9", {"其他"}}};
  for (const auto& [text, expected] : rows) {
    const absl::StatusOr<Kinds> got = ShippedCatalogue().ParsePenaltyKinds(text);
    ASSERT_TRUE(got.ok()) << text << ": " << got.status();
    EXPECT_EQ(*got, expected) << text;
  }
}

TEST(PenaltyKinds, UnknownWordsAreNamed) {
  const absl::Status status = ShippedCatalogue().ParsePenaltyKinds("罚款、罚站、7").status();
  EXPECT_EQ(status.message(), "未知的处罚类别 / unknown penalty kind: 罚站, 7");
  for (const char* text : {"", " ", "、", "|"}) {
    EXPECT_FALSE(ShippedCatalogue().ParsePenaltyKinds(text).ok()) << text;
  }
}

}  // namespace
}  // namespace xiufu::catalogue
