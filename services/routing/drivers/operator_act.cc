#include "services/routing/drivers/operator_act.h"

#include "absl/strings/ascii.h"
#include "libs/base/text.h"

namespace xiufu::routing {

Id DeskRequest::ReadId(absl::string_view field, const std::string& bytes) {
  const absl::StatusOr<Id> id = Id::FromBytes(bytes);
  if (id.ok() && !id->IsNone()) return *id;
  for (Violation& one : ViolationsOf(FieldViolation(field, "not an id", "16 bytes"))) {
    wrong_.push_back(std::move(one));
  }
  return Id();
}

std::string DeskRequest::ReadText(absl::string_view field, const std::string& text,
                                  size_t longest) {
  std::string stripped(absl::StripAsciiWhitespace(text));
  for (Violation& one : ViolationsOf(CheckText(field, stripped, 1, longest))) {
    wrong_.push_back(std::move(one));
  }
  return stripped;
}

absl::Status DeskRequest::status() const { return FieldViolations(wrong_); }

}  // namespace xiufu::routing
