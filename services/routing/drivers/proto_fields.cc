#include "services/routing/drivers/proto_fields.h"

#include "absl/strings/str_cat.h"

namespace xiufu::routing {

Id FieldReader::RequiredId(absl::string_view field, const std::string& bytes) {
  absl::StatusOr<Id> id = Id::FromBytes(bytes);
  if (id.ok() && !id->IsNone()) return *id;
  Fail(field, "is no id");
  return Id();
}

absl::Time FieldReader::RequiredTime(absl::string_view field, bool present,
                                     const google::protobuf::Timestamp& time) {
  if (!present) Fail(field, "is missing");
  return absl::FromUnixSeconds(time.seconds()) + absl::Milliseconds(time.nanos() / 1000000);
}

std::string FieldReader::RequiredText(absl::string_view field, const std::string& text) {
  if (text.empty()) Fail(field, "is empty");
  return text;
}

void FieldReader::Fail(absl::string_view field, absl::string_view wrong) {
  if (!status_.ok()) return;
  status_ = absl::InvalidArgumentError(absl::StrCat(message_, ".", field, " ", wrong));
}

void WriteTime(absl::Time time, google::protobuf::Timestamp* proto) {
  const timespec spec = absl::ToTimespec(time);
  proto->set_seconds(spec.tv_sec);
  proto->set_nanos(static_cast<int32_t>(spec.tv_nsec));
}

std::string IdBytes(const Id& id) { return std::string(id.bytes()); }

std::vector<std::string> TextsFrom(const google::protobuf::RepeatedPtrField<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

}  // namespace xiufu::routing
