#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "services/intake/domain/case_view.h"

namespace xiufu::intake {

inline constexpr char kReturnReceived[] = "RECEIVED";

// Something about a case that goes back to an upstream door under its number.
struct UpstreamReturn {
  Id id;             // the same for the same thing: from the case, its version, kind and number
  std::string kind;  // of xiufu.intake.v1.UpstreamReturn
  absl::Time at;
  std::string application_number;
  std::string query_code;  // RECEIVED, of what this number itself brought
  CaseView view;           // empty for RECEIVED: the case may not be open yet
};

// What a door is told of a piece of news; empty: nothing.
absl::string_view ReturnKindOf(absl::string_view news_code);
// What a door is told of a case that its number joins later; empty: nothing but RECEIVED yet.
absl::string_view ReturnKindOf(const CaseView& view);

// `number` is the door's own, with the door.
UpstreamReturn ReturnAbout(const CaseView& view, absl::string_view kind, absl::Time at,
                           absl::string_view application_number, absl::string_view number);
UpstreamReturn ReceivedReturn(const Id& application, absl::Time at,
                              absl::string_view application_number, absl::string_view query_code,
                              absl::string_view number);

}  // namespace xiufu::intake
