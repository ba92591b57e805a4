#include <gtest/gtest.h>

#include "libs/catalogue/authority.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::catalogue {
namespace {

void ExpectAuthorityError(const TempFolder& folder, const std::string& file, int line,
                          const std::string& what) {
  const std::string error(AuthorityRegistry::Load(folder.path()).status().message());
  const std::string expected = folder.FilePath(file) + ":" + std::to_string(line) + ": " + what;
  EXPECT_NE(error.find(expected), std::string::npos) << "wanted " << expected << "\ngot " << error;
}

TEST(Authority, FindsByCodeAndUscc) {
  Authority a, b;
  a.code = "b-second";
  a.uscc = "1";
  b.code = "a-first";
  b.uscc = "2";
  const AuthorityRegistry registry({a, b});
  EXPECT_EQ(registry.all()[0].code, "a-first");
  EXPECT_EQ(registry.FindByCode("b-second")->uscc, "1");
  EXPECT_EQ(registry.FindByUscc("2")->code, "a-first");
  EXPECT_EQ(registry.FindByCode("c"), nullptr);
  EXPECT_EQ(registry.FindByUscc(""), nullptr);
}

TEST(Authority, EveryMistakeIsToldWithItsLine) {
  TempFolder folder("deploy/authorities");
  const int code =
      folder.Replace("transport.toml", "code = \"transport\"", "code = \"transport2\"");
  const int uscc = folder.Replace("emergency.toml", "uscc = \"11210600MBYY010303\"",
                                  "uscc = \"11210600MBYY010304\"");
  const int region = folder.Replace("construction.toml", "\"210600\"", "\"2106\"");
  const int handling = folder.Replace("environment.toml", "\"IN_SUITE\"", "\"SOMEHOW\"");
  const int unknown = folder.Replace("urban-management.toml", "level = \"CITY\"",
                                     "level = \"CITY\"\nlevle = \"CITY\"") +
                      1;
  ExpectAuthorityError(folder, "transport.toml", code, "code: not the file's name");
  ExpectAuthorityError(folder, "emergency.toml", uscc, "uscc: 校验码（第18位）应为3");
  ExpectAuthorityError(folder, "construction.toml", region, "region: not six digits");
  ExpectAuthorityError(folder, "environment.toml", handling, "handling: 'SOMEHOW' is none of");
  ExpectAuthorityError(folder, "urban-management.toml", unknown, "levle: unknown key");
}

TEST(Authority, TwoCannotShareACode) {
  TempFolder folder("deploy/authorities");
  const int line = folder.Replace("transport.toml", "11210600MBYY010228", "11210600MBYY010303");
  ExpectAuthorityError(folder, "transport.toml", line, "uscc: the same as in ");
}

TEST(Authority, CodesNameStreams) {
  TempFolder folder;
  const std::string body = TempFolder("deploy/authorities").Read("transport.toml");
  for (const std::string& code : {std::string("Trans.port"), std::string(33, 'a')}) {
    folder.Write(code + ".toml", "code = \"" + code + "\"\n" + body.substr(body.find('\n') + 1));
    ExpectAuthorityError(folder, code + ".toml", 1, "code: not [a-z0-9-]{1,32}");
  }
}

TEST(Authority, ItsHandlingStandsOverTheRules) {
  Rule rule;
  Authority authority;
  EXPECT_EQ(EffectiveHandling(rule, authority), Handling::kInSuite);
  rule.handling = Handling::kRelayed;
  EXPECT_EQ(EffectiveHandling(rule, authority), Handling::kRelayed);
  authority.handling = Handling::kResultOnly;
  EXPECT_EQ(EffectiveHandling(rule, authority), Handling::kResultOnly);
}

}  // namespace
}  // namespace xiufu::catalogue
