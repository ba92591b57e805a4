// GB18030 to UTF-8, on anything, and back from what this machine's iconv makes of UTF-8.
#include <iconv.h>

#include "libs/base/text.h"
#include "services/publication/drivers/text_encoding.h"
#include "tests/fuzz/feed_rows.h"

namespace xiufu::fuzz {
namespace {

using publication::Gb18030;
using publication::RowDecoder;

std::string ToGb18030(std::string text) {
  const iconv_t converter = iconv_open("GB18030", "UTF-8");
  std::string bytes(text.size() * 4, '\0');
  char *from = text.data(), *to = bytes.data();
  size_t left = text.size(), room = bytes.size();
  EXPECT_NE(iconv(converter, &from, &left, &to, &room), static_cast<size_t>(-1));
  iconv_close(converter);
  bytes.resize(bytes.size() - room);
  return bytes;
}

void AppendUtf8(uint32_t point, std::string& text) {
  const auto byte = [&](uint32_t value) { text.push_back(static_cast<char>(value)); };
  if (point < 0x80) return byte(point);
  if (point < 0x800) {
    byte(0xC0 | point >> 6);
  } else if (point < 0x10000) {
    byte(0xE0 | point >> 12);
    byte(0x80 | (point >> 6 & 0x3F));
  } else {
    byte(0xF0 | point >> 18);
    byte(0x80 | (point >> 12 & 0x3F));
    byte(0x80 | (point >> 6 & 0x3F));
  }
  byte(0x80 | (point & 0x3F));
}

// Mostly Chinese, of every plane; without surrogates and private use, which have no one partner.
std::string AnyText(Dice& dice) {
  std::string text;
  for (size_t length = Roll(dice, 40); length > 0; --length) {
    const uint32_t ranges[][2] = {
        {0x20, 0x7E}, {0x4E00, 0x9FA5}, {0x3400, 0x4DB5}, {0x20000, 0x2A6D6}, {0xA1, 0x24F}};
    const auto& range = ranges[Roll(dice, std::size(ranges))];
    AppendUtf8(static_cast<uint32_t>(range[0] + Roll(dice, range[1] - range[0])), text);
  }
  return text;
}

TEST(Gb18030Fuzz, WhatWasTextComesBack) {
  Gb18030 decoder;
  ForAWhile([&](Dice& dice) {
    std::string text = AnyText(dice);
    const std::string bytes = ToGb18030(text);
    std::string back;
    EXPECT_TRUE(decoder.Decode(bytes, back));
    EXPECT_EQ(back, text);
    return text;
  });
}

TEST(Gb18030Fuzz, WhatIsNoneIsRefusedAndTheRestIsUtf8) {
  const Bender bender({ToGb18030("丹东示例贸易有限公司，超限运输"), ToGb18030("𠀀㐀é"), "abc", ""},
                      {"\x81\x30\x81\x30", "\x81", "\xFF", "\xE3\x32\x9A\x35", "\x84\x31\xA4\x37",
                       "\xFE\xFE\xFE\xFE", std::string(1, '\0'), "\x80"});
  Gb18030 decoder;
  ForAWhile([&](Dice& dice) {
    std::string bytes = bender.Next(dice);
    std::string text;
    if (decoder.Decode(bytes, text)) {
      EXPECT_TRUE(IsValidUtf8(text));
    }
    // The one before leaves nothing behind.
    EXPECT_TRUE(decoder.Decode(ToGb18030("丹东"), text));
    EXPECT_EQ(text, "丹东");
    return bytes;
  });
}

// Every row comes out once and in order; a file of one encoding comes out as it was meant.
TEST(Gb18030Fuzz, RowsComeOutOnceAndInOrder) {
  ForAWhile([&](Dice& dice) {
    const bool gb18030 = Roll(dice, 2) == 0;
    std::vector<std::string> texts;
    RowDecoder decoder;
    std::vector<feed::FeedRow> rows;
    for (size_t count = Roll(dice, 300); count > 0; --count) {
      texts.push_back(Roll(dice, 3) == 0 ? "plain" : absl::StrCat("丹东", AnyText(dice)));
      std::vector<feed::FeedRow> raw = {
          {static_cast<int64_t>(texts.size()), {gb18030 ? ToGb18030(texts.back()) : texts.back()}}};
      decoder.Take(raw, rows);
    }
    decoder.Finish(rows);
    EXPECT_EQ(rows.size(), texts.size());
    for (size_t i = 0; i < std::min(rows.size(), texts.size()); ++i) {
      EXPECT_EQ(rows[i].fields[0], texts[i]) << (gb18030 ? "GB18030" : "UTF-8");
    }
    return std::string(gb18030 ? "GB18030" : "UTF-8");
  });
}

}  // namespace
}  // namespace xiufu::fuzz
