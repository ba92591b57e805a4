#include "services/intake/domain/document.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "services/intake/domain/timeline.h"

namespace xiufu::intake {
namespace {

absl::Status NotThere(DocumentKind kind, absl::string_view state) {
  return WithReason(
      absl::FailedPreconditionError(absl::StrCat("目前没有这份文书 / there is no ", ToString(kind),
                                                 " at present: the state is ", state)),
      "DOCUMENT_NOT_THERE",
      {{"document", std::string(ToString(kind))}, {"state", std::string(state)}});
}

absl::Status StillOpen(const DocumentSource& source) {
  const auto ended = std::count_if(source.cases.begin(), source.cases.end(), HasEnded);
  const std::string open = absl::StrCat(source.application.record_count - ended);
  return WithReason(absl::FailedPreconditionError(absl::StrCat(
                        "还有", open, "件未办结，全部办结后才有办结告知书 / ", open,
                        " case(s) have not ended: the conclusion letter comes when all have")),
                    "CASES_STILL_OPEN", {{"open", open}});
}

const CaseView* FindCase(const std::vector<CaseView>& cases, const Id& id) {
  const auto found =
      std::find_if(cases.begin(), cases.end(), [&](const CaseView& view) { return view.id == id; });
  return found == cases.end() ? nullptr : &*found;
}

// What the authority told on the way; empty for a document of an end.
const char* NewsOf(DocumentKind kind) {
  if (kind == DocumentKind::kAcceptance) return kCaseAccepted;
  if (kind == DocumentKind::kSupplement) return kCaseSupplementRequested;
  return kind == DocumentKind::kExtension ? kCaseExtended : "";
}

CaseState EndOf(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kNonAcceptance:
      return CaseState::kNotAccepted;
    case DocumentKind::kDecision:
      return CaseState::kConcluded;
    case DocumentKind::kWithdrawal:
      return CaseState::kWithdrawn;
    case DocumentKind::kClosedNoSupplement:
      return CaseState::kClosedNoSupplement;
    default:
      return CaseState::kUnspecified;
  }
}

absl::StatusOr<DocumentBasis> OfApplication(const DocumentSource& source, DocumentKind kind) {
  const Application& application = source.application;
  if (IsDraft(application)) return NotThere(kind, "DRAFT");
  if (kind == DocumentKind::kReceipt) {
    return DocumentBasis{kind, application.submitted, std::nullopt, std::nullopt};
  }
  if (!Happened(application.concluded)) return StillOpen(source);
  return DocumentBasis{kind, application.concluded, std::nullopt, std::nullopt};
}

// All of the kind, in the order in which they were told: an authority may ask twice, and another
// one accept once more.
std::vector<DocumentBasis> OfCase(const DocumentSource& source, DocumentKind kind,
                                  const CaseView& view) {
  if (kind == DocumentKind::kPackage) {
    if (view.state != CaseState::kWithUpstream) return {};
    return {{kind, view.opened, view, std::nullopt, 1}};
  }
  if (const CaseState end = EndOf(kind); end != CaseState::kUnspecified) {
    if (view.state != end) return {};
    return {{kind, view.ended, view, std::nullopt, 1}};
  }
  std::vector<DocumentBasis> all;
  for (const ToldNotice& told : source.told) {
    if (told.case_id != view.id || told.code != NewsOf(kind)) continue;
    all.push_back({kind, told.told, view, told, static_cast<int>(all.size()) + 1});
  }
  return all;
}

}  // namespace

absl::string_view ToString(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kReceipt:
      return "RECEIPT";
    case DocumentKind::kAcceptance:
      return "ACCEPTANCE";
    case DocumentKind::kNonAcceptance:
      return "NON_ACCEPTANCE";
    case DocumentKind::kSupplement:
      return "SUPPLEMENT";
    case DocumentKind::kExtension:
      return "EXTENSION";
    case DocumentKind::kDecision:
      return "DECISION";
    case DocumentKind::kWithdrawal:
      return "WITHDRAWAL";
    case DocumentKind::kClosedNoSupplement:
      return "CLOSED_NO_SUPPLEMENT";
    case DocumentKind::kConclusion:
      return "CONCLUSION";
    case DocumentKind::kPackage:
      return "PACKAGE";
    case DocumentKind::kUnspecified:
      break;
  }
  return "UNSPECIFIED";
}

bool IsOfApplication(DocumentKind kind) {
  return kind == DocumentKind::kReceipt || kind == DocumentKind::kConclusion;
}

bool IsReceived(DocumentKind kind) {
  return kind != DocumentKind::kReceipt && kind != DocumentKind::kPackage;
}

bool TellsOfAuthority(DocumentKind kind) {
  return !IsOfApplication(kind) && kind != DocumentKind::kWithdrawal &&
         kind != DocumentKind::kClosedNoSupplement && kind != DocumentKind::kPackage;
}

absl::StatusOr<DocumentBasis> FindDocument(const DocumentSource& source, DocumentKind kind,
                                           const Id& case_id, int ordinal) {
  if (IsOfApplication(kind)) return OfApplication(source, kind);
  const CaseView* view = FindCase(source.cases, case_id);
  if (view == nullptr) {
    return WithReason(absl::NotFoundError("no such case of this application"), "CASE_NOT_FOUND");
  }
  std::vector<DocumentBasis> all = OfCase(source, kind, *view);
  const size_t wanted = ordinal == 0 ? all.size() : static_cast<size_t>(ordinal);
  if (wanted == 0 || wanted > all.size()) return NotThere(kind, ToString(ShownState(*view)));
  return std::move(all[wanted - 1]);
}

std::vector<DocumentBasis> AllDocuments(const DocumentSource& source) {
  std::vector<DocumentBasis> all;
  for (DocumentKind kind : kDocumentKinds) {
    if (IsOfApplication(kind)) {
      absl::StatusOr<DocumentBasis> found = OfApplication(source, kind);
      if (found.ok()) all.push_back(*std::move(found));
      continue;
    }
    for (const CaseView& view : source.cases) {
      for (DocumentBasis& one : OfCase(source, kind, view)) all.push_back(std::move(one));
    }
  }
  return all;
}

}  // namespace xiufu::intake
