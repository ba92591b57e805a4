#include "services/intake/app/consultations.h"

#include <algorithm>
#include <utility>

#include "libs/base/status.h"
#include "services/intake/app/application_view.h"
#include "services/intake/app/find_application.h"
#include "services/intake/domain/resource_name.h"

namespace xiufu::intake {
namespace {

// Answers of writes are kept for ever; whom to call back and what was said are not.
Consultation WithoutWords(Consultation consultation) {
  consultation.question.clear();
  consultation.answer.clear();
  consultation.contact_name.clear();
  consultation.contact_phone.clear();
  return consultation;
}

}  // namespace

absl::Status NoSuchConsultation() {
  return WithReason(absl::NotFoundError("no such consultation"), "CONSULTATION_NOT_FOUND");
}

void Consultations::Record(const WindowCaller& caller, const ConsultationCommand& command,
                           ClientWrite<Consultation> write) {
  absl::StatusOr<Consultation> consultation =
      ValidateConsultation(command, caller, *law_.Now().catalogue);
  if (!consultation.ok()) return write.done(consultation.status());
  const ConsultationParts parts = *ValidateLink(command.link, /*required=*/false);
  const absl::Time now = NowOf(context_);
  RunOnce(std::move(write),
          [this, caller, consultation = *std::move(consultation), parts,
           now](storage::Tx& tx) mutable -> absl::StatusOr<Consultation> {
            consultation.id = context_.ids->NewV7(now);
            consultation.at = now;
            absl::Status resolved = Resolve(tx, caller, parts, consultation);
            if (!resolved.ok()) return resolved;
            tables_.consultations->Insert(tx, consultation);
            return WithoutWords(consultation);
          });
}

void Consultations::Link(const WindowCaller& caller, const std::string& name,
                         const ConsultationLink& link, ClientWrite<Consultation> write) {
  Violations violations;
  const absl::StatusOr<Id> id = ParseConsultationName("name", name);
  violations.Take(id.status());
  const absl::StatusOr<ConsultationParts> parts = ValidateLink(link, /*required=*/true);
  violations.Take(parts.status());
  if (!violations.empty()) return write.done(violations.ToStatus());
  RunOnce(
      std::move(write),
      [this, caller, id = *id, parts = *parts](storage::Tx& tx) -> absl::StatusOr<Consultation> {
        std::optional<Consultation> found = tables_.consultations->Find(tx, id);
        if (!found || found->region != caller.region) return NoSuchConsultation();
        if (!parts.subject_uscc.empty()) found->subject_uscc = parts.subject_uscc;
        absl::Status resolved = Resolve(tx, caller, parts, *found);
        if (!resolved.ok()) return resolved;
        tables_.consultations->SaveLink(tx, *found);
        return WithoutWords(*std::move(found));
      });
}

absl::Status Consultations::Resolve(storage::Session& session, const WindowCaller& caller,
                                    const ConsultationParts& parts,
                                    Consultation& consultation) const {
  if (parts.application.id.IsNone() && parts.application.number.empty()) return absl::OkStatus();
  absl::StatusOr<Application> application = FindByKey(session, tables_, parts.application);
  if (!application.ok()) return application.status();
  const std::optional<Filing> filing = tables_.filings->Find(session, application->id);
  if (filing && !Sees(caller, filing->region)) return NoSuchApplication();
  if (!consultation.subject_uscc.empty() &&
      consultation.subject_uscc != application->subject_uscc) {
    return FieldViolation("subject_uscc", "not the subject of the application", "its subject");
  }
  consultation.application = application->id;
  consultation.case_id = parts.case_id;
  if (parts.case_id.IsNone()) return absl::OkStatus();
  const std::vector<CaseView> cases = tables_.cases->Of(session, application->id);
  const bool own = std::any_of(cases.begin(), cases.end(),
                               [&](const CaseView& one) { return one.id == parts.case_id; });
  if (own) return absl::OkStatus();
  return WithReason(absl::NotFoundError("no such case of this application"), "CASE_NOT_FOUND");
}

absl::StatusOr<ConsultationPage> Consultations::List(const WindowCaller& caller,
                                                     ConsultationFilter filter) const {
  ConsultationPage page;
  if (!filter.region.empty() && !Sees(caller, filter.region)) return page;
  if (filter.region.empty() && !caller.city) filter.region = caller.region;
  const int limit = filter.limit++;
  absl::Status status = database_->Read([&](storage::Session& session) {
    page.consultations = tables_.consultations->List(session, filter);
    return session.status();
  });
  if (!status.ok()) return status;
  page.more = static_cast<int>(page.consultations.size()) > limit;
  if (page.more) page.consultations.pop_back();
  return page;
}

absl::StatusOr<WindowCounts> Consultations::Count(absl::string_view region,
                                                  absl::string_view from_month,
                                                  absl::string_view to_month) const {
  WindowCounts counts;
  absl::Status status = database_->Read([&](storage::Session& session) {
    counts.consultations = tables_.consultations->Count(session, region, from_month, to_month);
    counts.prechecks = tables_.prechecks->Count(session, region, from_month, to_month);
    return session.status();
  });
  if (!status.ok()) return status;
  return counts;
}

}  // namespace xiufu::intake
