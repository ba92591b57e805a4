// Routing's store is restored from an earlier copy: it reads its streams again from where the copy
// was, each by itself, and says the same as before under the same ids.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/unit/base_temp_folder.h"
#include "tests/unit/routing_rig.h"
#include "tests/unit/routing_upstream.h"

namespace xiufu::routing {
namespace {

struct World {
  Upstream up{RoutingRig::kStart};
  std::vector<messaging::EncodedEvent> intake, adapter, result;

  World() {
    intake = {up.Submitted()};
    adapter = {up.Delivered(1), up.SupplementAsked(2, "a1")};
    intake.push_back(up.Supplemented(3));
    for (auto&& event : {up.Accepted(4, "a2"), up.Decided(5, "a3"), up.Decided(6, "a4")}) {
      adapter.push_back(event);
    }
    result = {up.Faulty(7, "a3"), up.Entered(8, "a4"), up.LoopClosed(9)};
  }
  // In the order in which it happened.
  std::vector<messaging::EncodedEvent> AsItHappened() const {
    return {intake[0],  adapter[0], adapter[1], intake[1], adapter[2],
            adapter[3], adapter[4], result[0],  result[1], result[2]};
  }
};

class RoutingRestoreTest : public ::testing::TestWithParam<int> {
 protected:
  std::string store() const { return folder_.FilePath("store.db"); }
  std::string copy() const { return folder_.FilePath("copy.db"); }
  TempFolder folder_;
};

std::map<std::string, std::string> WithoutQuestions(std::map<std::string, std::string> said) {
  std::erase_if(said, [](const auto& one) {
    return one.second.find("xiufu.routing.supplement_overdue.v1") != std::string::npos ||
           one.second.find("xiufu.routing.light_changed.v1") != std::string::npos ||
           one.second.find("xiufu.dept.reminder_given.v1") != std::string::npos;
  });
  return said;
}

// The copy was taken after that many events.
TEST_P(RoutingRestoreTest, ConvergesWithTheSameEvents) {
  const World world;
  const std::vector<messaging::EncodedEvent> events = world.AsItHappened();
  const int taken = GetParam();
  std::vector<std::string> domain;
  std::map<std::string, std::string> said;
  {
    RoutingRig rig(store());
    rig.Deliver({events.begin(), events.begin() + taken});
  }
  std::filesystem::copy_file(store(), copy());
  std::map<std::string, std::string> said_before_copy;
  {
    RoutingRig rig(store(), RoutingRig::kStart + absl::Hours(20));
    said_before_copy = rig.Said();
    rig.Deliver({events.begin() + taken, events.end()});
    domain = rig.Domain();
    said = rig.Said();
  }
  ASSERT_TRUE(storage::RestoreStore(copy(), store(), RoutingRig::kStart + absl::Hours(30)).ok());

  // Days later, the streams the other way round: the ledger first, intake last.
  RoutingRig restored(store(), RoutingRig::kStart + absl::Hours(24 * 40));
  EXPECT_EQ(restored.Said(), said_before_copy);
  restored.RunDue();
  restored.Deliver(world.result);
  restored.Deliver(world.adapter);
  restored.Deliver(world.intake);
  EXPECT_EQ(restored.Domain(), domain);
  // A clock that had run out by then asked intake once more, or showed its light.
  EXPECT_EQ(WithoutQuestions(restored.Said()), WithoutQuestions(said));
  EXPECT_EQ(restored.Waiting().parked + restored.Waiting().retry + restored.Waiting().behind, 0);
  EXPECT_EQ(restored.One("SELECT state FROM kase"), "6");
}

INSTANTIATE_TEST_SUITE_P(AfterEvery, RoutingRestoreTest, ::testing::Range(0, 11));

}  // namespace
}  // namespace xiufu::routing
