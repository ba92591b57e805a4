#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "libs/base/mod31.h"
#include "libs/base/uscc.h"

namespace xiufu {
namespace {

const std::vector<std::string>& GenuineCodes() {
  static const std::vector<std::string> codes = {
      "91350100M000100Y43", "914403001922038216", "9144030071526726XG", "91330100799655058B",
      "91110000802100433B", "91110108551385082Q", "911100007109250324", "91110000710925462X",
      "9111000071093123XX", "91100000100003962T", "911100001000044477", "911000001000013428",
      "91440300192317458F", "9152000071430580XT", "12100000400000624D", "12100000400002259P",
      "11100000000013186G", "11100000MB0143028R", "11230500001755309F"};
  return codes;
}

const std::vector<std::string>& SyntheticCodes() {
  static const std::vector<std::string> codes = {
      "91210600MAYY000188", "92210602MAYY00026W", "93210624MAYY00034G",
      "52210600MJYY00045K", "51210600MJYY00053H", "12210600MBYY000622",
      "11210600MBYY000700", "N2210681MFYY000834", "31210600MDYY00094G"};
  return codes;
}

UsccVerdict VerdictOf(const std::string& code) { return CheckUscc(code).verdict; }

TEST(Uscc, GenuineAndSyntheticCodesAreOk) {
  for (const std::string& code : GenuineCodes())
    EXPECT_EQ(VerdictOf(code), UsccVerdict::kOk) << code;
  for (const std::string& code : SyntheticCodes())
    EXPECT_EQ(VerdictOf(code), UsccVerdict::kOk) << code;
}

TEST(Uscc, WrongCheckCharactersAreAMismatch) {
  for (const char* code : {"914403001922038217", "11100000000013039H",
                           // MOD-31 holds, the embedded GB 11714 digit does not.
                           "91210600118888888X",
                           // Genuine codes that do not conform: GB 11714 holds, MOD-31 does not.
                           "91350100M0001TGQXM", "91350211M0000XUF46", "91350203M0001FUE2P"}) {
    EXPECT_EQ(VerdictOf(code), UsccVerdict::kChecksumMismatch) << code;
  }
}

TEST(Uscc, EitherCheckCharacterAloneIsNotEnough) {
  EXPECT_EQ(*Mod31CheckCharacter("91210600118888888"), 'X');
  EXPECT_NE(*OrganisationCheckDigit("11888888"), '8');
  EXPECT_EQ(*OrganisationCheckDigit("M0001TGQ"), 'X');
  EXPECT_EQ(*Mod31CheckCharacter("91350100M0001TGQX"), '1');
  EXPECT_EQ(*Mod31CheckCharacter("91350211M0000XUF4"), 'R');
  EXPECT_EQ(*Mod31CheckCharacter("91350203M0001FUE2"), 'J');
}

TEST(Uscc, WrongFormIsMalformed) {
  const std::string good = "914403001922038216";
  const std::string with_nul("91440300192203821\0", 18);
  for (const std::string& code :
       {std::string("91350100M000100Y4Z"), std::string("91440300I922038216"), good.substr(0, 17),
        good + "6", good + " ", " " + good, std::string("91440300192203821６"), std::string(),
        std::string("9144030019220382１6"), std::string("91O403001922038216"),
        std::string("91A403001922038216"), std::string("91440300-92203821-"), with_nul,
        std::string("91440300192203821\n"), std::string("\xff\xfe") + good.substr(2)}) {
    EXPECT_EQ(VerdictOf(code), UsccVerdict::kMalformed) << code;
    EXPECT_FALSE(CheckUscc(code).reason.empty());
  }
}

TEST(Uscc, ReasonsSayWhereAndWhatWouldBeRight) {
  EXPECT_NE(CheckUscc("914403001922038217").reason.find("should be 6"), std::string::npos);
  EXPECT_NE(CheckUscc("91440300I922038216").reason.find("character 9 "), std::string::npos);
  EXPECT_NE(CheckUscc("91440300192203821６").reason.find("character 18 "), std::string::npos);
  EXPECT_NE(CheckUscc("9144").reason.find("4 characters where 18"), std::string::npos);
  EXPECT_NE(CheckUscc("91A403001922038216").reason.find("the region has digits only"),
            std::string::npos);
}

TEST(Uscc, LowerCaseIsRaisedFirst) {
  const UsccCheck check = CheckUscc("9144030071526726xg");
  EXPECT_EQ(check.verdict, UsccVerdict::kOk);
  EXPECT_EQ(check.code, "9144030071526726XG");
  EXPECT_EQ(VerdictOf("91350100m000100y4z"), UsccVerdict::kMalformed);
}

TEST(Uscc, OrganisationCheckDigitHasXAndZero) {
  // 国家电网: X embedded. A body whose remainder is 11 gives 0.
  EXPECT_EQ(*OrganisationCheckDigit("71093123"), 'X');
  EXPECT_EQ(*OrganisationCheckDigit("00000000"), '0');
  EXPECT_FALSE(OrganisationCheckDigit("0000000").has_value());
  EXPECT_FALSE(OrganisationCheckDigit("0000000-").has_value());
  EXPECT_FALSE(OrganisationCheckDigit("0000000x").has_value());
}

TEST(Uscc, NoSingleSubstitutionGoesUnnoticed) {
  const std::string alphabet(kMod31Alphabet);
  for (const std::string& code : GenuineCodes()) {
    for (size_t i = 0; i < code.size(); ++i) {
      for (char c : alphabet) {
        std::string changed = code;
        changed[i] = c;
        if (changed == code) continue;
        EXPECT_NE(VerdictOf(changed), UsccVerdict::kOk) << changed;
      }
    }
  }
}

TEST(Uscc, NoAdjacentSwapGoesUnnoticed) {
  for (const std::string& code : GenuineCodes()) {
    for (size_t i = 0; i + 1 < code.size(); ++i) {
      std::string changed = code;
      std::swap(changed[i], changed[i + 1]);
      if (changed == code) continue;
      EXPECT_NE(VerdictOf(changed), UsccVerdict::kOk) << changed;
    }
  }
}

std::string RandomBody(const std::string& alphabet, size_t length) {
  return *rc::gen::container<std::string>(length, rc::gen::elementOf(alphabet));
}

RC_GTEST_PROP(UsccProperty, WhatIsBuiltByTheRuleIsOk, ()) {
  const std::string alphabet(kMod31Alphabet);
  std::string code = RandomBody(alphabet, 2) + RandomBody("0123456789", 6);
  const std::string body = RandomBody(alphabet, 8);
  code += body + *OrganisationCheckDigit(body);
  code += *Mod31CheckCharacter(code);
  RC_ASSERT(VerdictOf(code) == UsccVerdict::kOk);
}

RC_GTEST_PROP(UsccProperty, AnyBytesGetAVerdictOnOneLine, (const std::string& bytes)) {
  const UsccCheck check = CheckUscc(bytes);
  RC_ASSERT(!check.reason.empty());
  RC_ASSERT(check.reason.find_first_of("\t\n\r") == std::string::npos);
  RC_ASSERT(check.code.size() == bytes.size());
}

}  // namespace
}  // namespace xiufu
