// xiufuctl catalogue confirm, on copies of what is shipped.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "libs/catalogue/catalogue.h"
#include "services/xiufuctl/catalogue_command.h"
#include "tests/unit/base_temp_folder.h"
#include "tests/unit/xiufuctl_run.h"

namespace xiufu::ctl {
namespace {

using Args = std::vector<std::string>;

class CatalogueConfirmTest : public ::testing::Test {
 protected:
  Outcome Run(Args args) {
    args.insert(args.end(), {"--catalogue", rules_.path()});
    return RunFamily(CatalogueCommands(), args);
  }
  Outcome Confirm(const std::string& authority, const std::string& rule, Args more = {}) {
    Args args = {"confirm",
                 "--authority",
                 authority,
                 "--rule",
                 rule,
                 "--document",
                 "丹交函〔2026〕12号",
                 "--date",
                 "2026-11-20",
                 "--by",
                 "丹东市交通运输局",
                 "--on",
                 "2026-11-24"};
    args.insert(args.end(), more.begin(), more.end());
    return Run(args);
  }
  // The line of --unconfirmed that begins with this id; empty when there is none.
  std::string Unconfirmed(const std::string& id) {
    const Outcome outcome = Run({"check", "--unconfirmed"});
    EXPECT_EQ(outcome.exit_code, kExitOk) << outcome.error;
    const std::string lines = "\n" + outcome.out;
    const size_t at = lines.find("\n" + id + "\t");
    return at == std::string::npos ? "" : lines.substr(at + 1, lines.find('\n', at + 1) - at - 1);
  }
  nlohmann::json Explain(const std::string& authority_name) {
    TempFolder folder;
    folder.Write("row.json", R"({"CF_WSH": "丹罚〔2026〕1号", "CF_CFLB": "没收违法所得",
                                 "CF_JDRQ": "2026-08-24", "CF_CFJG": ")" +
                                 authority_name + "\"}");
    const Outcome outcome =
        Run({"explain", "--record", folder.FilePath("row.json"), "--on", "2026-11-25", "--json"});
    EXPECT_EQ(outcome.exit_code, kExitOk) << outcome.error;
    return nlohmann::json::parse(outcome.out, nullptr, false);
  }

