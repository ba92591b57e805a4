#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/department_adapter/domain/answer.h"
#include "xiufu/department/v1/department.pb.h"

namespace xiufu::department {

v1::Answer ToProto(const Answer& answer);

// From proto3 JSON. INVALID_ARGUMENT with violations for what is no JSON, has an unknown field or a
// wrong type, names no kind of answer, or does not pass CheckAnswer.
absl::StatusOr<Answer> ParseAnswerJson(absl::string_view json);

}  // namespace xiufu::department
