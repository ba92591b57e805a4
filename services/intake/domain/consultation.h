#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/base/id.h"
#include "libs/catalogue/catalogue.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/window.h"

namespace xiufu::intake {

// The numbers are those of the contract.
enum class ConsultationMode { kUnspecified = 0, kWalkIn = 1, kCall = 2 };

// What a consultation is about; each part may be unknown, and told later.
struct ConsultationLink {
  std::string subject_uscc;
  std::string application;  // "applications/<uuid or number>"
  std::string case_name;    // "cases/<uuid>"
};

// As it came.
struct ConsultationCommand {
  std::string clerk;
  std::string window;
  ConsultationMode mode = ConsultationMode::kUnspecified;
  std::string topic;
  ConsultationLink link;
  std::string question;
  std::string answer;
  std::string contact_name;
  std::string contact_phone;
};

// 咨询登记: somebody asked, at a window or by telephone, and was answered.
struct Consultation {
  Id id;
  Desk desk;           // where it was taken
  std::string region;  // whose window has it now
  ConsultationMode mode = ConsultationMode::kUnspecified;
  std::string topic;
  absl::Time at;
  std::string subject_uscc;
  Id application;
  Id case_id;
  std::string question;
  std::string answer;
  std::string contact_name;  // empty unless given, and once its time is over
  std::string contact_phone;
};

// The same, checked; what the store must resolve is left as names.
struct ConsultationParts {
  std::string subject_uscc;
  ApplicationKey application;  // both none: no application
  Id case_id;
};

// INVALID_ARGUMENT with every violation at once. Without id, time, application and case.
absl::StatusOr<Consultation> ValidateConsultation(const ConsultationCommand& command,
                                                  const WindowCaller& caller,
                                                  const catalogue::Catalogue& catalogue);
// Of fields "subject_uscc", "application" and "case_name". `required`: at least one of them.
absl::StatusOr<ConsultationParts> ValidateLink(const ConsultationLink& link, bool required);

// What a register is searched for.
struct ConsultationFilter {
  std::string region;  // empty: all
  std::string topic;
  std::string subject_uscc;
  Id application;
  std::string text;                           // in question or answer
  absl::Time from = absl::InfinitePast();     // inclusive
  absl::Time until = absl::InfiniteFuture();  // exclusive
  Id before;                                  // only ids below; none: from the newest
  int limit = 0;
};

// How often something was done at a window in a month; a pre-check has no topic.
struct WindowCount {
  std::string window;
  std::string region;
  std::string month;  // "2026-11", Asia/Shanghai
  std::string topic;
  int64_t count = 0;
};

// "2026-11": the month in Asia/Shanghai.
std::string LegalMonth(absl::Time time);
// INVALID_ARGUMENT with a violation of `field`; empty is fine.
absl::Status CheckMonth(absl::string_view field, absl::string_view month);

}  // namespace xiufu::intake
