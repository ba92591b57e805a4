// xiufuctl code check
#include <gtest/gtest.h>

#include "services/xiufuctl/code_command.h"
#include "tests/unit/xiufuctl_run.h"

namespace xiufu::ctl {
namespace {

Outcome RunCodeCommand(const std::vector<std::string>& args) {
  return RunFamily(CodeCommands(), args);
}

TEST(CodeCommand, OneLineOfThreeColumnsPerCode) {
  const Outcome outcome = RunCodeCommand(
      {"check", "914403001922038216", "9144030071526726xg", "91440300", "91210600118888888X"});
  EXPECT_EQ(outcome.exit_code, kExitOk);
  EXPECT_EQ(outcome.out,
            "914403001922038216\tok\t两个校验位均正确 / both check characters hold\n"
            "9144030071526726xg\tok\t两个校验位均正确 / both check characters hold\n"
            "91440300\tmalformed\t应为18位，实为8位 / 8 characters where 18 belong\n"
            "91210600118888888X\tchecksum-mismatch\t组织机构代码校验位（第17位）应为5 / "
            "character 17 (GB 11714) should be 5\n");
}

TEST(CodeCommand, AnOddCodeCannotForgeColumnsOrLines) {
  const std::string expected = "a\\x09ok\\x0ab\tmalformed\t";
  EXPECT_EQ(RunCodeCommand({"check", "a\tok\nb"}).out.substr(0, expected.size()), expected);
}

TEST(CodeCommand, WithoutCodesNothingIsChecked) {
  for (const std::vector<std::string>& args :
       {std::vector<std::string>{}, std::vector<std::string>{"check"},
        std::vector<std::string>{"verify", "914403001922038216"}}) {
    const Outcome outcome = RunCodeCommand(args);
    EXPECT_EQ(outcome.exit_code, kExitUsage);
    EXPECT_EQ(outcome.out, "");
  }
}

}  // namespace
}  // namespace xiufu::ctl
