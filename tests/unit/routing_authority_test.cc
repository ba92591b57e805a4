// Who a case goes to: the authority that the record names, its successor, or a person.
#include <gtest/gtest.h>

#include "tests/unit/base_temp_folder.h"
#include "tests/unit/routing_rig.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/routing/v1/events.pb.h"

namespace xiufu::routing {
namespace {

constexpr char kTransport[] = "11210600MBYY010228";
constexpr char kOpened[] = "xiufu.routing.case_opened.v1";

class RoutingAuthority : public ::testing::Test {
 protected:
  // The transport bureau is gone; `row` is what the table of successions says.
  void TransportIsGone(const std::string& row) {
    TempFolder folder("deploy/authorities");
    folder.Replace("transport.toml", "valid_from = 2019-01-01",
                   "valid_from = 2019-01-01\nvalid_to = 2025-12-31");
    folder.Append("succession.toml", row);
    auto law = catalogue::LoadLaw({"deploy/catalogue", "deploy/calendars", folder.path()});
    ASSERT_TRUE(law.ok()) << law.status();
    rig_.Load(*law);
  }

  RoutingRig rig_;
  Upstream up_{RoutingRig::kStart};
};

TEST_F(RoutingAuthority, IsTheOneWithTheCodeInTheRecord) {
  up_.RecordsName("某局", kTransport);
  rig_.Deliver({up_.Submitted()});
  EXPECT_EQ(rig_.One("SELECT authority_code||' '||state FROM kase"), "transport 1");
  EXPECT_EQ(rig_.One("SELECT count(*) FROM succession"), "0");
}

TEST_F(RoutingAuthority, ACountysRecordGoesToTheDeskAndNeverToTheCity) {
  up_.RecordsName("宽甸满族自治县交通运输局", "11210624MBYY00034G");
  rig_.Deliver({up_.Submitted()});
  EXPECT_EQ(rig_.One("SELECT authority_code||' '||state FROM kase"), " 8");
  EXPECT_NE(rig_.One("SELECT reason FROM kase").find("宽甸"), std::string::npos);
  EXPECT_TRUE(rig_.EmittedAs<department::v1::TaskGiven>("xiufu.dept.task_given.v1").empty());
}

TEST_F(RoutingAuthority, OneThatIsGoneIsSucceededAndTheDocumentIsKept) {
  TransportIsGone(R"(
[[succession]]
from_uscc = "11210600MBYY010228"
level = "CITY"
to = "construction"
effective_from = 2026-01-01
document = "丹编发〔2025〕8号"
source = "机构改革方案"
confidence = "T"
)");
  up_.RecordsName("丹东市交通运输局", kTransport);
  rig_.Deliver({up_.Submitted()});
  EXPECT_EQ(rig_.One("SELECT authority_code||' '||state FROM kase"), "construction 1");
  EXPECT_EQ(rig_.One("SELECT predecessor_name||' '||authority_code||' '||document FROM succession"),
            "丹东市交通运输局 construction 丹编发〔2025〕8号");
  const auto opened = rig_.EmittedAs<routing::v1::CaseOpened>(kOpened);
  ASSERT_EQ(opened.size(), 1u);
  EXPECT_EQ(opened[0].authority().code(), "construction");
  ASSERT_EQ(opened[0].successions_size(), 1);
  EXPECT_EQ(opened[0].successions(0).predecessor_uscc(), kTransport);
  EXPECT_EQ(opened[0].successions(0).document(), "丹编发〔2025〕8号");
}

TEST_F(RoutingAuthority, OneThatIsGoneWithoutASuccessorIsTheDesks) {
  TransportIsGone("");
  up_.RecordsName("丹东市交通运输局", kTransport);
  rig_.Deliver({up_.Submitted()});
  EXPECT_EQ(rig_.One("SELECT state FROM kase"), "8");
  EXPECT_NE(rig_.One("SELECT reason FROM kase").find("已撤销"), std::string::npos);
  EXPECT_EQ(rig_.Assign(up_.case_id(), "transport").code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(rig_.Assign(up_.case_id(), "construction").ok());
  EXPECT_EQ(rig_.One("SELECT authority_code FROM kase"), "construction");
}

}  // namespace
}  // namespace xiufu::routing
