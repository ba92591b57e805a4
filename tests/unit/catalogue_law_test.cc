// The parts of the law, loaded together.
#include <gtest/gtest.h>

#include "libs/catalogue/law.h"
#include "tests/unit/base_temp_folder.h"

namespace xiufu::catalogue {
namespace {

class LawTest : public ::testing::Test {
 protected:
  absl::StatusOr<LawSnapshot> Load() {
    return LoadLaw({rules_.path(), calendars_.path(), authorities_.path()});
  }
  void ExpectFault(const std::string& at, const std::string& what) {
    const std::string error(Load().status().message());
    EXPECT_NE(error.find(at + ": " + what), std::string::npos)
        << "wanted " << at << ": " << what << "\ngot " << error;
  }

  TempFolder rules_{"deploy/catalogue"};
  TempFolder calendars_{"deploy/calendars"};
  TempFolder authorities_{"deploy/authorities"};
};

TEST_F(LawTest, TheShippedOneFitsTogether) {
  const absl::StatusOr<LawSnapshot> law = Load();
  ASSERT_TRUE(law.ok()) << law.status();
  EXPECT_FALSE((*law)->catalogue.rules().empty());
}

TEST_F(LawTest, AnAuthorityOfALineTheCatalogueDoesNotHaveIsNamedWithItsLine) {
  const int line =
      authorities_.Replace("transport.toml", "kind = \"TRANSPORT\"", "kind = \"ROADS\"");
  ExpectFault(authorities_.FilePath("transport.toml") + ":" + std::to_string(line),
              "kind: 'ROADS' is not in authority_kinds.toml");
}

TEST_F(LawTest, AnExceptionForNobodyIsNamedWithItsLine) {
  calendars_.Write("exceptions.toml", R"(revision = 1

[[exception]]
authorities = ["transport", "nobody"]
authority_kinds = ["ROADS"]
days = [2026-08-03]
working = false
name = "停办"
name_en = "Closed"
source = "test"
confidence = "T"
)");
  ExpectFault(calendars_.FilePath("exceptions.toml") + ":3",
              "authorities: 'nobody' is not registered");
  ExpectFault(calendars_.FilePath("exceptions.toml") + ":3",
              "authority_kinds: 'ROADS' is not in authority_kinds.toml");
}

TEST_F(LawTest, ARuleForNobodyIsNamedWithItsLine) {
  const int rule = rules_.Replace("regime-ndrc-36.toml", "classes = [\"GENERAL\"",
                                  "authorities = [\"roads\"]\nclasses = [\"GENERAL\"");
  ExpectFault(rules_.FilePath("regime-ndrc-36.toml") + ":" + std::to_string(rule),
              "authorities: 'roads' is not registered");
}

TEST_F(LawTest, FaultsOfAllThreeAreToldAtOnce) {
  rules_.Remove("effects.toml");
  calendars_.Remove("statutory.toml");
  authorities_.Append("transport.toml", "unknown = 1\n");
  ExpectFault(rules_.FilePath("effects.toml") + ":1", "file missing");
  ExpectFault(calendars_.FilePath("statutory.toml") + ":1", "file missing");
  const std::string error(Load().status().message());
  EXPECT_NE(error.find("unknown: unknown key"), std::string::npos) << error;
}

TEST_F(LawTest, TheArchiveRestoresTheCatalogue) {
  const LawSnapshot law = *Load();
  const absl::StatusOr<Catalogue> restored = Catalogue::FromFiles(law->catalogue.archive());
  ASSERT_TRUE(restored.ok()) << restored.status();
  EXPECT_EQ(restored->version(), law->catalogue.version());
  EXPECT_EQ(restored->sha256(), law->catalogue.sha256());
  EXPECT_EQ(restored->rules().size(), law->catalogue.rules().size());
  const std::string& archive = law->catalogue.archive();
  EXPECT_FALSE(Catalogue::FromFiles(archive.substr(0, archive.size() - 1)).ok());
}

TEST_F(LawTest, WhoHoldsOneKeepsItWhileAnotherComesIntoForce) {
  LawInForce in_force(*Load());
  const LawSnapshot held = in_force.Get();
  rules_.Replace("catalogue.toml", "version = \"", "version = \"next-");
  in_force.Replace(*Load());
  EXPECT_EQ("next-" + held->catalogue.version(), in_force.Get()->catalogue.version());
  EXPECT_NE(held->catalogue.FindRule("N36-GEN", absl::CivilDay(2026, 11, 24)), nullptr);
}

}  // namespace
}  // namespace xiufu::catalogue
