// A small year, as scripts/simulate runs it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/simulation/year/year_report.h"

namespace xiufu::simulation {
namespace {

class SimulatedYearTest : public ::testing::Test {
 protected:
  SimulatedYearTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "xiufu-year-XXXXXX").string();
    settings_.folder = mkdtemp(pattern.data());
    settings_.applications = 200;
  }
  ~SimulatedYearTest() override { std::filesystem::remove_all(settings_.folder); }

  YearOutcome Run(uint64_t seed) {
    settings_.seed = seed;
    return SimulateYear(settings_, false);
  }

  YearSettings settings_;
};

void ExpectGood(const YearOutcome& outcome) {
  EXPECT_EQ(outcome.books.unfinished, 0);
  EXPECT_EQ(outcome.books.disputed, 0);
  EXPECT_EQ(outcome.books.faults, std::vector<std::string>{});
  EXPECT_EQ(outcome.complaints, std::vector<std::string>{});
  EXPECT_TRUE(outcome.Good());
  for (const char* end :
       {"APPROVED", "REFUSED", "NOT_ACCEPTED", "WITHDRAWN", "CLOSED_NO_SUPPLEMENT"}) {
    EXPECT_TRUE(outcome.books.by_state.contains(end)) << end;
  }
}

TEST_F(SimulatedYearTest, EverythingEndsAndTheSameSeedRepeats) {
  const YearOutcome first = Run(7);
  ExpectGood(first);
  EXPECT_EQ(first.acts.applications, 200);
  EXPECT_EQ(Run(7).digest, first.digest);
  const YearOutcome other = Run(8);
  ExpectGood(other);
  EXPECT_NE(other.digest, first.digest);
}

// Each as it shows in the answers that came.
TEST_F(SimulatedYearTest, EveryCharacterShows) {
  settings_.applications = 400;
  YearOutcome outcome = Run(11);
  ExpectGood(outcome);
  std::map<std::string, Conduct>& of = outcome.conduct;
  EXPECT_LT(of["transport"].median_days, 4) << "prompt";
  EXPECT_GT(of["environment"].median_days, 10) << "slow";
  EXPECT_GT(of["emergency"].after_escalation, 0) << "silent until escalated";
  EXPECT_GT(of["urban-management"].answers, 0);
  EXPECT_EQ(of["urban-management"].on_fridays, of["urban-management"].answers) << "Friday-only";
  EXPECT_GT(of["construction"].contradicted, 0) << "contradictory";
  EXPECT_GT(of["fire-rescue"].asked_again, 0) << "asks twice";
  EXPECT_GT(of["health"].returned, 0) << "returns as not ours";
  for (int of_acts :
       {outcome.acts.pushed, outcome.acts.joined, outcome.acts.reviewed, outcome.acts.defects,
        outcome.acts.decided_upstream, outcome.acts.objections, outcome.books.revoked}) {
    EXPECT_GT(of_acts, 0);
  }
}

// What comes at one moment by two streams is told in the order in which it came: watchers follow
// the timeline by position, so nothing is told behind what they have seen. Without that order, and
// what a line says of its application between two of them, the timelines are the same.
void ForgetTheOrderOfTimelines(SimWorld& world) {
  Must(world.database("intake").WriteAndWait([](storage::Tx& tx) {
    tx.Run(
        "CREATE TABLE told AS SELECT application, time, code, text, text_en, case_id, record,"
        " case_state, result FROM timeline");
    tx.Run("DELETE FROM timeline");
    return tx.status();
  }));
}

TEST_F(SimulatedYearTest, TheWeatherOfTheBusChangesNothingButTheOrderInTimelines) {
  settings_.seed = 9;
  YearRun good(settings_);
  good.Run(false);
  settings_.weather = {.lost = 0.05, .doubled = 0.2, .late = 0.2};
  YearRun bad(settings_);
  bad.Run(false);
  EXPECT_EQ(ReadBooks(bad.world()).faults, std::vector<std::string>{});
  EXPECT_EQ(bad.world().Complaints(), std::vector<std::string>{});
  ForgetTheOrderOfTimelines(good.world());
  ForgetTheOrderOfTimelines(bad.world());
  EXPECT_EQ(bad.world().Digests(), good.world().Digests());
}

TEST_F(SimulatedYearTest, TheOutcomeAsJson) {
  const YearOutcome outcome = Run(10);
  const nlohmann::json json = nlohmann::json::parse(ToJson(outcome));
  EXPECT_EQ(json["applications"], 200);
  EXPECT_EQ(json["cases"], outcome.books.cases);
  EXPECT_EQ(json["unfinished"], 0);
  EXPECT_EQ(json["digest"], outcome.digest);
  EXPECT_TRUE(json["seconds"].is_number());
  int ended = 0;
  for (const auto& [state, count] : json["by_state"].items()) ended += count.get<int>();
  EXPECT_EQ(ended, outcome.books.cases);
}

}  // namespace
}  // namespace xiufu::simulation
