// xiufuctl result revoke, against routing over a real socket.
#include <gtest/gtest.h>

#include <optional>

#include "absl/strings/match.h"
#include "services/routing/drivers/revocation_api.h"
#include "services/xiufuctl/result_command.h"
#include "tests/unit/routing_rpc.h"
#include "tests/unit/routing_upstream.h"
#include "tests/unit/xiufuctl_run.h"

namespace xiufu::routing {
namespace {

using Args = std::vector<std::string>;

class XiufuctlRevoke : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string store = folder_.FilePath("store.db");
    {
      RoutingRig rig(store, RoutingRig::kStart);
      rig.Deliver({up_.Submitted("transport", "N36-GEN")});
      rig.Deliver({up_.Accepted(1, "a1"), up_.Decided(2, "a2"), up_.Entered(3, "a2")});
    }
    desk_.emplace(store, NewRevocationService, ShippedLaw(), RoutingRig::kStart + absl::Hours(4),
                  Args{"operator"});
  }
  // What is said of the case `which`.
  ctl::Outcome Revoke(const Args& which, const std::string& kind = "FALSE_MATERIAL",
                      const std::string& reason = "缴款凭证系伪造") {
    Args args = {"revoke",
                 "--finding",
                 kind,
                 "--document",
                 "丹交撤〔2026〕1号",
                 "--date",
                 "2026-05-29",
                 "--reason",
                 reason,
                 "--source",
                 "丹交函〔2026〕9号",
                 "--target",
                 absl::StrCat("127.0.0.1:", desk_->port()),
                 "--credentials",
                 desk_->credentials()};
    args.insert(args.end(), which.begin(), which.end());
    return ctl::RunFamily(ctl::ResultCommands(), args);
  }

  TempFolder folder_;
  Upstream up_{RoutingRig::kStart};
  std::optional<RoutingRpc> desk_;
};

TEST_F(XiufuctlRevoke, ByTheNumberOfTheDecisionOrByTheCase) {
  const ctl::Outcome taken = Revoke({"--decision", "决a2"});
  EXPECT_EQ(taken.exit_code, 0) << taken.error;
  EXPECT_EQ(taken.out, "已登记 / taken: 丹交撤〔2026〕1号\n");
  EXPECT_EQ(Revoke({"--case", up_.case_id().ToString()}).exit_code, 0) << "told again";
}

TEST_F(XiufuctlRevoke, SaysWhatIsWrong) {
  const ctl::Outcome unknown = Revoke({"--decision", "决a2"}, "LIES");
  EXPECT_EQ(unknown.exit_code, ctl::kExitFailed);
  EXPECT_TRUE(absl::StrContains(unknown.error, "finding.kind")) << unknown.error;
  EXPECT_TRUE(absl::StrContains(unknown.error, "NON_PERFORMANCE")) << unknown.error;
  EXPECT_EQ(Revoke({}).exit_code, ctl::kExitUsage) << "of no case";
  EXPECT_EQ(Revoke({"--decision", "决没有"}).exit_code, ctl::kExitFailed);
  ASSERT_EQ(Revoke({"--decision", "决a2"}).exit_code, 0);
  const ctl::Outcome other = Revoke({"--decision", "决a2"}, "FALSE_MATERIAL", "另一理由");
  EXPECT_EQ(other.exit_code, ctl::kExitFailed);
  EXPECT_TRUE(absl::StrContains(other.error, "该文号的认定已登记")) << other.error;
}

}  // namespace
}  // namespace xiufu::routing
