#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "google/protobuf/timestamp.pb.h"
#include "libs/base/id.h"

namespace xiufu::routing {

// Reads the fields of one message; the first mistake stays. Times are cut to milliseconds, as they
// are stored, so that an event told from the store equals one told from what came in.
class FieldReader {
 public:
  explicit FieldReader(absl::string_view message) : message_(message) {}

  Id RequiredId(absl::string_view field, const std::string& bytes);
  absl::Time RequiredTime(absl::string_view field, bool present,
                          const google::protobuf::Timestamp& time);
  std::string RequiredText(absl::string_view field, const std::string& text);
  void Fail(absl::string_view field, absl::string_view wrong);

  const absl::Status& status() const { return status_; }

 private:
  const absl::string_view message_;
  absl::Status status_;
};

void WriteTime(absl::Time time, google::protobuf::Timestamp* proto);
std::string IdBytes(const Id& id);
std::vector<std::string> TextsFrom(const google::protobuf::RepeatedPtrField<std::string>& texts);

}  // namespace xiufu::routing
