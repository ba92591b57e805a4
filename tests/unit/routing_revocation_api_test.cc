// RevocationService over a real socket: who may call, what is refused by name, that told again
// nothing changes.
#include <gtest/gtest.h>

#include <functional>
#include <optional>

#include "absl/strings/match.h"
#include "libs/catalogue/tables.h"
#include "services/routing/drivers/revocation_api.h"
#include "tests/unit/routing_rpc.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/routing/v1/revocation.grpc.pb.h"

namespace xiufu::routing {
namespace {

using Request = v1::ReportRevocationRequest;

// A case that was concluded by the approval 决a2 on 2026-05-29.
class RoutingRevocationApi : public ::testing::Test {
 protected:
  void SetUp() override {
    {
      RoutingRig rig(path(), RoutingRig::kStart);
      rig.Deliver({up_.Submitted("transport", "N36-GEN")});
      rig.Deliver({up_.Accepted(1, "a1"), up_.Decided(2, "a2"), up_.Entered(3, "a2")});
    }
    desk_.emplace(path(), NewRevocationService, ShippedLaw(), RoutingRig::kStart + absl::Hours(4),
                  std::vector<std::string>{"operator", "portal", "authority-transport"});
  }
  std::string path() { return folder_.FilePath("store.db"); }
  Request Letter() {
    Request request;
    request.set_case_id(std::string(up_.case_id().bytes()));
    request.mutable_finding()->set_kind("FALSE_MATERIAL");
    request.mutable_finding()->set_document_no("丹交撤〔2026〕1号");
    request.mutable_finding()->set_found_on("2026-05-29");
    request.mutable_finding()->add_reasons("缴款凭证系伪造");
    request.set_source("丹交函〔2026〕9号");
    return request;
  }
  absl::Status Report(const Request& request, const std::string& principal = "operator") {
    return desk_->Call(&v1::RevocationService::Stub::ReportRevocation, request, principal).status();
  }

  TempFolder folder_;
  Upstream up_{RoutingRig::kStart};
  std::optional<RoutingRpc> desk_;
};

TEST_F(RoutingRevocationApi, NobodyButTheOperatorMayCall) {
  for (const char* caller : {"portal", "authority-transport"}) {
    EXPECT_TRUE(absl::IsPermissionDenied(Report(Letter(), caller))) << caller;
  }
  // Had one of them been taken, this one would be too late.
  Request other = Letter();
  other.mutable_finding()->set_document_no("丹交撤〔2026〕2号");
  EXPECT_TRUE(Report(other).ok());
}

TEST_F(RoutingRevocationApi, EveryBadFieldIsNamed) {
  using Fields = std::vector<std::string>;
  const std::string long_text(501, 'x');
  const struct {
    const char* what;
    std::function<void(Request&)> spoil;
    Fields fields;
  } cases[] = {
      {"nothing",
       [](Request& r) { r.Clear(); },
       {"case_id", "finding.kind", "finding.document_no", "finding.found_on", "finding.reasons",
        "source"}},
      {"neither", [](Request& r) { r.clear_case_id(); }, {"case_id"}},
      {"both", [](Request& r) { r.set_decision_no("决a2"); }, {"decision_no"}},
      {"no id", [](Request& r) { r.set_case_id("short"); }, {"case_id"}},
      {"unknown kind", [](Request& r) { r.mutable_finding()->set_kind("LIES"); }, {"finding.kind"}},
      {"no day",
       [](Request& r) { r.mutable_finding()->set_found_on("2026-02-30"); },
       {"finding.found_on"}},
      {"in the future",
       [](Request& r) { r.mutable_finding()->set_found_on("2026-05-31"); },
       {"finding.found_on"}},
      {"long reason",
       [&](Request& r) { r.mutable_finding()->add_reasons(long_text); },
       {"finding.reasons[1]"}},
      {"no source", [](Request& r) { r.clear_source(); }, {"source"}},
  };
  for (const auto& each : cases) {
    Request request = Letter();
    each.spoil(request);
    const absl::Status refused = Report(request);
    EXPECT_TRUE(absl::IsInvalidArgument(refused)) << each.what;
    EXPECT_EQ(FieldsWrong(refused), each.fields) << each.what;
  }
  EXPECT_TRUE(Report(Letter()).ok()) << "none of them was taken";
}

TEST_F(RoutingRevocationApi, AnUnknownKindIsAnsweredWithThoseThereAre) {
  Request request = Letter();
  request.mutable_finding()->set_kind("LIES");
  const std::string told = ViolationsOf(Report(request)).at(0).description;
  for (const catalogue::Finding& finding : ShippedLaw()->catalogue.data().findings) {
    EXPECT_TRUE(absl::StrContains(told, finding.id)) << told;
  }
}

TEST_F(RoutingRevocationApi, ARequestWithoutACaseSaysWhatWouldNameOne) {
  const std::string told = ViolationsOf(Report(Request())).at(0).description;
  EXPECT_TRUE(absl::StrContains(told, "case_id") && absl::StrContains(told, "decision_no")) << told;
}

TEST_F(RoutingRevocationApi, ToldAgainItIsNothingAndOtherwiseItIsRefused) {
  ASSERT_TRUE(Report(Letter()).ok());
  EXPECT_TRUE(Report(Letter()).ok());
  Request by_number = Letter();
  by_number.clear_case_id();
  by_number.set_decision_no("决a2");
  EXPECT_TRUE(Report(by_number).ok()) << "the same case by the number of its decision";
  Request other = Letter();
  other.mutable_finding()->set_reasons(0, "承诺严重不实");
  const absl::Status refused = Report(other);
  EXPECT_TRUE(absl::IsAlreadyExists(refused)) << refused;
  EXPECT_TRUE(HasReason(refused, "FINDING_KNOWN_OTHERWISE")) << refused;
  EXPECT_TRUE(absl::StartsWith(refused.message(), "该文号的认定已登记")) << refused;
}

TEST_F(RoutingRevocationApi, WhatRevokesNothingSaysWhy) {
  Request unknown = Letter();
  unknown.clear_case_id();
  unknown.set_decision_no("决没有");
  EXPECT_TRUE(HasReason(Report(unknown), "CASE_NOT_FOUND"));
  Request of_plan = Letter();
  of_plan.mutable_finding()->set_kind("PLAN_FAILED");
  EXPECT_TRUE(HasReason(Report(of_plan), "NOTHING_TO_REVOKE")) << "it is no shielding";
  ASSERT_TRUE(Report(Letter()).ok());
  Request second = Letter();
  second.mutable_finding()->set_document_no("丹交撤〔2026〕2号");
  EXPECT_TRUE(HasReason(Report(second), "NOTHING_TO_REVOKE")) << "it was revoked before";
}

}  // namespace
}  // namespace xiufu::routing
