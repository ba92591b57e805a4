// One application of as many records as there may be, of every registered authority.
#include <gtest/gtest.h>

#include <map>

#include "tests/unit/routing_rig.h"
#include "tests/unit/routing_upstream.h"

namespace xiufu::routing {
namespace {

constexpr size_t kMost = 50;
constexpr char kSilent[] = "transport";

TEST(RoutingManyCases, EachGoesItsOwnWayAndOneSilentAuthorityHoldsUpNothing) {
  std::vector<std::string> codes;
  for (const catalogue::Authority& authority : ShippedLaw()->authorities.all()) {
    codes.push_back(authority.code);
  }
  ASSERT_EQ(codes.size(), 16u);
  RoutingRig rig;
  Upstream up(RoutingRig::kStart, kMost);
  up.RecordsOf(codes);
  rig.Deliver({up.Submitted()});
  ASSERT_EQ(rig.One("SELECT count(*) FROM kase WHERE state IN (1, 14)"), "50");

  std::map<std::string, int> silent;
  size_t concluded = 0;
  for (size_t i = kMost; i-- > 0;) {
    const std::string& code = codes[i % codes.size()];
    if (code == kSilent) {
      ++silent[code];
      continue;
    }
    up.TurnTo(i);
    const std::string answer = absl::StrCat("a", i);
    const bool here =
        ShippedLaw()->authorities.FindByCode(code)->handling == catalogue::Handling::kInSuite;
    if (here) {
      rig.Deliver({up.Decided(2, answer), up.Entered(3, answer)});
    } else {
      rig.Deliver(
          {up.ResultReported(2, "MOVED_OUT", 3, static_cast<int>(i)), up.Entered(3, answer)});
    }
    // A result is there as soon as it is, whatever the others do.
    EXPECT_EQ(rig.One("SELECT count(*) FROM kase WHERE state = 6"), absl::StrCat(++concluded))
        << code;
  }
  EXPECT_EQ(rig.ParkedReasons(), std::vector<std::string>{});
  EXPECT_EQ(rig.One("SELECT count(*) FROM kase WHERE state <> 6"), absl::StrCat(silent[kSilent]));
  EXPECT_EQ(rig.Column("SELECT DISTINCT authority_code||' '||state FROM kase WHERE state <> 6"),
            (std::vector<std::string>{absl::StrCat(kSilent, " 1")}));
  // Nor does its silence decide anything.
  rig.clock().Advance(absl::Hours(24 * 90));
  rig.RunDue();
  EXPECT_EQ(rig.Column("SELECT DISTINCT state||' '||result FROM kase WHERE state <> 6"),
            (std::vector<std::string>{"1 0"}));
}

}  // namespace
}  // namespace xiufu::routing
