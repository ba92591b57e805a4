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

// The latest: an authority that asks twice tells what it misses by then.
const ToldNotice* FindTold(const DocumentSource& source, const Id& case_id, const char* code) {
  const ToldNotice* found = nullptr;
  for (const ToldNotice& told : source.told) {
    if (told.case_id == case_id && told.code == code) found = &told;
  }
  return found;
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

absl::StatusOr<DocumentBasis> OfCase(const DocumentSource& source, DocumentKind kind,
                                     const CaseView& view) {
  if (kind == DocumentKind::kPackage) {
    if (view.state != CaseState::kWithUpstream) return NotThere(kind, ToString(ShownState(view)));
    return DocumentBasis{kind, view.opened, view, std::nullopt};
  }
  if (const CaseState end = EndOf(kind); end != CaseState::kUnspecified) {
    if (view.state != end) return NotThere(kind, ToString(ShownState(view)));
    return DocumentBasis{kind, view.ended, view, std::nullopt};
  }
  const ToldNotice* told = FindTold(source, view.id, NewsOf(kind));
  if (told == nullptr) return NotThere(kind, ToString(ShownState(view)));
  return DocumentBasis{kind, told->told, view, *told};
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

bool TellsOfAuthority(DocumentKind kind) {
  return !IsOfApplication(kind) && kind != DocumentKind::kWithdrawal &&
         kind != DocumentKind::kClosedNoSupplement && kind != DocumentKind::kPackage;
}

absl::StatusOr<DocumentBasis> FindDocument(const DocumentSource& source, DocumentKind kind,
                                           const Id& case_id) {
  if (IsOfApplication(kind)) return OfApplication(source, kind);
  const CaseView* view = FindCase(source.cases, case_id);
  if (view == nullptr) {
    return WithReason(absl::NotFoundError("no such case of this application"), "CASE_NOT_FOUND");
  }
  return OfCase(source, kind, *view);
}

std::vector<DocumentBasis> AllDocuments(const DocumentSource& source) {
  std::vector<DocumentBasis> all;
  const auto take = [&](absl::StatusOr<DocumentBasis> found) {
    if (found.ok()) all.push_back(*std::move(found));
  };
  for (DocumentKind kind : kDocumentKinds) {
    if (IsOfApplication(kind)) {
      take(OfApplication(source, kind));
      continue;
    }
    for (const CaseView& view : source.cases) take(OfCase(source, kind, view));
  }
  return all;
}

}  // namespace xiufu::intake
