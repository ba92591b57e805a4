#include "services/intake/app/read_documents.h"

#include <utility>

#include "services/intake/app/application_view.h"
#include "services/intake/app/find_application.h"
#include "services/intake/domain/resource_name.h"
#include "services/intake/domain/violations.h"

namespace xiufu::intake {
namespace {

absl::StatusOr<Id> CaseOf(const DocumentInquiry& inquiry, DocumentKind kind) {
  Violations violations;
  if (IsOfApplication(kind)) {
    if (!inquiry.case_name.empty()) {
      violations.Add("case_name", "given", "nothing: this document is of the whole application");
    }
    if (!violations.empty()) return violations.ToStatus();
    return Id();
  }
  return ParseCaseName("case_name", inquiry.case_name);
}

}  // namespace

absl::StatusOr<FoundDocument> ReadDocuments::Find(const Call& call, const DocumentInquiry& inquiry,
                                                  DocumentKind kind) const {
  const absl::StatusOr<Id> case_id = CaseOf(inquiry, kind);
  if (!case_id.ok()) return case_id.status();
  absl::StatusOr<DocumentSource> source = Load(call, inquiry);
  if (!source.ok()) return source.status();
  absl::StatusOr<DocumentBasis> basis = FindDocument(*source, kind, *case_id);
  if (!basis.ok()) return basis.status();
  return FoundDocument{*std::move(source), *std::move(basis), !inquiry.query_code.empty()};
}

absl::StatusOr<std::vector<DocumentBasis>> ReadDocuments::List(
    const Call& call, const DocumentInquiry& inquiry) const {
  const absl::StatusOr<DocumentSource> source = Load(call, inquiry);
  if (!source.ok()) return source.status();
  return AllDocuments(*source);
}

absl::StatusOr<DocumentSource> ReadDocuments::Load(const Call& call,
                                                   const DocumentInquiry& inquiry) const {
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
    return session.status();
  });
  if (!status.ok()) return status;
  return source;
}

}  // namespace xiufu::intake
