#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <functional>

#include "libs/data/archive.h"
#include "libs/data/folder.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/catalogue_shipped.h"

namespace xiufu::catalogue {
namespace {

std::string CatalogueError(const TempFolder& folder) {
  return std::string(Catalogue::Load(folder.path()).status().message());
}

void ExpectCatalogueError(const TempFolder& folder, const std::string& file, int line,
                          const std::string& what) {
  const std::string error = CatalogueError(folder);
  const std::string expected = folder.FilePath(file) + ":" + std::to_string(line) + ": " + what;
  EXPECT_NE(error.find(expected), std::string::npos) << "wanted " << expected << "\ngot " << error;
}

TEST(CatalogueLoad, VersionAndDigestNameTheContent) {
  TempFolder folder("deploy/catalogue");
  const Catalogue copy = *Catalogue::Load(folder.path());
  EXPECT_EQ(copy.version(), ShippedCatalogue().version());
  EXPECT_EQ(copy.sha256(), ShippedCatalogue().sha256());
  EXPECT_EQ(copy.sha256().size(), 64u);
  folder.Append("reasons.toml", "# another word\n");
  EXPECT_NE(Catalogue::Load(folder.path())->sha256(), copy.sha256());
}

TEST(CatalogueLoad, EveryMistakeIsToldAtOnceWithItsLine) {
  TempFolder folder("deploy/catalogue");
  const int kind = folder.Replace("classes.toml", "kinds = [\"警告\", \"通报批评\"]",
                                  "kinds = [\"警告\", \"通报\"]");
  const int tag = folder.Replace("deadlines.toml", "confidence = \"S\"", "confidence = \"X\"");
  const int days = folder.Replace("deadlines.toml", "days = 7", "days = 0");
  const int unknown = folder.Replace("regime-ndrc-36.toml", "handling = \"IN_SUITE\"",
                                     "handling = \"IN_SUITE\"\nhandeling = 1") +
                      1;
  const int period =
      folder.Replace("regime-ndrc-36.toml", "minimum = \"3mo\"", "minimum = \"3 months\"");
  const int type =
      folder.Replace("materials.toml", "max_bytes = 20_971_520", "max_bytes = \"20 MiB\"");
  const int effect =
      folder.Replace("effects.toml", "carried_by = \"authority\"", "carried_by = \"nobody\"");
  const int parent = folder.Replace("regions.toml", "code = \"210602\"", "code = \"21602\"");
  ExpectCatalogueError(folder, "classes.toml", kind, "kinds: '通报' is not known");
  ExpectCatalogueError(folder, "deadlines.toml", tag, "confidence: 'X' is none of T, S");
  ExpectCatalogueError(folder, "deadlines.toml", days, "days: 0 is not within 1 to 1000");
  ExpectCatalogueError(folder, "regime-ndrc-36.toml", period, "minimum: not a period");
  ExpectCatalogueError(folder, "regime-ndrc-36.toml", unknown, "handeling: unknown key");
  ExpectCatalogueError(folder, "materials.toml", type, "max_bytes: an integer belongs here");
  ExpectCatalogueError(folder, "effects.toml", effect, "carried_by: 'nobody' is none of");
  ExpectCatalogueError(folder, "regions.toml", parent, "code: not six digits");
  const std::string error = CatalogueError(folder);
  EXPECT_NE(error.find("'210602' is not a current region"), std::string::npos) << error;
  EXPECT_EQ(std::count(error.begin(), error.end(), '\n') + 1, 9) << error;
}

TEST(CatalogueLoad, ReferencesMustResolve) {
  const struct {
    const char* file;
    const char* from;
    const char* to;
    const char* what;
  } rows[] = {
      {"regime-ndrc-36.toml", "materials = [\"M2\", \"M3\"]", "materials = [\"M2\", \"M99\"]",
       "materials: 'M99'"},
      {"regime-ndrc-36.toml", "\"N36-DECIDE\", ", "\"N36-DECIED\", ", "deadlines: 'N36-DECIED'"},
      {"regime-ndrc-36.toml", "\"STOP_SHARING\", ", "\"STOP\", ", "effects: 'STOP'"},
      {"regime-ndrc-36.toml", "[\"COND_PERFORMED\", ", "[\"COND_NONE\", ",
       "conditions: 'COND_NONE'"},
      {"regime-ndrc-36.toml", "classes = [\"MINOR\"]", "classes = [\"SMALL\"]", "classes: 'SMALL'"},
      {"regime-ndrc-36.toml", "matters = [\"SERIOUS_LIST\"]", "matters = [\"LIST\"]",
       "matters: 'LIST'"},
      {"regime-ndrc-36.toml", "basis = \"OBJECTION\"", "basis = \"PROTEST\"", "basis: 'PROTEST'"},
      {"regime-hrss-45.toml", "beside = \"N36-LIST\"", "beside = \"N36\"", "beside: 'N36'"},
      {"regime-hrss-45.toml", "[\"HUMAN_RESOURCES\"]", "[\"LABOUR\"]", "authority_kinds: 'LABOUR'"},
      {"authority_kinds.toml", "channel = \"GSXT\"", "channel = \"GSXY\"", "channel: 'GSXY'"},
      {"conditions.toml", "materials = [\"M13\"]", "materials = [\"M99\"]", "materials: 'M99'"},
      {"grounds.toml", "matters = [\"SERIOUS_LIST\"]", "matters = [\"LIST\"]", "matters: 'LIST'"},
      {"penalty_kinds.toml", "other = \"其他\"", "other = \"别的\"", "other: '别的'"},
      {"penalty_kinds.toml", "kinds = [\"行政拘留\"]", "kinds = [\"拘役\"]", "kinds: '拘役'"}};
  for (const auto& row : rows) {
    TempFolder folder("deploy/catalogue");
    const int line = folder.Replace(row.file, row.from, row.to);
    ExpectCatalogueError(folder, row.file, line, row.what);
  }
}

TEST(CatalogueLoad, RowsThatContradictEachOther) {
  const struct {
    const char* file;
    const char* from;
    const char* to;
    const char* what;
  } rows[] = {{"regime-ndrc-36.toml", "maximum = \"3mo\"", "maximum = \"0\"",
               "maximum: not longer than minimum"},
              {"regime-ndrc-36.toml", "materials = [\"M2\", \"M3\"]", "materials = [\"M2\"]",
               "materials: without M3, which proves COND_PERFORMED"},
              {"regime-ndrc-36.toml", "\"N36-ACCEPT\", ", "\"N36-ACCEPT\", \"N36-ACCEPT\", ",
               "deadlines: 2 of kind ACCEPT"},
              {"materials.toml", "kind = \"M3\"", "kind = \"M2\"", "kind: 'M2' twice"},
              {"materials.toml", "\"image/png\"]", "\"image/gif\"]", "media_types: 'image/gif'"},
              {"classes.toml", "procedure = \"简易\"", "procedure = \"简单\"",
               "procedure: '简单' is none of"}};
  for (const auto& row : rows) {
    TempFolder folder("deploy/catalogue");
    const int line = folder.Replace(row.file, row.from, row.to);
    ExpectCatalogueError(folder, row.file, line, row.what);
  }
}

TEST(CatalogueLoad, RulesThatNothingTellsApart) {
  TempFolder folder("deploy/catalogue");
  folder.Replace("regime-ndrc-36.toml", "classes = [\"SERIOUS\"]",
                 "classes = [\"GENERAL\", \"PENDING\"]");
  EXPECT_NE(CatalogueError(folder).find("no record can tell it from N36-GEN"), std::string::npos);
}

TEST(CatalogueLoad, VersionsOfARuleFollowEachOther) {
  TempFolder folder("deploy/catalogue");
  const std::string file = "regime-nbs-35.toml";
  const std::string text = folder.Read(file);
  const std::string row = text.substr(text.find("[[rule]]"));
  folder.Append(file, "\n" + row);
  EXPECT_NE(CatalogueError(folder).find("effective_from: overlaps another version of NBS-1"),
            std::string::npos);
  folder.Write(file, text + "\n" + row);
  folder.Replace(
      file, "effective_from = 2022-05-19\nsource = \"国家统计局令第35号；",
      "effective_from = 2022-05-19\neffective_to = 2026-06-30\nsource = \"国家统计局令第35号；");
  std::string both = folder.Read(file);
  both.replace(both.rfind("effective_from = 2022-05-19"), 27, "effective_from = 2026-07-01");
  both.replace(both.rfind("minimum = \"6mo\""), 15, "minimum = \"8mo\"");
  folder.Write(file, both);
  const absl::StatusOr<Catalogue> catalogue = Catalogue::Load(folder.path());
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  EXPECT_EQ(catalogue->FindRule("NBS-1", *ParseDay("2026-06-30"))->minimum->period.count, 6);
  EXPECT_EQ(catalogue->FindRule("NBS-1", *ParseDay("2026-07-01"))->minimum->period.count, 8);
  EXPECT_EQ(catalogue->FindRule("NBS-1", *ParseDay("2022-05-18")), nullptr);
}

TEST(CatalogueLoad, AnExclusionOfEverything) {
  TempFolder folder("deploy/catalogue");
  folder.Append(
      "regime-ndrc-36.toml",
      "\n[[exclusion]]\neffective_from = 2026-06-01\nsource = \"x\"\nconfidence = \"T\"\n");
  EXPECT_NE(CatalogueError(folder).find("would exclude everything"), std::string::npos);
}

TEST(CatalogueLoad, MissingKeysNameTheRow) {
  TempFolder folder("deploy/catalogue");
  const int line = folder.Replace("regime-ndrc-36.toml", "result_word = \"终止公示\"\n", "");
  const std::string error = CatalogueError(folder);
  EXPECT_NE(error.find("result_word: missing"), std::string::npos) << error;
  // The row's own header, some lines above the gap.
  const std::string before = folder.Read("regime-ndrc-36.toml");
  size_t header = 0;
  int at = 0;
  for (int number = 1; number <= line; ++number) {
    const size_t end = before.find('\n', header);
    if (before.substr(header, end - header) == "[[rule]]") at = number;
    header = end + 1;
  }
  ExpectCatalogueError(folder, "regime-ndrc-36.toml", at, "result_word: missing");
}

TEST(CatalogueLoad, SyntaxErrorsHaveTheirLine) {
  TempFolder folder("deploy/catalogue");
  const int line = folder.Replace("effects.toml", "id = \"STOP_SHARING\"", "id = STOP_SHARING");
  const std::string error = CatalogueError(folder);
  EXPECT_NE(error.find(folder.FilePath("effects.toml") + ":" + std::to_string(line) + ": "),
            std::string::npos)
      << error;
}

TEST(CatalogueLoad, MissingAndForeignFiles) {
  TempFolder folder("deploy/catalogue");
  folder.Remove("transition.toml");
  folder.Write("rules.toml", "");
  const std::string error = CatalogueError(folder);
  EXPECT_NE(error.find(folder.FilePath("transition.toml") + ":1: file missing"), std::string::npos);
  EXPECT_NE(error.find(folder.FilePath("rules.toml") + ":1: unknown file"), std::string::npos);
  // A folder that is not there is one fault, not one for each file that it lacks.
  EXPECT_EQ(Catalogue::Load("/nonexistent").status().message(),
            "/nonexistent:1: cannot read the folder: No such file or directory");
}

// Nobody waits for a pipe, and what cannot be read is one complaint.
TEST(CatalogueLoad, WhatIsNoFileOfTextIsSaidOnce) {
  const struct {
    const char* what;
    std::function<void(TempFolder&)> spoil;
  } rows[] = {
      {":1: cannot read the file",
       [](TempFolder& f) { std::filesystem::create_symlink("/nope", f.FilePath("items.toml")); }},
      {":1: not a file",
       [](TempFolder& f) { std::filesystem::create_directory(f.FilePath("items.toml")); }},
      {":1: not a file", [](TempFolder& f) { mkfifo(f.FilePath("items.toml").c_str(), 0600); }},
      {":1: not a file",
       [](TempFolder& f) {
         std::filesystem::create_symlink("/dev/zero", f.FilePath("items.toml"));
       }},
      {":1: larger than",
       [](TempFolder& f) { f.Write("items.toml", "# " + std::string(5 << 20, 'x')); }},
      {":1: Encountered invalid utf-8", [](TempFolder& f) { f.Write("items.toml", "\xff\xfe"); }}};
  for (const auto& row : rows) {
    TempFolder folder("deploy/catalogue");
    folder.Remove("items.toml");
    row.spoil(folder);
    const std::string error = CatalogueError(folder);
    EXPECT_NE(error.find(folder.FilePath("items.toml") + row.what), std::string::npos) << error;
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
  }
}

// A rule, and what it needs or stands beside.
TEST(CatalogueLoad, RulesThatDoNotFitTogether) {
  const struct {
    const char* file;
    const char* from;
    const char* to;
    const char* what;
  } rows[] = {{"regime-hrss-45.toml", "beside = \"N36-LIST\"", "beside = \"HR-EARLY\"",
               "beside: the rule itself"},
              {"regime-hrss-45.toml", "beside = \"N36-LIST\"", "beside = \"N36-GEN\"",
               "beside: no record is of both HR-EARLY and N36-GEN"},
              {"regime-hrss-45.toml", "beside = \"N36-LIST\"", "beside = \"TAX-1\"",
               "beside: TAX-1 stands beside N36-LIST itself"},
              {"regime-hrss-45.toml", "beside = \"N36-LIST\"", "beside = \"HR-END\"",
               "beside: one does not apply under HR-END"},
              {"regime-hrss-45.toml", "question = \"Q2\"", "question = \"two\"", "question: 'two'"},
              {"regime-hrss-45.toml", "decides = \"DETERMINING_AUTHORITY\"", "decides = \"SYSTEM\"",
               "decides: not SYSTEM"},
              {"regime-hrss-45.toml", "decides = \"SYSTEM\"", "decides = \"NATIONAL_CENTRE\"",
               "decides: SYSTEM: it ends by itself"},
              {"regime-hrss-45.toml", "pre_check = \"DETERMINING_AUTHORITY\"",
               "pre_check = \"NONE\"", "pre_check: not NONE"},
              {"regime-hrss-45.toml", "pre_check = \"NONE\"", "pre_check = \"PLATFORM\"",
               "pre_check: NONE: nobody applies"},
              {"regime-ndrc-58.toml", "ends_publicity_on = \"NATIONAL_DECISION\"",
               "ends_publicity_on = \"DECISION\"", "ends_publicity_on: NATIONAL_DECISION belongs"},
              {"regime-ndrc-36.toml", "effective_from = 2026-04-01", "effective_from = 0026-04-01",
               "effective_from: the year is not within"},
              {"regime-ndrc-36.toml", "source = \"国家发展改革委令第36号第二章（一般",
               "source = \"  \" # ", "source: empty"}};
  for (const auto& row : rows) {
    SCOPED_TRACE(row.to);
    TempFolder folder("deploy/catalogue");
    const int line = folder.Replace(row.file, row.from, row.to);
    ExpectCatalogueError(folder, row.file, line, row.what);
  }
}

TEST(CatalogueLoad, WhatARuleNeedsIsThereOnEachOfItsDays) {
  TempFolder folder("deploy/catalogue");
  folder.Replace("deadlines.toml", "effective_from = 2026-04-01", "effective_from = 2026-05-01");
  folder.Replace("materials.toml", "effective_from = 2018-01-24", "effective_from = 2024-01-01");
  const std::string error = CatalogueError(folder);
  EXPECT_NE(error.find("deadlines: N36-ACCEPT is not in force on each day"), std::string::npos);
  EXPECT_NE(error.find("materials: M2 is not in force on each day"), std::string::npos) << error;
}

TEST(CatalogueLoad, AClassStandardBehindOneThatTakesAllOfIt) {
  TempFolder folder("deploy/catalogue");
  const std::string before = folder.Read("classes.toml");
  folder.Append("classes.toml", R"(
[[class_standard]]
authority_kinds = ["TRANSPORT"]
kinds = ["罚款"]
fine_to_fen = 500000
class = "MINOR"
effective_from = 2026-06-01
source = "某标准"
confidence = "T"
)");
  ExpectCatalogueError(folder, "classes.toml",
                       static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 2,
                       "never decides: CLASS-FINE takes all");
}

// A store keeps what was in force: versions of before there were items, forms and windows, with
// reasons that had fewer words.
TEST(CatalogueLoad, AnArchiveOfBeforeLaterFilesIsRead) {
  TempFolder folder("deploy/catalogue");
  for (const char* later :
       {"findings.toml", "items.toml", "forms.toml", "reviewers.toml", "windows.toml"})
    folder.Remove(later);
  folder.Replace("reasons.toml", "[WINDOWS_ALLOW]", "[WINDOWS_ALLOWED]");
  data::Problems problems;
  const std::string archive = data::ArchiveOf(data::ReadFolder(folder.path(), problems));
  EXPECT_FALSE(Catalogue::Load(folder.path()).ok()) << "asked of what is new";
  const absl::StatusOr<Catalogue> old = Catalogue::FromFiles(archive);
  ASSERT_TRUE(old.ok()) << old.status();
  EXPECT_EQ(old->rules().size(), ShippedCatalogue().rules().size());
  EXPECT_EQ(old->ItemOf(MatterKind::kPenalty, "TAX"), nullptr);
  folder.Remove("effects.toml");
  EXPECT_EQ(Catalogue::FromFiles(data::ArchiveOf(data::ReadFolder(folder.path(), problems)))
                .status()
                .message(),
            "archive/effects.toml:1: file missing");
  EXPECT_FALSE(Catalogue::FromFiles("").ok());
}

TEST(CatalogueLoad, ReasonsThatEvaluationNeeds) {
  TempFolder folder("deploy/catalogue");
  folder.Replace("reasons.toml", "[NOT_YET]", "[NOT_NOW]");
  ExpectCatalogueError(folder, "reasons.toml", 1, "message keys missing: NOT_YET");
}

}  // namespace
}  // namespace xiufu::catalogue
