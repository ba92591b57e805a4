// The desk over a real socket and a store with its thread.
#include <gtest/gtest.h>

#include <optional>

#include "tests/unit/routing_rpc.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/routing/v1/routing.grpc.pb.h"

namespace xiufu::routing {
namespace {

constexpr char kDeskRequest[] = "018f3c1e-0000-7000-8000-000000000001";

class RoutingDesk : public ::testing::Test {
 protected:
  // A store in which two cases were returned, one of them after its applicant withdrew.
  void SetUp() override {
    {
      RoutingRig rig(path());
      rig.Deliver({up_.Submitted(), up_.Delivered(1), up_.Returned(2, "a1"),
                   up_.Decided(3, "a2", false), up_.Decided(4, "a3", false)});
    }
    desk_.emplace(path(), NewRoutingService, ShippedLaw(), RoutingRig::kStart + absl::Hours(72),
                  std::vector<std::string>{"operator", "portal"});
  }
  std::string path() { return folder_.FilePath("store.db"); }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (v1::RoutingService::Stub::*method)(
                                    grpc::ClientContext*, const Request&, Response*),
                                const Request& request, const std::string& principal = "operator") {
    return desk_->Call(method, request, principal);
  }
  absl::Status Assign(const v1::AssignCaseRequest& request,
                      const std::string& principal = "operator") {
    return Call(&v1::RoutingService::Stub::AssignCase, request, principal).status();
  }
  v1::AssignCaseRequest ToUrbanManagement() {
    v1::AssignCaseRequest request;
    request.set_request_id(kDeskRequest);
    request.set_case_id(std::string(up_.case_id().bytes()));
    request.set_authority_code("urban-management");
    request.set_person("王某");
    request.set_reason("按职责分工");
    return request;
  }
  std::vector<v1::UnassignedCase> Unassigned() {
    const auto page =
        Call(&v1::RoutingService::Stub::ListUnassignedCases, v1::ListUnassignedCasesRequest());
    return {page->cases().begin(), page->cases().end()};
  }

  TempFolder folder_;
  Upstream up_{RoutingRig::kStart};
  std::optional<RoutingRpc> desk_;
};

TEST_F(RoutingDesk, ShowsWhoseCaseItIsNotAndWhy) {
  const std::vector<v1::UnassignedCase> cases = Unassigned();
  ASSERT_EQ(cases.size(), 1u);
  EXPECT_EQ(cases[0].reason(), "非本单位认定");
  EXPECT_EQ(cases[0].application_number(), "XYXF2106002026052900000001X");
  EXPECT_EQ(cases[0].record().version(), 3u);
  EXPECT_EQ(cases[0].since().seconds(), absl::ToUnixSeconds(up_.At(2)));
}

TEST_F(RoutingDesk, AnAssignedCaseLeavesTheDeskAndTheSameRequestIsAnsweredAgain) {
  ASSERT_TRUE(Assign(ToUrbanManagement()).ok());
  EXPECT_TRUE(Unassigned().empty());
  EXPECT_TRUE(Assign(ToUrbanManagement()).ok());
  v1::AssignCaseRequest other = ToUrbanManagement();
  other.set_authority_code("transport");
  EXPECT_EQ(Assign(other).code(), absl::StatusCode::kAlreadyExists);
  other.set_request_id("018f3c1e-0000-7000-8000-000000000002");
  EXPECT_TRUE(HasReason(Assign(other), "NOT_TO_BE_ASSIGNED"));
}

TEST_F(RoutingDesk, NamesEveryFieldThatIsWrong) {
  v1::AssignCaseRequest request;
  request.set_request_id(kDeskRequest);
  const absl::Status refused = Assign(request);
  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(FieldsWrong(refused),
            (std::vector<std::string>{"case_id", "authority_code", "person", "reason"}));
  request = ToUrbanManagement();
  request.set_request_id("no uuid");
  EXPECT_EQ(Assign(request).code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(RoutingDesk, RefusesWhatIsNotThere) {
  v1::AssignCaseRequest request = ToUrbanManagement();
  request.set_authority_code("nobody");
  EXPECT_TRUE(HasReason(Assign(request), "AUTHORITY_NOT_FOUND"));
  request.set_authority_code("court");
  EXPECT_TRUE(HasReason(Assign(request), "NOT_IN_SUITE"));
  request = ToUrbanManagement();
  request.set_case_id(std::string(16, 'x'));
  EXPECT_TRUE(HasReason(Assign(request), "CASE_NOT_FOUND"));
}

TEST_F(RoutingDesk, ListsAnswersThatDoNotCountPageByPage) {
  v1::ListUncountedAnswersRequest request;
  request.set_page_size(1);
  std::vector<std::string> answers;
  do {
    const auto page = Call(&v1::RoutingService::Stub::ListUncountedAnswers, request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const v1::UncountedAnswer& one : page->answers()) {
      answers.push_back(
          absl::StrCat(one.answer_id(), " ", one.kind(), " ", one.authority().code()));
      EXPECT_NE(one.reason().find("待分办"), std::string::npos);
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(answers, (std::vector<std::string>{"a2 DECIDED transport", "a3 DECIDED transport"}));
}

TEST_F(RoutingDesk, OnlyForTheOperator) {
  EXPECT_EQ(Assign(ToUrbanManagement(), "portal").code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Call(&v1::RoutingService::Stub::ListUnassignedCases, v1::ListUnassignedCasesRequest(),
                 "portal")
                .status()
                .code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Call(&v1::RoutingService::Stub::ListUncountedAnswers, v1::ListUncountedAnswersRequest(),
                 "portal")
                .status()
                .code(),
            absl::StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace xiufu::routing
