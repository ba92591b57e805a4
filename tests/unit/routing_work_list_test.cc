// Who sees which work list, and what is on it.
#include <gtest/gtest.h>

#include <optional>

#include "services/routing/drivers/work_list_api.h"
#include "tests/unit/routing_rpc.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/routing/v1/work_list.grpc.pb.h"

namespace xiufu::routing {
namespace {

using WorkStub = v1::WorkListService::Stub;

// Of June 2026 in Shanghai.
absl::Time WorkDay(int day) {
  return absl::FromCivil(absl::CivilHour(2026, 6, day, 10), absl::FixedTimeZone(8 * 60 * 60));
}

// emergency sees the list of transport until 30 June 2026; fire-rescue is not there any more.
catalogue::LawSnapshot LawWithObservers() {
  TempFolder authorities("deploy/authorities");
  authorities.Append(
      "transport.toml",
      "\n[[seen_by]]\nauthority = \"emergency\"\nfrom = 2026-01-01\nto = 2026-06-30\n"
      "\n[[seen_by]]\nauthority = \"fire-rescue\"\nfrom = 2026-01-01\n");
  authorities.Replace("fire-rescue.toml", "valid_from", "valid_to = 2026-05-31\nvalid_from");
  auto law = catalogue::LoadLaw({"deploy/catalogue", "deploy/calendars", authorities.path()});
  if (!law.ok()) throw std::runtime_error(law.status().ToString());
  return *law;
}

class RoutingWorkList : public ::testing::Test {
 protected:
  void SetUp() override {
    {
      RoutingRig rig(path());
      rig.Deliver({up_.Submitted(), up_.Delivered(1)});
    }
    desk_.emplace(path(), NewWorkListService, LawWithObservers(), WorkDay(2),
                  std::vector<std::string>{"operator", "portal", "authority-transport",
                                           "authority-emergency", "authority-environment",
                                           "authority-fire-rescue", "authority-nobody"});
  }
  std::string path() { return folder_.FilePath("store.db"); }
  absl::StatusOr<v1::ListWorkResponse> List(const std::string& principal,
                                            const std::string& authority = "") {
    v1::ListWorkRequest request;
    request.set_authority_code(authority);
    return desk_->Call(&WorkStub::ListWork, request, principal);
  }
  bool Denied(const std::string& principal, const std::string& authority = "") {
    const absl::Status status = List(principal, authority).status();
    return absl::IsPermissionDenied(status) && HasReason(status, "WORK_LIST_NOT_SEEN");
  }

  TempFolder folder_;
  Upstream up_{RoutingRig::kStart};
  std::optional<RoutingRpc> desk_;
};

TEST_F(RoutingWorkList, AnAuthoritySeesItsOwnWithDueDatesAndLight) {
  const auto page = List("authority-transport");
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->items_size(), 1);
  const v1::WorkItem& item = page->items(0);
  EXPECT_EQ(item.case_id(), std::string(up_.case_id().bytes()));
  EXPECT_EQ(item.authority().code(), "transport");
  EXPECT_EQ(item.state(), common::v1::CASE_STATE_WITH_AUTHORITY);
  ASSERT_EQ(item.dues_size(), 2);
  EXPECT_EQ(item.dues(0).kind() + " " + item.dues(0).due_date(), "ACCEPT 2026-06-03");
  EXPECT_EQ(item.light(), v1::LIGHT_YELLOW) << "due tomorrow";
  desk_->clock().AdvanceTo(WorkDay(5));
  EXPECT_EQ(List("authority-transport")->items(0).light(), v1::LIGHT_RED);
}

TEST_F(RoutingWorkList, WhoIsOnTheSeesListReadsItOnItsDaysAlone) {
  EXPECT_EQ(List("authority-emergency", "transport")->items_size(), 1);
  EXPECT_EQ(List("authority-emergency")->items_size(), 0) << "its own is another one";
  EXPECT_TRUE(Denied("authority-transport", "emergency")) << "not the other way round";
  desk_->clock().AdvanceTo(WorkDay(30));
  EXPECT_TRUE(List("authority-emergency", "transport").ok()) << "the last day";
  desk_->clock().AdvanceTo(WorkDay(30) + absl::Hours(14));
  EXPECT_TRUE(Denied("authority-emergency", "transport")) << "expired";
}

TEST_F(RoutingWorkList, StrangersSeeNothing) {
  EXPECT_TRUE(Denied("authority-environment", "transport"));
  EXPECT_TRUE(Denied("authority-environment", "no-such")) << "nor which authorities there are";
  EXPECT_TRUE(Denied("authority-nobody")) << "not registered";
  EXPECT_TRUE(Denied("authority-fire-rescue", "transport")) << "on the list, but gone itself";
  EXPECT_TRUE(Denied("authority-fire-rescue"));
  EXPECT_TRUE(Denied("portal"));
  EXPECT_TRUE(Denied("portal", "transport"));
}

TEST_F(RoutingWorkList, OperatorsSeeAll) {
  EXPECT_EQ(List("operator")->items_size(), 1);
  EXPECT_EQ(List("operator", "transport")->items_size(), 1);
  EXPECT_EQ(List("operator", "environment")->items_size(), 0);
}

TEST(RoutingWorkListPages, ComeOneAfterTheOtherAndLeaveOutWhatIsNotTheAuthoritys) {
  TempFolder folder;
  const std::string path = folder.FilePath("store.db");
  Upstream up(RoutingRig::kStart, 5);
  std::string expected;
  {
    RoutingRig rig(path);
    rig.Deliver({up.Submitted()});
    rig.Deliver({up.Returned(2, "a1"), up.WithdrawalRequested(3)});
    expected = rig.One("SELECT count(*) FROM kase WHERE state NOT IN (8, 10)");
  }
  RoutingRpc desk(path, NewWorkListService, ShippedLaw(), WorkDay(2), {"authority-transport"});
  v1::ListWorkRequest request;
  request.set_page_size(2);
  std::vector<std::string> seen;
  do {
    const auto page = desk.Call(&WorkStub::ListWork, request, "authority-transport");
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_LE(page->items_size(), 2);
    for (const v1::WorkItem& item : page->items()) seen.push_back(item.case_id());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(absl::StrCat(seen.size()), expected);
  EXPECT_LT(seen.size(), 5u);
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end()) << "each once";
  request.set_page_size(-1);
  EXPECT_EQ(FieldsWrong(desk.Call(&WorkStub::ListWork, request, "authority-transport").status()),
            std::vector<std::string>{"page_size"});
}

}  // namespace
}  // namespace xiufu::routing
