#include <gtest/gtest.h>

#include <algorithm>

#include "libs/catalogue/authority.h"
#include "libs/catalogue/deciding_authority.h"
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

TEST(Authority, TwoCannotShareAName) {
  TempFolder folder("deploy/authorities");
  const int line = folder.Replace("transport.toml", "丹东市交通运输局", "丹东市应急管理局");
  ExpectAuthorityError(folder, "transport.toml", line, "name: the same as in ");
}

TEST(Authority, WhoIsAboveAndWhoSeesMustBeThere) {
  TempFolder folder("deploy/authorities");
  const int above = folder.Replace("transport.toml", "superior_name = \"辽宁省交通运输厅\"",
                                   "superior = \"nobody\"");
  const int level = folder.Replace("emergency.toml", "superior_name = \"辽宁省应急管理厅\"",
                                   "superior = \"transport\"");
  folder.Append("environment.toml",
                "\n[[seen_by]]\nauthority = \"nobody\"\nfrom = 2026-01-01\n"
                "\n[[seen_by]]\nauthority = \"environment\"\nfrom = 2026-01-01\n"
                "\n[[seen_by]]\nauthority = \"transport\"\nfrom = 2026-01-01\nto = 2026-06-30\n"
                "\n[[seen_by]]\nauthority = \"transport\"\nfrom = 2026-06-30\n");
  const int end = static_cast<int>(std::ranges::count(folder.Read("environment.toml"), '\n'));
  ExpectAuthorityError(folder, "transport.toml", above, "superior: 'nobody' is not registered");
  ExpectAuthorityError(folder, "emergency.toml", level,
                       "superior: 'transport' is not of a higher level");
  ExpectAuthorityError(folder, "environment.toml", end - 14,
                       "authority: 'nobody' is not registered");
  ExpectAuthorityError(folder, "environment.toml", end - 10, "authority: the authority itself");
  ExpectAuthorityError(folder, "environment.toml", end, "from: 'transport' sees it already");
}

TEST(Authority, WhoSeesAWorkListDoesNotDecide) {
  TempFolder folder("deploy/authorities");
  folder.Append("transport.toml",
                "\n[[seen_by]]\nauthority = \"emergency\"\nfrom = 2026-01-01\nto = 2026-06-30\n");
  const auto registry = AuthorityRegistry::Load(folder.path());
  ASSERT_TRUE(registry.ok()) << registry.status();
  const Authority& transport = *registry->FindByCode("transport");
  EXPECT_TRUE(registry->MaySee("transport", transport, absl::CivilDay(2025, 1, 1)));
  EXPECT_FALSE(registry->MaySee("emergency", transport, absl::CivilDay(2025, 12, 31)));
  EXPECT_TRUE(registry->MaySee("emergency", transport, absl::CivilDay(2026, 6, 30)));
  EXPECT_FALSE(registry->MaySee("emergency", transport, absl::CivilDay(2026, 7, 1)));
  const auto deciding = DecidingAuthorityOf({"", transport.name, transport.uscc}, *registry,
                                            absl::CivilDay(2026, 6, 1));
  EXPECT_EQ(deciding.authority, &transport);
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
