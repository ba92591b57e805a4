#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/intake/domain/application.h"
#include "services/intake/domain/case_view.h"
#include "services/intake/domain/material.h"
#include "services/intake/domain/told_notice.h"

namespace xiufu::intake {

// What an applicant can have on paper. The numbers are those of the contract.
enum class DocumentKind {
  kUnspecified = 0,
  kReceipt = 1,             // 收件凭证, of an application
  kAcceptance = 2,          // 受理通知书
  kNonAcceptance = 3,       // 不予受理决定
  kSupplement = 4,          // 补正告知书
  kExtension = 5,           // 延长办理告知书
  kDecision = 6,            // 修复决定告知书
  kWithdrawal = 7,          // 撤回确认书
  kClosedNoSupplement = 8,  // 逾期未补正办结告知书
  kConclusion = 9,          // 办结告知书, of an application: all its cases joined
  kPackage = 10,            // 申报材料包, of a case that is decided in another system
};
inline constexpr DocumentKind kDocumentKinds[] = {
    DocumentKind::kReceipt,    DocumentKind::kAcceptance,         DocumentKind::kNonAcceptance,
    DocumentKind::kSupplement, DocumentKind::kExtension,          DocumentKind::kDecision,
    DocumentKind::kWithdrawal, DocumentKind::kClosedNoSupplement, DocumentKind::kConclusion,
    DocumentKind::kPackage};

// "RECEIPT"; also the middle of the keys of its words.
absl::string_view ToString(DocumentKind kind);
// Of the application as a whole; the others are of one case.
bool IsOfApplication(DocumentKind kind);
// Whether an agent is handed it only by a power to receive: all but what he has of his own act.
bool IsReceived(DocumentKind kind);
// It says what an authority told and is not the authority's own paper.
bool TellsOfAuthority(DocumentKind kind);

// Whom an application's papers are about, as far as it has come.
struct DocumentSource {
  Application application;
  std::vector<RecordSnapshot> records;  // in the order of the application
  std::vector<CaseView> cases;          // opened ones
  std::vector<Material> materials;      // in order of upload
  std::vector<ToldNotice> told;         // of all cases, oldest first
};

// What one document says: about a case for those that are of one, as it was told.
struct DocumentBasis {
  DocumentKind kind = DocumentKind::kUnspecified;
  absl::Time dated;
  std::optional<CaseView> view;
  std::optional<ToldNotice> told;
  int ordinal = 0;  // of a document of a case, among those of its kind: from 1
};

// `case_id`: none for a document of the application; `ordinal`: which notice of the kind, 0 for the
// latest. NOT_FOUND (CASE_NOT_FOUND); FAILED_PRECONDITION when it has no such document:
// DOCUMENT_NOT_THERE with "state", for the conclusion CASES_STILL_OPEN with "open".
absl::StatusOr<DocumentBasis> FindDocument(const DocumentSource& source, DocumentKind kind,
                                           const Id& case_id, int ordinal = 0);

// Everything that FindDocument would give, in the order of kinds and cases.
std::vector<DocumentBasis> AllDocuments(const DocumentSource& source);

}  // namespace xiufu::intake
