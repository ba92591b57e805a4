#include "services/intake/domain/consultation.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/legal_day.h"
#include "libs/base/text.h"
#include "services/intake/domain/create_application.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {
namespace {

void CheckTopic(const std::string& topic, const catalogue::Catalogue& catalogue,
                Violations& violations) {
  std::vector<std::string> known;
  for (const catalogue::ConsultationTopic& one : catalogue.topics()) known.push_back(one.id);
  if (std::find(known.begin(), known.end(), topic) != known.end()) return;
  violations.Add("topic", topic.empty() ? "empty" : "unknown", absl::StrJoin(known, ", "));
}

}  // namespace

absl::StatusOr<Consultation> ValidateConsultation(const ConsultationCommand& command,
                                                  const WindowCaller& caller,
                                                  const catalogue::Catalogue& catalogue) {
  Violations violations;
  Consultation consultation;
  consultation.desk =
      ValidateDesk(caller, command.clerk, command.window, catalogue.windows(), violations);
  consultation.region = caller.region;
  if (command.mode != ConsultationMode::kWalkIn && command.mode != ConsultationMode::kCall) {
    violations.Add("mode", "not given or unknown", "WALK_IN or CALL");
  }
  CheckTopic(command.topic, catalogue, violations);
  violations.Take(CheckMultilineText("question", command.question, 1, 1000));
  violations.Take(CheckMultilineText("answer", command.answer, 1, 2000));
  violations.Take(CheckText("contact_name", command.contact_name, 0, 50));
  if (!command.contact_phone.empty() && !IsPhone(command.contact_phone)) {
    violations.Add("contact_phone", "not a telephone number", "5 to 20 of 0-9 + -, or nothing");
  }
  const absl::StatusOr<ConsultationParts> parts = ValidateLink(command.link, /*required=*/false);
  violations.Take(parts.status());
  if (!violations.empty()) return violations.ToStatus();
  consultation.mode = command.mode;
  consultation.topic = command.topic;
  consultation.subject_uscc = parts->subject_uscc;
  consultation.question = command.question;
  consultation.answer = command.answer;
  consultation.contact_name = command.contact_name;
  consultation.contact_phone = command.contact_phone;
  return consultation;
}

absl::StatusOr<ConsultationParts> ValidateLink(const ConsultationLink& link, bool required) {
  Violations violations;
  ConsultationParts parts;
  if (!link.subject_uscc.empty()) {
    absl::StatusOr<UsccCheck> uscc = ValidateUscc("subject_uscc", link.subject_uscc);
    violations.Take(uscc.status());
    if (uscc.ok()) parts.subject_uscc = uscc->code;
  } else if (required && link.application.empty()) {
    violations.Add("subject_uscc", "empty", "a subject or an application");
  }
  if (!link.application.empty()) {
    absl::StatusOr<ApplicationKey> key = ParseApplicationKey("application", link.application);
    violations.Take(key.status());
    if (key.ok()) parts.application = *std::move(key);
  }
  if (!link.case_name.empty()) {
    const absl::StatusOr<Id> case_id = ParseCaseName("case_name", link.case_name);
    violations.Take(case_id.status());
    if (case_id.ok()) parts.case_id = *case_id;
    if (link.application.empty()) {
      violations.Add("application", "empty", "the application of the case");
    }
  }
  if (!violations.empty()) return violations.ToStatus();
  return parts;
}

std::string LegalMonth(absl::Time time) { return FormatDay(LegalDay(time)).substr(0, 7); }

absl::Status CheckMonth(absl::string_view field, absl::string_view month) {
  if (month.empty() || ParseDay(absl::StrCat(month, "-01")).ok()) return absl::OkStatus();
  return FieldViolation(field, "not a month", "yyyy-mm, or nothing");
}

}  // namespace xiufu::intake
