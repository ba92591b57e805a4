#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/base/id.h"

namespace xiufu::intake {

// Resource names of the contract: "applications/<uuid>". The empty string stands for no id.
std::string ApplicationName(const Id& id);
std::string RecordName(const Id& id);
std::string CaseName(const Id& id);
std::string MaterialName(const Id& id);
std::string ConsultationName(const Id& id);
std::string HandOverName(const Id& id);
std::string ObjectionName(const Id& id);

// INVALID_ARGUMENT with a violation of `field` for anything else.
absl::StatusOr<Id> ParseApplicationName(absl::string_view field, absl::string_view name);
absl::StatusOr<Id> ParseRecordName(absl::string_view field, absl::string_view name);
absl::StatusOr<Id> ParseCaseName(absl::string_view field, absl::string_view name);
absl::StatusOr<Id> ParseMaterialName(absl::string_view field, absl::string_view name);
absl::StatusOr<Id> ParseConsultationName(absl::string_view field, absl::string_view name);
absl::StatusOr<Id> ParseHandOverName(absl::string_view field, absl::string_view name);

absl::StatusOr<Id> ParseObjectionName(absl::string_view field, absl::string_view name);

// How somebody names an application who has a query code: by id or, when that is none, by number.
struct ApplicationKey {
  Id id;
  std::string number;
};
absl::StatusOr<ApplicationKey> ParseApplicationKey(absl::string_view field, absl::string_view name);

}  // namespace xiufu::intake
