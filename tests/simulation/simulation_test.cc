// An application through all five services in one process, one thread, a virtual clock.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/simulation/sim_world.h"

namespace xiufu::simulation {
namespace {

constexpr char kSubject[] = "91210600MAYY000188";

class SimulationTest : public ::testing::Test {
 protected:
  SimulationTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "xiufu-sim-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~SimulationTest() override { std::filesystem::remove_all(folder_); }

  // A world of its own, in a folder of its own.
  std::unique_ptr<SimWorld> World(uint64_t seed, Weather weather) {
    const std::string folder = absl::StrCat(folder_, "/", ++worlds_);
    std::filesystem::create_directories(folder);
    return std::make_unique<SimWorld>(seed, weather, folder);
  }

  // Three records of three authorities that decide in the suite, of the three classes of NDRC
  // Order 36.
  static std::string Feed(const SimWorld& world) {
    std::string csv =
        "CF_XDR_MC,CF_XDR_LB,CF_XDR_SHXYM,CF_WSH,CF_WFXW,CF_CFLB,CF_NR_WFFF,CF_JDRQ,CF_CFJG,CF_"
        "CFJGDM\n";
    const char* kinds[] = {"警告", "没收违法所得", "责令停产停业"};
    const char* amounts[] = {"", "1.25", ""};
    const char* dates[] = {"2026-06-01", "2026-02-01", "2025-03-02"};
    int i = 0;
    for (const catalogue::Authority& authority : world.registry().all()) {
      if (authority.handling != catalogue::Handling::kInSuite) continue;
      if (i == 3) break;
      absl::StrAppend(&csv, "丹东测试有限公司,法人及非法人组织,", kSubject, ",丹罚字", i + 1,
                      "号,测试违法行为,", kinds[i], ",", amounts[i], ",", dates[i], ",",
                      authority.name, ",", authority.uscc, "\n");
      ++i;
    }
    return csv;
  }

  std::string folder_;
  int worlds_ = 0;
};

void ExpectAllApproved(SimWorld& world, const Id& application) {
  const intake::ApplicationView view = world.View(application);
  EXPECT_EQ(view.application.state, intake::ApplicationState::kConcluded);
  EXPECT_NE(view.application.loop_closed, absl::InfinitePast());
  ASSERT_EQ(view.cases.size(), 3u);
  for (const intake::CaseView& one : view.cases) {
    EXPECT_EQ(one.state, intake::CaseState::kConcluded);
    EXPECT_EQ(one.decision.result, intake::CaseResult::kApproved);
  }
  EXPECT_EQ(world.Complaints(), std::vector<std::string>{});
}

std::map<std::string, std::string> RunOnce(SimWorld& world, const std::string& feed) {
  world.Import(feed);
  const Id application = Must(world.applicant().ApplyForAll(kSubject));
  EXPECT_TRUE(world.RunUntilQuiet(absl::Hours(24 * 60)));
  ExpectAllApproved(world, application);
  return world.Digests();
}

TEST_F(SimulationTest, TwiceTheSameSeedGivesTheSameRows) {
  auto first = World(1, {});
  auto second = World(1, {});
  const auto digests = RunOnce(*first, Feed(*first));
  EXPECT_EQ(digests.size(), 5u);
  EXPECT_EQ(digests, RunOnce(*second, Feed(*second)));
}

TEST_F(SimulationTest, ADigestSeesADifference) {
  auto first = World(1, {});
  auto second = World(2, {});
  EXPECT_NE(RunOnce(*first, Feed(*first)), RunOnce(*second, Feed(*second)));
}

TEST_F(SimulationTest, BadWeatherLosesAndDoublesNothing) {
  const char* given = std::getenv("XIUFU_SIMULATION_SEEDS");
  const uint64_t seeds = given == nullptr ? 20 : std::strtoull(given, nullptr, 10);
  for (uint64_t seed = 100; seed < 100 + seeds; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    auto world = World(seed, {.lost = 0.2, .doubled = 0.3, .late = 0.3});
    RunOnce(*world, Feed(*world));
    if (HasFailure()) break;
  }
}

TEST_F(SimulationTest, ASupplementRoundGoesThroughAndBack) {
  auto world = World(7, {.lost = 0.1, .doubled = 0.2, .late = 0.2});
  for (const catalogue::Authority& authority : world->registry().all()) {
    world->authority(authority.code).AskForSupplements(true);
  }
  world->Import(Feed(*world));
  const Id application = Must(world->applicant().ApplyForAll(kSubject));
  world->RunUntilQuiet(absl::Hours(24 * 3));  // within the applicant's time
  for (const intake::CaseView& one : world->View(application).cases) {
    ASSERT_EQ(one.state, intake::CaseState::kSupplementRequested);
    Must(world->applicant().Supplement(application, one.id));
  }
  EXPECT_TRUE(world->RunUntilQuiet(absl::Hours(24 * 60)));
  ExpectAllApproved(*world, application);
}

TEST_F(SimulationTest, WithoutASupplementTheCasesAreClosedAndTheRecordsFree) {
  auto world = World(8, {.lost = 0.1, .doubled = 0.2, .late = 0.2});
  for (const catalogue::Authority& authority : world->registry().all()) {
    world->authority(authority.code).AskForSupplements(true);
  }
  world->Import(Feed(*world));
  const Id first = Must(world->applicant().ApplyForAll(kSubject));
  world->RunUntilQuiet(
      absl::Hours(24 * 30));  // over the applicant's time, while the records are public
  for (const intake::CaseView& one : world->View(first).cases) {
    EXPECT_EQ(one.state, intake::CaseState::kClosedNoSupplement);
  }
  for (const catalogue::Authority& authority : world->registry().all()) {
    world->authority(authority.code).AskForSupplements(false);
  }
  const Id second = Must(world->applicant().ApplyForAll(kSubject));
  EXPECT_TRUE(world->RunUntilQuiet(absl::Hours(24 * 60)));
  ExpectAllApproved(*world, second);
}

TEST_F(SimulationTest, ARefusalLeavesTheRecordPublishedAndFree) {
  auto world = World(9, {});
  for (const catalogue::Authority& authority : world->registry().all()) {
    world->authority(authority.code).RefuseEvery(1);
  }
  world->Import(Feed(*world));
  const Id first = Must(world->applicant().ApplyForAll(kSubject));
  EXPECT_TRUE(world->RunUntilQuiet(absl::Hours(24 * 60)));
  for (const intake::CaseView& one : world->View(first).cases) {
    EXPECT_EQ(one.state, intake::CaseState::kConcluded);
    EXPECT_EQ(one.decision.result, intake::CaseResult::kRefused);
  }
  for (const catalogue::Authority& authority : world->registry().all()) {
    world->authority(authority.code).RefuseEvery(0);
  }
  const Id second = Must(world->applicant().ApplyForAll(kSubject));
  EXPECT_TRUE(world->RunUntilQuiet(absl::Hours(24 * 60)));
  ExpectAllApproved(*world, second);
}

}  // namespace
}  // namespace xiufu::simulation
