// ReviewService over a real socket: who may call, what is refused, what happens once.
#include <gtest/gtest.h>

#include <optional>

#include "services/routing/drivers/review_api.h"
#include "tests/unit/routing_rpc.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/routing/v1/review.grpc.pb.h"

namespace xiufu::routing {
namespace {

using ReviewStub = v1::ReviewService::Stub;

constexpr absl::Time kMarch = absl::FromUnixSeconds(1'773'100'800);  // 2026-03-10 in Shanghai

// Under NDRC-58, where the city's credit centre looks first.
class RoutingReviewApi : public ::testing::Test {
 protected:
  void SetUp() override {
    {
      RoutingRig rig(path(), kMarch);
      rig.Deliver({up_.Submitted("transport", "N58-PEN")});
    }
    desk_.emplace(path(), NewReviewService, ShippedLaw(), kMarch + absl::Hours(1),
                  std::vector<std::string>{"operator", "portal", "authority-transport"});
  }
  std::string path() { return folder_.FilePath("store.db"); }
  template <typename Request>
  Request Act(int id) {
    Request request;
    request.set_request_id(absl::StrCat("018f3c1e-0000-7000-8000-00000000000", id));
    request.set_case_id(std::string(up_.case_id().bytes()));
    request.set_person("赵某");
    return request;
  }
  v1::ReportDefectsRequest Defects(int id) {
    auto request = Act<v1::ReportDefectsRequest>(id);
    request.add_defects("缺整改报告");
    return request;
  }
  template <typename Request, typename Response>
  absl::Status Call(grpc::Status (ReviewStub::*method)(grpc::ClientContext*, const Request&,
                                                       Response*),
                    const Request& request, const std::string& principal = "operator") {
    return desk_->Call(method, request, principal).status();
  }
  int Reviews() {
    v1::ListReviewsRequest request;
    request.set_case_id(std::string(up_.case_id().bytes()));
    return desk_->Call(&ReviewStub::ListReviews, request, "operator")->reviews_size();
  }

  TempFolder folder_;
  Upstream up_{kMarch};
  std::optional<RoutingRpc> desk_;
};

TEST_F(RoutingReviewApi, NobodyButTheOperatorMayCall) {
  for (const std::string caller : {"portal", "authority-transport"}) {
    EXPECT_TRUE(
        absl::IsPermissionDenied(Call(&ReviewStub::ListReviews, v1::ListReviewsRequest(), caller)));
    EXPECT_TRUE(absl::IsPermissionDenied(
        Call(&ReviewStub::PassReview, Act<v1::PassReviewRequest>(1), caller)));
    EXPECT_TRUE(absl::IsPermissionDenied(Call(&ReviewStub::ReportDefects, Defects(1), caller)));
    EXPECT_TRUE(absl::IsPermissionDenied(
        Call(&ReviewStub::GiveOpinion, Act<v1::GiveOpinionRequest>(1), caller)));
  }
  EXPECT_EQ(Reviews(), 0);
}

TEST_F(RoutingReviewApi, WhatIsWrongIsNamedAllAtOnce) {
  using Fields = std::vector<std::string>;
  v1::PassReviewRequest pass = Act<v1::PassReviewRequest>(1);
  pass.set_case_id("short");
  pass.set_person(" ");
  pass.set_note(std::string(501, 'x'));
  EXPECT_EQ(FieldsWrong(Call(&ReviewStub::PassReview, pass)),
            (Fields{"case_id", "person", "note"}));
  auto defects = Act<v1::ReportDefectsRequest>(1);
  EXPECT_EQ(FieldsWrong(Call(&ReviewStub::ReportDefects, defects)), (Fields{"defects"})) << "none";
  for (int i = 0; i < 21; ++i) defects.add_defects("缺一份");
  EXPECT_EQ(FieldsWrong(Call(&ReviewStub::ReportDefects, defects)), (Fields{"defects"}))
      << "too many";
  defects.clear_defects();
  defects.add_defects("一行\n又一行");
  EXPECT_FALSE(FieldsWrong(Call(&ReviewStub::ReportDefects, defects)).empty()) << "one line each";
  EXPECT_EQ(FieldsWrong(Call(&ReviewStub::GiveOpinion, Act<v1::GiveOpinionRequest>(1))),
            (Fields{"text"}));
  v1::ListReviewsRequest list;
  list.set_page_size(-1);
  EXPECT_EQ(FieldsWrong(Call(&ReviewStub::ListReviews, list)), (Fields{"page_size"}));
  EXPECT_EQ(Reviews(), 0);
}

TEST_F(RoutingReviewApi, ARequestActsOnceAndItsIdIsBoundToItsBody) {
  EXPECT_TRUE(Call(&ReviewStub::ReportDefects, Defects(1)).ok());
  EXPECT_TRUE(Call(&ReviewStub::ReportDefects, Defects(1)).ok()) << "the same again";
  EXPECT_EQ(Reviews(), 1);
  v1::ReportDefectsRequest other = Defects(1);
  other.add_defects("还缺一份");
  EXPECT_FALSE(Call(&ReviewStub::ReportDefects, other).ok());
  EXPECT_EQ(Reviews(), 1);
}

TEST_F(RoutingReviewApi, ARefusalLeavesItsRequestIdUnused) {
  v1::PassReviewRequest unknown = Act<v1::PassReviewRequest>(1);
  unknown.set_case_id(std::string(up_.task().bytes()));
  EXPECT_TRUE(HasReason(Call(&ReviewStub::PassReview, unknown), "CASE_NOT_FOUND"));
  auto opinion = Act<v1::GiveOpinionRequest>(1);
  opinion.set_text("材料齐全");
  EXPECT_TRUE(HasReason(Call(&ReviewStub::GiveOpinion, opinion), "IN_PRE_CHECK"));
  EXPECT_TRUE(Call(&ReviewStub::PassReview, Act<v1::PassReviewRequest>(1)).ok());
  EXPECT_TRUE(
      HasReason(Call(&ReviewStub::PassReview, Act<v1::PassReviewRequest>(2)), "NOT_IN_PRE_CHECK"));
  EXPECT_TRUE(HasReason(Call(&ReviewStub::ReportDefects, Defects(3)), "NOT_IN_PRE_CHECK"));
}

TEST_F(RoutingReviewApi, WhoWaitsIsListedWithItsLastDay) {
  const auto page = desk_->Call(&ReviewStub::ListReviews, v1::ListReviewsRequest(), "operator");
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->cases_size(), 1);
  EXPECT_EQ(page->cases(0).reviewer(), "CITY_CREDIT_CENTRE");
  EXPECT_FALSE(page->cases(0).due_date().empty());
}

}  // namespace
}  // namespace xiufu::routing
