#include "services/intake/domain/resource_name.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libs/base/application_number.h"
#include "libs/base/status.h"

namespace xiufu::intake {
namespace {

std::string NameOf(absl::string_view collection, const Id& id) {
  return id.IsNone() ? "" : absl::StrCat(collection, "/", id.ToString());
}

absl::StatusOr<Id> ParseName(absl::string_view collection, absl::string_view field,
                             absl::string_view name) {
  absl::string_view rest = name;
  if (absl::ConsumePrefix(&rest, absl::StrCat(collection, "/"))) {
    absl::StatusOr<Id> id = Id::Parse(rest);
    if (id.ok() && !id->IsNone()) return *id;
  }
  return FieldViolation(field, name.empty() ? "empty" : "no such name",
                        absl::StrCat(collection, "/<uuid>"));
}

}  // namespace

std::string ApplicationName(const Id& id) { return NameOf("applications", id); }
std::string RecordName(const Id& id) { return NameOf("records", id); }
std::string CaseName(const Id& id) { return NameOf("cases", id); }
std::string MaterialName(const Id& id) { return NameOf("materials", id); }
std::string ConsultationName(const Id& id) { return NameOf("consultations", id); }
std::string HandOverName(const Id& id) { return NameOf("handOvers", id); }
std::string ObjectionName(const Id& id) { return NameOf("objections", id); }

absl::StatusOr<Id> ParseApplicationName(absl::string_view field, absl::string_view name) {
  return ParseName("applications", field, name);
}
absl::StatusOr<Id> ParseRecordName(absl::string_view field, absl::string_view name) {
  return ParseName("records", field, name);
}
absl::StatusOr<Id> ParseCaseName(absl::string_view field, absl::string_view name) {
  return ParseName("cases", field, name);
}
absl::StatusOr<Id> ParseMaterialName(absl::string_view field, absl::string_view name) {
  return ParseName("materials", field, name);
}
absl::StatusOr<Id> ParseConsultationName(absl::string_view field, absl::string_view name) {
  return ParseName("consultations", field, name);
}
absl::StatusOr<Id> ParseHandOverName(absl::string_view field, absl::string_view name) {
  return ParseName("handOvers", field, name);
}

absl::StatusOr<Id> ParseObjectionName(absl::string_view field, absl::string_view name) {
  return ParseName("objections", field, name);
}

absl::StatusOr<ApplicationKey> ParseApplicationKey(absl::string_view field,
                                                   absl::string_view name) {
  absl::StatusOr<Id> id = ParseApplicationName(field, name);
  if (id.ok()) return ApplicationKey{*id, ""};
  absl::string_view rest = name;
  if (absl::ConsumePrefix(&rest, "applications/") && ParseApplicationNumber(rest).ok()) {
    return ApplicationKey{Id(), absl::AsciiStrToUpper(rest)};
  }
  return FieldViolation(field, name.empty() ? "empty" : "no such name",
                        "applications/<uuid> or applications/<number>");
}

}  // namespace xiufu::intake
