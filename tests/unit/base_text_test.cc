#include <gtest/gtest.h>

#include <string>

#include "libs/base/status.h"
#include "libs/base/text.h"

namespace xiufu {
namespace {

TEST(Text, WellFormedUtf8) {
  for (const char* text : {"", "abc", "丹东市", "é", "😀", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf"})
    EXPECT_TRUE(IsValidUtf8(text)) << text;
}

TEST(Text, IllFormedUtf8) {
  for (const char* text :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe4\xb8", "a\xff", "\xe4\xb8\x61"})
    EXPECT_FALSE(IsValidUtf8(text));
}

TEST(Text, CountsCharactersNotBytes) {
  EXPECT_EQ(CharacterCount("丹东abc"), 5u);
  EXPECT_EQ(CharacterCount("😀"), 1u);
}

TEST(Text, WhatIsNoUtf8IsReplaced) {
  EXPECT_EQ(CleanUtf8("丹东😀"), "丹东😀");
  EXPECT_EQ(CleanUtf8("丹\xB7\xA3x"), "丹\uFFFD\uFFFDx");
  EXPECT_EQ(CleanUtf8("丹\xe4\xb8"), "丹\uFFFD\uFFFD");
}

TEST(Text, ClipsBetweenCharacters) {
  EXPECT_EQ(ClipUtf8("丹东市", 9), "丹东市");
  EXPECT_EQ(ClipUtf8("丹东市a", 9), "丹东…");
  EXPECT_EQ(ClipUtf8("丹东市a", 8), "丹…");
  EXPECT_EQ(ClipUtf8("abcdef", 5), "ab…");
}

TEST(Text, LimitsAreInclusive) {
  EXPECT_TRUE(CheckText("f", "丹东", 2, 2).ok());
  EXPECT_TRUE(CheckText("f", "", 0, 2).ok());
  EXPECT_FALSE(CheckText("f", "丹", 2, 2).ok());
  EXPECT_FALSE(CheckText("f", "丹东市", 2, 2).ok());
}

TEST(Text, ViolationsNameTheField) {
  const absl::Status status = CheckText("applicant.name", "", 1, 50);
  EXPECT_EQ(ViolationsOf(status),
            (std::vector<Violation>{{"applicant.name", "empty; 1 to 50 characters of UTF-8"}}));
}

TEST(Text, ControlCharactersAreRefused) {
  EXPECT_FALSE(CheckText("f", std::string("a\0b", 3), 1, 9).ok());
  EXPECT_FALSE(CheckText("f", "a\nb", 1, 9).ok());
  EXPECT_FALSE(CheckText("f", "\x7f", 1, 9).ok());
  EXPECT_FALSE(CheckText("f", "\xc2\x85", 1, 9).ok());  // C1: next line
  EXPECT_TRUE(CheckMultilineText("f", "a\n\tb", 1, 9).ok());
  EXPECT_FALSE(CheckMultilineText("f", "a\rb", 1, 9).ok());
}

TEST(Text, NamesAreWhatTheyLookLike) {
  for (const char* turning :
       {"\u061C", "\u200E", "\u200F", "\u202A", "\u202E", "\u2066", "\u2069"}) {
    const std::string text = std::string("丹东") + turning + "fdp.exe";
    EXPECT_FALSE(CheckText("f", text, 1, 50).ok()) << text;
    EXPECT_FALSE(CheckMultilineText("f", text, 1, 50).ok()) << text;
  }
  for (const char* unseen : {"\u200B", "\uFEFF"}) {
    const std::string text = std::string("丹东") + unseen + "市";
    EXPECT_FALSE(CheckText("f", text, 1, 50).ok());
    EXPECT_TRUE(CheckMultilineText("f", text, 1, 50).ok());
  }
  for (const char* fine : {"\u2010", "\u2029", "\u206A", "\u3000", "\u200D"}) {
    EXPECT_TRUE(CheckText("f", std::string("丹") + fine, 1, 50).ok()) << fine;
  }
}

TEST(Text, WhatIsNeededIsMoreThanBlanks) {
  for (const char* blank : {" ", "   ", "\u3000", "\u00A0 \u3000"}) {
    EXPECT_FALSE(CheckText("f", blank, 1, 50).ok());
    EXPECT_FALSE(CheckMultilineText("f", blank, 1, 50).ok());
    EXPECT_TRUE(CheckText("f", blank, 0, 50).ok()) << "where nothing is needed";
  }
}

}  // namespace
}  // namespace xiufu
