#include <gtest/gtest.h>

#include "libs/base/status.h"
#include "libs/rpc/page_token.h"

namespace xiufu::rpc {
namespace {

bool IsRefused(const absl::Status& status) {
  const auto violations = ViolationsOf(status);
  return absl::IsInvalidArgument(status) && violations.size() == 1 &&
         violations[0].field == "page_token";
}

TEST(RpcPageTokenTest, ComesBackForTheSameListOnly) {
  const PageTokens tokens("secret");
  const std::string token = tokens.Encode("uscc=1", "after 17");
  EXPECT_EQ(*tokens.Decode("uscc=1", token), "after 17");
  EXPECT_TRUE(IsRefused(tokens.Decode("uscc=2", token).status()));
  EXPECT_TRUE(IsRefused(PageTokens("other").Decode("uscc=1", token).status()));
  EXPECT_EQ(*PageTokens("secret").Decode("uscc=1", token), "after 17") << "after a restart";
}

TEST(RpcPageTokenTest, EmptyIsTheFirstPage) {
  const PageTokens tokens("secret");
  EXPECT_EQ(*tokens.Decode("f", ""), "");
}

TEST(RpcPageTokenTest, AnyChangeIsRefused) {
  const PageTokens tokens("secret");
  const std::string token = tokens.Encode("f", "position");
  for (size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    // The last character has bits that stand for nothing.
    if (i + 1 < token.size()) {
      EXPECT_TRUE(IsRefused(tokens.Decode("f", changed).status())) << i;
    }
  }
  EXPECT_TRUE(IsRefused(tokens.Decode("f", token.substr(1)).status()));
  EXPECT_TRUE(IsRefused(tokens.Decode("f", "!").status()));
}

TEST(RpcPageTokenTest, IsUrlSafe) {
  const PageTokens tokens("secret");
  for (int i = 0; i < 200; ++i) {
    const std::string token = tokens.Encode("f", std::string(1, static_cast<char>(i)));
    EXPECT_EQ(token.find_first_of("+/=&? "), std::string::npos);
  }
}

TEST(RpcPageTokenTest, KeysOfDifferentSecretsDiffer) {
  EXPECT_NE(PageTokenKey("a"), PageTokenKey("b"));
  EXPECT_EQ(PageTokenKey("a"), PageTokenKey("a"));
}

TEST(RpcPageTokenTest, PageSizes) {
  EXPECT_EQ(*PageSize(0, 50, 200), 50);
  EXPECT_EQ(*PageSize(7, 50, 200), 7);
  EXPECT_EQ(*PageSize(100000, 50, 200), 200);
  EXPECT_EQ(ViolationsOf(PageSize(-1, 50, 200).status()).at(0).field, "page_size");
}

}  // namespace
}  // namespace xiufu::rpc
