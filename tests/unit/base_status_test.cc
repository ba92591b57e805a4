#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "absl/strings/cord.h"
#include "libs/base/status.h"

namespace xiufu {
namespace {

TEST(Status, CarriesAReasonWithMetadata) {
  const absl::Status status = WithReason(absl::AlreadyExistsError("taken"),
                                         "RECORD_HAS_OPEN_APPLICATION", {{"record", "records/1"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(status.message(), "taken");
  const ErrorReason expected{"RECORD_HAS_OPEN_APPLICATION", {{"record", "records/1"}}};
  EXPECT_EQ(ReasonOf(status), expected);
  EXPECT_TRUE(HasReason(status, "RECORD_HAS_OPEN_APPLICATION"));
  EXPECT_FALSE(HasReason(status, "RECORD"));
}

TEST(Status, WithoutReasonThereIsNone) {
  EXPECT_FALSE(ReasonOf(absl::InternalError("x")).has_value());
  EXPECT_FALSE(ReasonOf(absl::OkStatus()).has_value());
  EXPECT_TRUE(WithReason(absl::OkStatus(), "ANY").ok());
}

TEST(Status, TheLastReasonCounts) {
  const absl::Status first = WithReason(absl::NotFoundError("x"), "FIRST", {{"a", "b"}});
  EXPECT_EQ(ReasonOf(WithReason(first, "SECOND")), (ErrorReason{"SECOND", {}}));
}

TEST(Status, CarriesEveryViolation) {
  const std::vector<Violation> violations = {{"applicant.phone", "empty; 5 to 20 characters"},
                                             {"records[2]", "twice; each record once"}};
  const absl::Status status = FieldViolations(violations);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ViolationsOf(status), violations);
  EXPECT_NE(status.message().find("records[2]: twice"), absl::string_view::npos);
  EXPECT_TRUE(FieldViolations({}).ok());
  EXPECT_EQ(ViolationsOf(FieldViolation("f", "wrong", "right")),
            (std::vector<Violation>{{"f", "wrong; right"}}));
}

TEST(Status, ReasonAndViolationsLiveSideBySide) {
  const absl::Status status = WithReason(FieldViolation("f", "wrong", "right"), "BAD_FIELD");
  EXPECT_TRUE(HasReason(status, "BAD_FIELD"));
  EXPECT_EQ(ViolationsOf(status).size(), 1u);
}

TEST(Status, ForeignPayloadsAreNoReason) {
  for (const std::string& payload : {std::string("x"), std::string("\0\0\0\xff", 4),
                                     std::string("\0\0\0\1a\0\0\0\1b", 10), std::string()}) {
    absl::Status status = absl::InternalError("x");
    status.SetPayload(kReasonUrl, absl::Cord(payload));
    status.SetPayload(kViolationsUrl, absl::Cord(payload + "y"));
    EXPECT_FALSE(ReasonOf(status).has_value());
    EXPECT_TRUE(ViolationsOf(status).empty());
  }
}

RC_GTEST_PROP(StatusProperty, AnyBytesComeBack,
              (const std::string& reason,
               const std::vector<std::pair<std::string, std::string>>& metadata)) {
  const absl::Status status = WithReason(absl::InternalError("x"), reason, metadata);
  RC_ASSERT(ReasonOf(status) == (ErrorReason{reason, metadata}));
}

}  // namespace
}  // namespace xiufu
