#include "services/intake/domain/upstream_return.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/intake/domain/timeline.h"

namespace xiufu::intake {
namespace {

constexpr std::pair<absl::string_view, absl::string_view> kKinds[] = {
    {kCaseAccepted, "ACCEPTED"},
    {kCaseNotAccepted, "NOT_ACCEPTED"},
    {kCaseSupplementRequested, "SUPPLEMENT_REQUESTED"},
    {kCaseExtended, "EXTENDED"},
    {kCaseConcluded, "RESULT"},
    {kCaseWithdrawn, "WITHDRAWN"},
    {kCaseClosedNoSupplement, "CLOSED_NO_SUPPLEMENT"},
};

Id ReturnId(const Id& about, absl::string_view number, absl::string_view kind, int64_t version) {
  return DeriveId(about, absl::StrCat("return ", number, " ", kind), static_cast<uint64_t>(version),
                  PlaceOf(about));
}

}  // namespace

absl::string_view ReturnKindOf(absl::string_view news_code) {
  for (const auto& [code, kind] : kKinds) {
    if (code == news_code) return kind;
  }
  return "";
}

absl::string_view ReturnKindOf(const CaseView& view) {
  switch (view.state) {
    case CaseState::kAccepted:
      return "ACCEPTED";
    case CaseState::kNotAccepted:
      return "NOT_ACCEPTED";
    case CaseState::kSupplementRequested:
      return "SUPPLEMENT_REQUESTED";
    case CaseState::kExtended:
      return "EXTENDED";
    case CaseState::kConcluded:
      return "RESULT";
    case CaseState::kWithdrawn:
      return "WITHDRAWN";
    case CaseState::kClosedNoSupplement:
      return "CLOSED_NO_SUPPLEMENT";
    default:
      return "";
  }
}

UpstreamReturn ReturnAbout(const CaseView& view, absl::string_view kind, absl::Time at,
                           absl::string_view application_number, absl::string_view number) {
  return {ReturnId(view.id, number, kind, view.version),
          std::string(kind),
          at,
          std::string(application_number),
          "",
          view};
}

UpstreamReturn ReceivedReturn(const Id& application, absl::Time at,
                              absl::string_view application_number, absl::string_view query_code,
                              absl::string_view number) {
  return {ReturnId(application, number, kReturnReceived, 0),
          kReturnReceived,
          at,
          std::string(application_number),
          std::string(query_code),
          CaseView()};
}

}  // namespace xiufu::intake
