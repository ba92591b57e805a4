// absl::Status inside, google.rpc.Status at the edge, and back.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "libs/rpc/status.h"

namespace xiufu::rpc {
namespace {

google::rpc::Status Rich(const grpc::Status& status) {
  google::rpc::Status rich;
  EXPECT_TRUE(rich.ParseFromString(status.error_details()));
  return rich;
}

template <typename Detail>
Detail DetailOf(const grpc::Status& status) {
  Detail detail;
  const google::rpc::Status rich = Rich(status);
  for (const auto& any : rich.details()) {
    if (any.UnpackTo(&detail)) return detail;
  }
  ADD_FAILURE() << "no " << detail.GetTypeName();
  return detail;
}

TEST(RpcStatusTest, OkIsOk) {
  EXPECT_TRUE(ToGrpc(absl::OkStatus()).ok());
  EXPECT_TRUE(FromGrpc(grpc::Status::OK).ok());
}

TEST(RpcStatusTest, EveryCodeComesBackAsItself) {
  for (int code = 1; code <= 16; ++code) {
    const absl::Status status(static_cast<absl::StatusCode>(code), "why");
    const grpc::Status wire = ToGrpc(status);
    EXPECT_EQ(static_cast<int>(wire.error_code()), code);
    EXPECT_EQ(Rich(wire).code(), code);
    EXPECT_EQ(FromGrpc(wire).code(), status.code());
  }
}

TEST(RpcStatusTest, ReasonAndMetadataTravelAsErrorInfo) {
  const absl::Status status = WithReason(absl::FailedPreconditionError("taken"),
                                         "RECORD_HAS_OPEN_APPLICATION", {{"record", "records/1"}});
  const auto info = DetailOf<google::rpc::ErrorInfo>(ToGrpc(status));
  EXPECT_EQ(info.reason(), "RECORD_HAS_OPEN_APPLICATION");
  EXPECT_EQ(info.domain(), "xiufu");
  EXPECT_EQ(info.metadata().at("record"), "records/1");
  EXPECT_EQ(FromGrpc(ToGrpc(status)), status);
}

TEST(RpcStatusTest, WithoutReasonTheCodesNameStandsInAndDoesNotComeBack) {
  const absl::Status status = absl::NotFoundError("no such thing");
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(ToGrpc(status)).reason(), "NOT_FOUND");
  EXPECT_EQ(FromGrpc(ToGrpc(status)), status);
}

TEST(RpcStatusTest, ViolationsTravelAsBadRequest) {
  const absl::Status status = FieldViolations(
      {{"applicant.phone", "empty; 11 digits"}, {"records[2]", "twice; each record once"}});
  const auto bad = DetailOf<google::rpc::BadRequest>(ToGrpc(status));
  ASSERT_EQ(bad.field_violations_size(), 2);
  EXPECT_EQ(bad.field_violations(1).field(), "records[2]");
  EXPECT_EQ(bad.field_violations(1).description(), "twice; each record once");
  EXPECT_EQ(ViolationsOf(FromGrpc(ToGrpc(status))), ViolationsOf(status));
}

TEST(RpcStatusTest, ManyViolationsAreCountedWhereTheyHaveNoRoom) {
  std::vector<Violation> violations;
  for (int i = 0; i < 50; ++i) {
    violations.push_back({absl::StrCat("records[", i, "]"), "不是记录的名称; records/<uuid>"});
  }
  const grpc::Status wire = ToGrpc(FieldViolations(violations));
  EXPECT_LE(wire.error_message().size(), 1024u);
  EXPECT_LE(wire.error_details().size(), 4096u);
  const auto bad = DetailOf<google::rpc::BadRequest>(wire);
  const int shown = bad.field_violations_size() - 1;
  ASSERT_GT(shown, 10);
  EXPECT_EQ(bad.field_violations(shown - 1).field(), absl::StrCat("records[", shown - 1, "]"));
  EXPECT_EQ(bad.field_violations(shown).field(), "");
  EXPECT_EQ(bad.field_violations(shown).description(), absl::StrCat("and ", 50 - shown, " more"));
}

TEST(RpcStatusTest, LongTextsAreClippedBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "修";
  const absl::Status status =
      WithReason(FieldViolations({{text, text}, {"second", "wrong"}}), "REASON",
                 {{"a", text}, {"b", text}, {"c", text}, {"d", text}, {"e", text}});
  const grpc::Status wire = ToGrpc(status);
  EXPECT_LE(wire.error_message().size(), 1024u);
  EXPECT_LE(wire.error_details().size(), 4096u);
  EXPECT_TRUE(IsValidUtf8(wire.error_message()));
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(wire).reason(), "REASON");
  const auto bad = DetailOf<google::rpc::BadRequest>(wire);
  ASSERT_EQ(bad.field_violations_size(), 2);
  EXPECT_EQ(bad.field_violations(1).field(), "second");
}

TEST(RpcStatusTest, WhatIsNoUtf8CannotSpoilAStatus) {
  const absl::Status status = WithReason(FieldViolations({{"f\xff", "\xb7\xa3 is no kind"}}),
                                         "R\xfe", {{"k\xfd", "v\xfc"}});
  const grpc::Status wire = ToGrpc(status);
  EXPECT_TRUE(IsValidUtf8(wire.error_message()));
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(wire).reason(), "R\uFFFD");
  EXPECT_EQ(DetailOf<google::rpc::BadRequest>(wire).field_violations(0).field(), "f\uFFFD");
}

TEST(RpcStatusTest, WhatFailedInsideStaysInside) {
  for (const absl::Status& status :
       {absl::InternalError("UNIQUE constraint failed: applicant.phone"),
        absl::UnknownError("/var/lib/xiufu/store.db")}) {
    const grpc::Status wire = ToGrpc(status);
    EXPECT_EQ(wire.error_message(), "internal error; the service's log says more");
    EXPECT_EQ(wire.error_details().find("constraint"), std::string::npos);
    EXPECT_EQ(wire.error_details().find("/var/lib"), std::string::npos);
    EXPECT_EQ(FromGrpc(wire).code(), status.code());
  }
}

TEST(RpcStatusTest, OthersErrorsAreTakenAsTheyAre) {
  google::rpc::ErrorInfo info;
  info.set_reason("QUOTA");
  info.set_domain("elsewhere.example");
  google::rpc::Status rich;
  rich.set_code(8);
  rich.add_details()->PackFrom(info);
  const grpc::Status theirs(grpc::StatusCode::RESOURCE_EXHAUSTED, "later",
                            rich.SerializeAsString());
  EXPECT_EQ(FromGrpc(theirs), absl::ResourceExhaustedError("later"));
  const grpc::Status broken(grpc::StatusCode::ABORTED, "m", "\xff\xff not protobuf");
  EXPECT_EQ(FromGrpc(broken), absl::AbortedError("m"));
}

TEST(RpcStatusTest, ReasonIsReadFromTheMessageOfARefusalAtTheDoor) {
  const grpc::Status refused(grpc::StatusCode::INVALID_ARGUMENT, "DEADLINE_REQUIRED: set one");
  EXPECT_TRUE(HasReason(FromGrpc(refused), "DEADLINE_REQUIRED"));
  const grpc::Status other(grpc::StatusCode::UNAVAILABLE, "failed to connect: no route");
  EXPECT_EQ(ReasonOf(FromGrpc(other)), std::nullopt);
}

}  // namespace
}  // namespace xiufu::rpc
