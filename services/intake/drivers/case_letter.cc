#include "services/intake/drivers/case_letter.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/intake/drivers/document_writer.h"

namespace xiufu::intake {
namespace {

constexpr const char* kDecided[] = {"APPROVED", "REFUSED", "DONE_ALREADY", "RECORD_WITHDRAWN"};

class CaseLetterWriter {
 public:
  CaseLetterWriter(const FoundDocument& found, const ResultWordsByCase& results,
                   const LetterWords& words)
      : writer_(found, words),
        words_(words),
        basis_(found.basis),
        view_(*found.basis.view),
        results_(results) {}

  letter::Document Write() {
    writer_.Begin();
    writer_.Say(words_(BodyKey(), Args()));
    Particulars();
    if (basis_.kind == DocumentKind::kSupplement) {
      writer_.List("DOCUMENT_DEFECTS", basis_.told->defects);
    }
    Reasons();
    writer_.End(Notes());
    return writer_.Take();
  }

 private:
  std::string BodyKey() const {
    std::string body = absl::StrCat("DOCUMENT_", ToString(basis_.kind), "_BODY");
    if (basis_.kind != DocumentKind::kDecision) return body;
    return absl::StrCat(body, "_", OutcomeOf(view_));
  }

  std::vector<catalogue::MessageArg> Args() const {
    return {{"authority", Authority()},
            {"date", writer_.DayOf(basis_.dated)},
            {"received", writer_.DayOf(writer_.application().submitted)},
            {"record", writer_.DocumentNoOf(view_)},
            {"number", writer_.application().number},
            {"due", Due()}};
  }

  // As it was when the authority told; a case may have gone to another one since.
  const std::string& Authority() const {
    return basis_.told ? basis_.told->authority : view_.authority.name;
  }

  std::string Due() const {
    if (basis_.kind == DocumentKind::kClosedNoSupplement) {
      return writer_.DueOf(view_.deadlines, kSupplementDeadline);
    }
    if (!basis_.told) return words_("LETTER_UNKNOWN");
    const char* kind = basis_.kind == DocumentKind::kSupplement  ? kSupplementDeadline
                       : basis_.kind == DocumentKind::kExtension ? "EXTEND"
                                                                 : "DECIDE";
    return writer_.DueOf(basis_.told->deadlines, kind);
  }

  void Particulars() {
    const RecordSnapshot* record = writer_.RecordOf(view_);
    letter::Form form;
    form.rows = {{{words_("DOCUMENT_NUMBER"), writer_.application().number}},
                 {{words_("FORM_NAME"), writer_.subject_name()},
                  {words_("FORM_USCC"), writer_.application().subject_uscc}},
                 {{words_("DOCUMENT_AUTHORITY"), Authority()},
                  {words_("DOCUMENT_AUTHORITY_NO"), writer_.OrUnknown(AuthorityNo())}},
                 {{words_("DOCUMENT_RECORD"), writer_.DocumentNoOf(view_)}}};
    if (record != nullptr) form.rows.push_back({{words_("DOCUMENT_WHAT"), words_.What(*record)}});
    if (basis_.told) form.rows.push_back({{words_("DOCUMENT_UNTIL"), Due()}});
    if (basis_.kind == DocumentKind::kDecision) AddDecision(form);
    writer_.Put(std::move(form));
  }

  const std::string& AuthorityNo() const {
    return basis_.told ? basis_.told->authority_no : view_.authority_no;
  }

  void AddDecision(letter::Form& form) const {
    form.rows.push_back(
        {{words_("DOCUMENT_DECISION_NO"), writer_.OrUnknown(view_.decision.no)},
         {words_("DOCUMENT_DECISION_DATE"), writer_.OrUnknown(view_.decision.date)}});
    if (view_.decision.result != CaseResult::kApproved) return;
    const auto result = results_.find(view_.id);
    if (result == results_.end() || result->second.word.empty()) return;
    form.rows.push_back({{words_("DOCUMENT_RESULT"), result->second.word}});
    if (result->second.effects.empty()) return;
    form.rows.push_back({{words_("DOCUMENT_EFFECTS"), words_.List(result->second.effects)}});
  }

  // Of what the document is about, not of what came later.
  void Reasons() {
    if (basis_.kind == DocumentKind::kSupplement) return;
    const Grounds grounds = basis_.told ? basis_.told->grounds
                            : IsDecided(view_.state)
                                ? Grounds{view_.decision.reasons, view_.decision.remedies}
                                : view_.grounds;
    writer_.List("DOCUMENT_REASONS", grounds.reasons);
    if (!grounds.remedies.empty()) writer_.List("DOCUMENT_REMEDIES", {grounds.remedies});
  }

  std::vector<std::string> Notes() const {
    std::vector<std::string> notes;
    if (basis_.told) notes.push_back(words_("DOCUMENT_DATES_MAY_MOVE"));
    notes.push_back(TellsOfAuthority(basis_.kind)
                        ? words_("DOCUMENT_AS_TOLD", {{"authority", Authority()}})
                        : words_("DOCUMENT_BY_PLATFORM"));
    notes.push_back(words_("DOCUMENT_FREE"));
    return notes;
  }

  DocumentWriter writer_;
  const LetterWords& words_;
  const DocumentBasis& basis_;
  const CaseView& view_;
  const ResultWordsByCase& results_;
};

}  // namespace

letter::Document CaseLetter(const FoundDocument& found, const ResultWordsByCase& results,
                            const LetterWords& words) {
  return CaseLetterWriter(found, results, words).Write();
}

std::string OutcomeOf(const CaseView& view) {
  if (!IsConcluded(view)) return std::string(ToString(view.state));
  if (view.decision.result == CaseResult::kRefused) return "REFUSED";
  if (view.decision.result == CaseResult::kRecordWithdrawn) return "RECORD_WITHDRAWN";
  // Only what an authority did by itself has no number.
  return view.decision.no.empty() ? "DONE_ALREADY" : "APPROVED";
}

std::vector<std::string> CaseLetterKeys() {
  std::vector<std::string> keys;
  for (DocumentKind kind : kDocumentKinds) {
    if (IsOfApplication(kind)) continue;
    std::string body = absl::StrCat("DOCUMENT_", ToString(kind), "_BODY");
    if (kind != DocumentKind::kDecision) {
      keys.push_back(body);
      continue;
    }
    for (const char* outcome : kDecided) keys.push_back(absl::StrCat(body, "_", outcome));
  }
  return keys;
}

}  // namespace xiufu::intake
