#include <gtest/gtest.h>

#include "libs/catalogue/messages.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::catalogue {
namespace {

TEST(Messages, ArgumentsAreFilledInBothLanguages) {
  const Messages messages({{"GREETING", {"{who}，你好{n}", "Hello {who} {n}"}}});
  const BilingualText text = messages.Text("GREETING", {{"who", "丹东", "Dandong"}, {"n", "7"}});
  EXPECT_EQ(text, (BilingualText{"丹东，你好7", "Hello Dandong 7"}));
}

TEST(Messages, AnArgumentIsTextAndNotAnotherSlot) {
  const Messages messages({{"K", {"{a}{b}", "{a}{b}"}}});
  EXPECT_EQ(messages.Text("K", {{"a", "{b}"}, {"b", "x"}}).zh, "{b}x");
}

TEST(Messages, MissingKeysAndArgumentsStayVisible) {
  const Messages messages({{"K", {"{a}", "{a}"}}});
  EXPECT_EQ(messages.Text("K").zh, "{a}");
  EXPECT_EQ(messages.Text("OTHER").en, "OTHER");
  EXPECT_TRUE(messages.Contains("K"));
  EXPECT_FALSE(messages.Contains("OTHER"));
}

TEST(Messages, RequireNamesEveryMissingKey) {
  const Messages messages({{"K", {"x", "x"}}});
  EXPECT_TRUE(messages.Require({"K"}).ok());
  const absl::Status status = messages.Require({"A", "K", "B"});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(), "message keys missing: A, B");
}

TEST(Messages, LoadingTellsEveryMistake) {
  TempFolder folder;
  folder.Write("messages.toml",
               "[GOOD]\nzh = \"{a}\"\nen = \"{a}\"\n"
               "[ARGS]\nzh = \"{a}\"\nen = \"{b}\"\n"
               "[lower]\nzh = \"x\"\nen = \"x\"\n"
               "[LANGUAGE]\nzh = \"x\"\n"
               "[EXTRA]\nzh = \"x\"\nen = \"x\"\nfr = \"x\"\n");
  const std::string error(Messages::Load(folder.path()).status().message());
  const std::string file = folder.FilePath("messages.toml");
  EXPECT_NE(error.find(file + ":4: ARGS: zh has arguments {a}, en {b}"), std::string::npos)
      << error;
  EXPECT_NE(error.find(file + ":7: lower: not of A-Z"), std::string::npos) << error;
  EXPECT_NE(error.find(file + ":10: en: missing"), std::string::npos) << error;
  EXPECT_NE(error.find(file + ":15: fr: unknown key"), std::string::npos) << error;
  EXPECT_EQ(error.find("GOOD"), std::string::npos) << error;
}

TEST(Messages, TheFileMustBeThere) {
  TempFolder folder;
  EXPECT_FALSE(Messages::Load(folder.path()).ok());
}

}  // namespace
}  // namespace xiufu::catalogue
