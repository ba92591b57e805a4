#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "services/xiufuctl/arguments.h"

namespace xiufu::ctl {
namespace {

absl::StatusOr<Arguments> ReadThem(const std::vector<std::string>& args) {
  return Arguments::Read(args, {"file", "to"}, {"json"});
}

TEST(ArgumentsTest, WordsOptionsAndSwitchesInAnyOrder) {
  const auto args = ReadThem({"--json", "list", "--file", "a b", "7", "-3", "--to", "--x"});
  ASSERT_TRUE(args.ok()) << args.status();
  EXPECT_EQ(args->words(), (std::vector<std::string>{"list", "7", "-3"}));
  EXPECT_EQ(args->word(1), "7");
  EXPECT_EQ(args->word(3), "");
  EXPECT_EQ(args->Value("file"), "a b");
  EXPECT_EQ(args->Value("to"), "--x") << "a value is taken as it is";
  EXPECT_EQ(args->Value("credentials", "var/credentials"), "var/credentials");
  EXPECT_TRUE(args->Has("json"));
  EXPECT_TRUE(args->Has("file"));
  EXPECT_FALSE(args->Has("credentials"));
}

TEST(ArgumentsTest, SomeOptionsMayBeGivenMoreThanOnce) {
  const auto args = Arguments::Read({"--from", "b", "x", "--from", "a"}, {"to"}, {}, {"from"});
  ASSERT_TRUE(args.ok()) << args.status();
  EXPECT_TRUE(args->Has("from"));
  EXPECT_EQ(args->Values("from"), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(args->Values("to"), std::vector<std::string>());
  EXPECT_EQ(args->words(), std::vector<std::string>{"x"});
}

TEST(ArgumentsTest, WhatIsWrongIsNamed) {
  for (const auto& [args, name] :
       {std::pair(std::vector<std::string>{"--jsn"}, "--jsn"),
        std::pair(std::vector<std::string>{"--to"}, "--to"),
        std::pair(std::vector<std::string>{"--file", "a", "--file", "b"}, "--file")}) {
    const absl::Status status = ReadThem(args).status();
    EXPECT_TRUE(absl::IsInvalidArgument(status));
    EXPECT_TRUE(absl::StrContains(status.message(), name)) << status;
  }
}

}  // namespace
}  // namespace xiufu::ctl
