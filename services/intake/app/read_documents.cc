#include "services/intake/app/read_documents.h"

#include <utility>

#include "libs/base/legal_day.h"
#include "services/intake/app/application_view.h"
#include "services/intake/app/find_application.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {
namespace {

absl::StatusOr<Id> CaseOf(const DocumentInquiry& inquiry, DocumentKind kind) {
  Violations violations;
  absl::StatusOr<Id> case_id = Id();
  if (!IsOfApplication(kind)) {
    case_id = ParseCaseName("case_name", inquiry.case_name);
    violations.Take(case_id.status());
  } else if (!inquiry.case_name.empty()) {
    violations.Add("case_name", "given", "nothing: this document is of the whole application");
  }
  if (inquiry.ordinal < 0)
    violations.Add("ordinal", "negative", "1 for the first, 0 for the latest");
  CheckActing(inquiry.acting, violations);
  if (!violations.empty()) return violations.ToStatus();
  return case_id;
}

}  // namespace

absl::StatusOr<FoundDocument> ReadDocuments::Find(const Call& call, const DocumentInquiry& inquiry,
                                                  DocumentKind kind) const {
  const absl::StatusOr<Id> case_id = CaseOf(inquiry, kind);
  if (!case_id.ok()) return case_id.status();
  std::optional<PowerOfAttorney> power;
  absl::StatusOr<DocumentSource> source = Load(call, inquiry, &power);
  if (!source.ok()) return source.status();
  absl::StatusOr<DocumentBasis> basis = FindDocument(*source, kind, *case_id, inquiry.ordinal);
  if (!basis.ok()) return basis.status();
  FoundDocument found{*std::move(source), *std::move(basis), !inquiry.query_code.empty()};
  absl::Status may = CheckReceiver(found, inquiry.acting, power);
  if (!may.ok()) return may;
  return found;
}

absl::Status ReadDocuments::CheckReceiver(const FoundDocument& found, Capacity acting,
                                          const std::optional<PowerOfAttorney>& power) const {
  const DocumentSource& source = found.source;
  if (!IsReceived(found.basis.kind) || !ActsByPower(source.application, acting)) {
    return absl::OkStatus();
  }
  std::vector<ActedOn> about;
  for (const RecordSnapshot& record : source.records) {
    const bool meant = !found.basis.view || found.basis.view->record == record.record;
    if (meant) about.push_back({record.record, record.words.matter});
  }
  return CheckPower(power, Act::kReceive, about, LegalDay(clock_->Now()));
}

absl::StatusOr<std::vector<DocumentBasis>> ReadDocuments::List(
    const Call& call, const DocumentInquiry& inquiry) const {
  const absl::StatusOr<DocumentSource> source = Load(call, inquiry);
  if (!source.ok()) return source.status();
  return AllDocuments(*source);
}

absl::StatusOr<DocumentSource> ReadDocuments::Load(const Call& call, const DocumentInquiry& inquiry,
                                                   std::optional<PowerOfAttorney>* power) const {
  DocumentSource source;
  absl::Status status = database_->Read([&](storage::Session& session) {
    absl::StatusOr<Application> application =
        FindShown(session, tables_, call, inquiry.name, inquiry.query_code);
    if (!application.ok()) return application.status();
    source.application = *std::move(application);
    const Id& id = source.application.id;
    for (ApplicationRecord& record : tables_.records->Of(session, id)) {
      source.records.push_back(std::move(record.snapshot));
    }
    ApplicationView view = LoadView(session, tables_, source.application);
    source.cases = std::move(view.cases);
    source.materials = std::move(view.materials);
    source.told = tables_.told->Of(session, id);
    if (power != nullptr) *power = tables_.powers->LatestOf(session, id);
    return session.status();
  });
  if (!status.ok()) return status;
  return source;
}

}  // namespace xiufu::intake
