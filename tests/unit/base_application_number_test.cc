#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "libs/base/application_number.h"
#include "libs/base/mod31.h"
#include "libs/base/status.h"

namespace xiufu {
namespace {

const ApplicationNumber kExample{"210600", absl::CivilDay(2026, 11, 24), 17};

TEST(ApplicationNumber, HasItsForm) {
  const absl::StatusOr<std::string> text = FormatApplicationNumber(kExample);
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(text->size(), 27u);
  EXPECT_EQ(text->substr(0, 26), "XYXF2106002026112400000017");
  EXPECT_EQ(text->back(), *Mod31CheckCharacter(text->substr(0, 26)));
}

TEST(ApplicationNumber, LowerCaseIsRead) {
  std::string text = *FormatApplicationNumber(kExample);
  for (char& c : text) c = static_cast<char>(tolower(c));
  EXPECT_EQ(*ParseApplicationNumber(text), kExample);
}

TEST(ApplicationNumber, RefusesWhatCannotBeANumber) {
  const absl::CivilDay day(2026, 1, 1);
  EXPECT_FALSE(FormatApplicationNumber({"21060", day, 1}).ok());
  EXPECT_FALSE(FormatApplicationNumber({"21060X", day, 1}).ok());
  EXPECT_FALSE(FormatApplicationNumber({"210600", day, 0}).ok());
  EXPECT_FALSE(FormatApplicationNumber({"210600", day, kMaxApplicationSequence + 1}).ok());
  EXPECT_FALSE(FormatApplicationNumber({"210600", absl::CivilDay(10000, 1, 1), 1}).ok());
  EXPECT_TRUE(FormatApplicationNumber({"210600", day, kMaxApplicationSequence}).ok());
}

TEST(ApplicationNumber, NamesWhatIsWrong) {
  const std::string good = *FormatApplicationNumber(kExample);
  const auto signed_body = [](const std::string& body) {
    return body + *Mod31CheckCharacter(body);
  };
  for (const std::string& text :
       {std::string(), good.substr(0, 26), good + "0", " " + good.substr(1),
        std::string("XYXG") + good.substr(4), signed_body("XYXF2106002026023000000017"),
        signed_body("XYXF2106002026112400000000"), good.substr(0, 26) + "Z"}) {
    EXPECT_TRUE(HasReason(ParseApplicationNumber(text).status(), "APPLICATION_NUMBER_MALFORMED"))
        << text;
  }
  std::string other = good;
  other[25] = '8';
  EXPECT_TRUE(HasReason(ParseApplicationNumber(other).status(), "APPLICATION_NUMBER_CHECKSUM"));
}

RC_GTEST_PROP(ApplicationNumberProperty, ThereAndBackAndNoSlipUnnoticed, ()) {
  ApplicationNumber number;
  number.region = *rc::gen::container<std::string>(6, rc::gen::inRange('0', '9'));
  number.day = absl::CivilDay(1970, 1, 1) + *rc::gen::inRange(0, 60000);
  number.sequence = *rc::gen::inRange<uint32_t>(1, kMaxApplicationSequence);
  const std::string text = *FormatApplicationNumber(number);
  RC_ASSERT(*ParseApplicationNumber(text) == number);

  const size_t at = *rc::gen::inRange<size_t>(4, 25);
  std::string swapped = text;
  std::swap(swapped[at], swapped[at + 1]);
  if (swapped != text) RC_ASSERT(!ParseApplicationNumber(swapped).ok());
  std::string changed = text;
  changed[at] = *rc::gen::inRange('0', '9');
  if (changed != text) RC_ASSERT(!ParseApplicationNumber(changed).ok());
}

}  // namespace
}  // namespace xiufu