  TempFolder rules_{"deploy/catalogue"};
};

TEST_F(CatalogueConfirmTest, ARowIsConfirmedForTheAuthorityThatSaysSoAndForNoOther) {
  const catalogue::Catalogue before = *catalogue::Catalogue::Load(rules_.path());
  ASSERT_EQ(Explain("丹东市交通运输局")["windows"][0]["confidence"], "S");
  const Outcome outcome = Confirm("transport", "N36-GEN");
  ASSERT_EQ(outcome.exit_code, kExitOk) << outcome.error;

  const absl::StatusOr<catalogue::Catalogue> after = catalogue::Catalogue::Load(rules_.path());
  ASSERT_TRUE(after.ok()) << after.status();
  const absl::CivilDay on(2026, 11, 24);
  EXPECT_EQ(after->FindRule("N36-GEN", on, "transport")->provenance.confidence, "A");
  EXPECT_EQ(after->FindRule("N36-GEN", on, "transport")->deadlines[1].provenance.confidence, "A");
  EXPECT_EQ(after->FindRule("N36-GEN", on, "health")->provenance.confidence, "S");
  EXPECT_EQ(after->FindRule("N36-GEN", on)->provenance.confidence, "S");
  EXPECT_EQ(Explain("丹东市交通运输局")["windows"][0]["confidence"], "A");
  EXPECT_EQ(Explain("丹东市卫生健康委员会")["windows"][0]["confidence"], "S");
  EXPECT_TRUE(absl::EndsWith(Unconfirmed("N36-GEN"), "confirmed: transport"))
      << Unconfirmed("N36-GEN");

  // What was kept before can still be read, and the folder is another version.
  EXPECT_NE(after->version(), before.version());
  EXPECT_TRUE(absl::StrContains(outcome.out, before.version() + " → " + after->version()));
  EXPECT_TRUE(catalogue::Catalogue::FromFiles(before.archive()).ok());
  EXPECT_EQ(catalogue::Catalogue::FromFiles(after->archive())
                ->FindRule("N36-GEN", on, "transport")
                ->provenance.confidence,
            "A");
}

TEST_F(CatalogueConfirmTest, WhatEveryAuthorityConcernedHasConfirmedIsNotListed) {
  ASSERT_NE(Unconfirmed("S107-GEN"), "");
  ASSERT_EQ(Confirm("market-regulation", "S107-GEN").exit_code, kExitOk);
  EXPECT_EQ(Unconfirmed("S107-GEN"), "");
  EXPECT_EQ(Unconfirmed("S107-GEN/S107-DECIDE"), "");
  EXPECT_NE(Unconfirmed("S107-SER/S107-DECIDE"), "") << "another row, though of the same limit";
}

TEST_F(CatalogueConfirmTest, OneFactIsConfirmedByItself) {
  ASSERT_EQ(Confirm("transport", "N36-GEN", {"--field", "N36-DECIDE"}).exit_code, kExitOk);
  const absl::StatusOr<catalogue::Catalogue> after = catalogue::Catalogue::Load(rules_.path());
  ASSERT_TRUE(after.ok()) << after.status();
  const catalogue::Rule& rule =
      *after->FindRule("N36-GEN", absl::CivilDay(2026, 11, 24), "transport");
  EXPECT_EQ(rule.confirmed, Args{"N36-DECIDE"});
  EXPECT_EQ(rule.provenance.confidence, "S");
  EXPECT_EQ(catalogue::FindDeadline(rule, "DECIDE")->provenance.confidence, "A");
  EXPECT_EQ(catalogue::FindDeadline(rule, "EXTEND")->provenance.confidence, "M");
  EXPECT_EQ(Explain("丹东市交通运输局")["windows"][0]["confidence"], "S");
  // Both periods: then the window is confirmed, the row still is not.
  ASSERT_EQ(Confirm("transport", "N36-GEN", {"--field", "minimum"}).exit_code, kExitOk);
  EXPECT_EQ(Explain("丹东市交通运输局")["windows"][0]["confidence"], "S");
  ASSERT_EQ(Confirm("transport", "N36-GEN", {"--field", "maximum"}).exit_code, kExitOk);
  EXPECT_EQ(Explain("丹东市交通运输局")["windows"][0]["confidence"], "A");
  EXPECT_EQ(Explain("丹东市交通运输局")["confidence"], "S");
}

// What is about the authority and under no rule: how it takes part, codes, class standards.
TEST_F(CatalogueConfirmTest, WhatIsAboutTheAuthorityItselfIsConfirmedToo) {
  EXPECT_NE(Unconfirmed("AUTHORITY/transport/PENALTY"), "");
  ASSERT_EQ(Confirm("transport", "AUTHORITY", {"--field", "PENALTY"}).exit_code, kExitOk);
  EXPECT_EQ(Unconfirmed("AUTHORITY/transport/PENALTY"), "");
  EXPECT_NE(Unconfirmed("AUTHORITY/tax/PENALTY"), "") << "no other authority's";
  ASSERT_EQ(Confirm("transport", "AUTHORITY", {"--field", "handling"}).exit_code, kExitOk);
  EXPECT_EQ(Unconfirmed("AUTHORITY/transport/handling"), "");
  // A class standard counts in what is said about its records, with the row of the rule.
  ASSERT_EQ(Confirm("transport", "N36-GEN").exit_code, kExitOk);
  EXPECT_EQ(Explain("丹东市交通运输局")["confidence"], "S");
  ASSERT_EQ(Confirm("transport", "AUTHORITY", {"--field", "CLASS-CONFISCATION"}).exit_code,
            kExitOk);
  EXPECT_EQ(Explain("丹东市交通运输局")["confidence"], "A");
  EXPECT_EQ(Explain("丹东市生态环境局")["confidence"], "S");
  EXPECT_TRUE(absl::StrContains(Unconfirmed("CLASS-CONFISCATION"), "confirmed: transport"));
  EXPECT_TRUE(absl::StrContains(Confirm("transport", "AUTHORITY", {"--field", "PENALTY"}).error,
                                "confirmed already"));
  EXPECT_TRUE(absl::StrContains(Confirm("transport", "AUTHORITY", {"--field", "SERIOUS_TAX"}).error,
                                "no such fact"));
  EXPECT_TRUE(absl::StrContains(Confirm("transport", "AUTHORITY").error, "no such fact"));
}

TEST_F(CatalogueConfirmTest, WhatAnAuthorityWantsChangedIsRecordedAndConfirmsNothing) {
  ASSERT_EQ(
      Confirm("transport", "N36-GEN", {"--field", "minimum", "--changed-to", "6个月"}).exit_code,
      kExitOk);
  EXPECT_EQ(Explain("丹东市交通运输局")["windows"][0]["confidence"], "S");
  const std::string line = Unconfirmed("N36-GEN");
  EXPECT_TRUE(absl::StrContains(line, "to be changed to: transport minimum → 6个月")) << line;
  EXPECT_TRUE(absl::StrContains(line, "丹交函〔2026〕12号")) << line;
  EXPECT_FALSE(absl::StrContains(line, "changed since")) << line;
  ASSERT_EQ(
      Confirm("transport", "AUTHORITY", {"--field", "CLASS-FINE", "--changed-to", "5000元以下轻微"})
          .exit_code,
      kExitOk);
  EXPECT_TRUE(absl::StrContains(Unconfirmed("CLASS-FINE"), "CLASS-FINE → 5000元以下轻微"));
  // Done: what it said is gone, and so is the wish.
  rules_.Replace("regime-ndrc-36.toml", "minimum = \"3mo\"", "minimum = \"6mo\"");
  EXPECT_FALSE(absl::StrContains(Unconfirmed("N36-GEN"), "to be changed"));
}

TEST_F(CatalogueConfirmTest, ARowThatIsChangedLaterIsNotCovered) {
  ASSERT_EQ(Confirm("transport", "N36-GEN").exit_code, kExitOk);
  rules_.Replace("deadlines.toml", "days = 7  # unverified: 3", "days = 8  # unverified: 3");
  EXPECT_EQ(Explain("丹东市交通运输局")["windows"][0]["confidence"], "S");
  EXPECT_TRUE(
      absl::StrContains(Unconfirmed("N36-GEN"), "changed since: transport 丹交函〔2026〕12号"))
      << Unconfirmed("N36-GEN");
  // The new sheet is another confirmation beside the old one.
  EXPECT_EQ(Confirm("transport", "N36-GEN").exit_code, kExitOk);
  EXPECT_EQ(Explain("丹东市交通运输局")["windows"][0]["confidence"], "A");
  // To close a row changes nothing of what it said.
  rules_.Replace("regime-ndrc-36.toml",
                 "effective_from = 2026-04-01\nsource = "
                 "\"国家发展改革委令第36号第二章（一般失信信息公示期限）\"",
                 "effective_from = 2026-04-01\neffective_to = 2027-03-31\nsource = "
                 "\"国家发展改革委令第36号第二章（一般失信信息公示期限）\"");
  EXPECT_EQ(Explain("丹东市交通运输局")["windows"][0]["confidence"], "A");
}

TEST_F(CatalogueConfirmTest, WhatCannotBeConfirmedIsNamedAndNothingIsWritten) {
  ASSERT_EQ(Confirm("transport", "N36-GEN").exit_code, kExitOk);
  const std::string rows = rules_.Read("confirmations.toml"), head = rules_.Read("catalogue.toml");
  const struct {
    const char* authority;
    const char* rule;
    Args more;
    const char* part;
  } rows_of_faults[] = {
      {"roads", "N36-GEN", {}, "no such authority"},
      {"transport", "N36-XXX", {}, "no rule for it on that day"},
      {"transport", "S107-GEN", {}, "no rule for it on that day"},
      {"transport", "N36-GEN", {"--field", "M12"}, "has no such fact"},
      {"transport", "N36-GEN", {}, "confirmed already"},
  };
  for (const auto& row : rows_of_faults) {
    const Outcome outcome = Confirm(row.authority, row.rule, row.more);
    EXPECT_EQ(outcome.exit_code, kExitFailed) << row.part;
    EXPECT_TRUE(absl::StrContains(outcome.error, row.part)) << outcome.error;
  }
  EXPECT_EQ(Run({"confirm", "--authority", "transport"}).exit_code, kExitUsage);
  EXPECT_EQ(rules_.Read("confirmations.toml"), rows);
  EXPECT_EQ(rules_.Read("catalogue.toml"), head);
}

TEST_F(CatalogueConfirmTest, FaultsOfTheFileAreNamedWithFileAndLine) {
  ASSERT_EQ(Confirm("transport", "N36-GEN", {"--field", "minimum"}).exit_code, kExitOk);
  const std::string good = rules_.Read("confirmations.toml");
  const struct {
    const char* from;
    const char* to;
    const char* what;
  } faults[] = {
      {"rule = \"N36-GEN\"", "rule = \"N36-OLD\"", "no version of 'N36-OLD'"},
      {"effective_from = 2026-04-01", "effective_from = 2026-04-02", "no version of 'N36-GEN'"},
      {"field = \"minimum\"", "field = \"minimal\"", "'minimal' is no fact of N36-GEN"},
      {"content = \"", "content = \"x", "not a SHA-256"},
      {"authority = \"transport\"", "authority = \"roads\"", "'roads' is not registered"},
      {"date = 2026-11-20", "date = \"20.11.\"", "date"},
      {"by = ", "who = ", "by"},
  };
  for (const auto& fault : faults) {
    rules_.Write("confirmations.toml", good);
    rules_.Replace("confirmations.toml", fault.from, fault.to);
    const Outcome outcome = Run({"check"});
    EXPECT_EQ(outcome.exit_code, kExitFailed) << fault.what;
    EXPECT_TRUE(absl::StrContains(outcome.error, rules_.FilePath("confirmations.toml") + ":"))
        << outcome.error;
    EXPECT_TRUE(absl::StrContains(outcome.error, fault.what)) << outcome.error;
  }
  rules_.Write("confirmations.toml", good + good.substr(good.find("[[confirmation]]")));
  EXPECT_TRUE(absl::StrContains(Run({"check"}).error, "confirmed twice"));
}

}  // namespace
}  // namespace xiufu::ctl
