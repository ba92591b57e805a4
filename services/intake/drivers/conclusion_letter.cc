#include "services/intake/drivers/conclusion_letter.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "services/intake/drivers/case_letter.h"
#include "services/intake/drivers/document_writer.h"

namespace xiufu::intake {
namespace {

// In the order in which they are counted.
constexpr const char* kOutcomes[] = {"APPROVED", "DONE_ALREADY", "RECORD_WITHDRAWN",
                                     "REFUSED",  "NOT_ACCEPTED", "CLOSED_NO_SUPPLEMENT",
                                     "WITHDRAWN"};

std::string OutcomeKey(absl::string_view outcome) {
  return absl::StrCat("DOCUMENT_OUTCOME_", outcome);
}

class ConclusionWriter {
 public:
  ConclusionWriter(const FoundDocument& found, const ResultWordsByCase& results,
                   const LetterWords& words)
      : writer_(found, words), words_(words), results_(results), cases_(InOrder(found.source)) {}

  letter::Document Write() {
    writer_.Begin();
    Opening();
    Cases();
    for (size_t i = 0; i < cases_.size(); ++i) Detail(i);
    writer_.End({words_("DOCUMENT_CONCLUSION_NOTE"), words_("DOCUMENT_FREE")});
    return writer_.Take();
  }

 private:
  // As the applicant named the records.
  static std::vector<CaseView> InOrder(const DocumentSource& source) {
    std::vector<CaseView> cases;
    for (const RecordSnapshot& record : source.records) {
      for (const CaseView& view : source.cases) {
        if (view.record == record.record) cases.push_back(view);
      }
    }
    return cases;
  }

  void Opening() {
    std::vector<std::string> counts;
    for (const char* outcome : kOutcomes) {
      const auto count = std::count_if(cases_.begin(), cases_.end(), [&](const CaseView& view) {
        return OutcomeOf(view) == outcome;
      });
      if (count == 0) continue;
      counts.push_back(
          words_("DOCUMENT_CONCLUSION_COUNT",
                 {{"outcome", words_(OutcomeKey(outcome))}, {"count", absl::StrCat(count)}}));
    }
    std::set<std::string> authorities;
    for (const CaseView& view : cases_) authorities.insert(view.authority.name);
    const Application& application = writer_.application();
    writer_.Say(
        words_("DOCUMENT_CONCLUSION_BODY", {{"received", writer_.DayOf(application.submitted)},
                                            {"uscc", application.subject_uscc},
                                            {"number", application.number},
                                            {"count", absl::StrCat(cases_.size())},
                                            {"authorities", absl::StrCat(authorities.size())},
                                            {"date", writer_.DayOf(application.concluded)},
                                            {"counts", words_.List(counts)}}));
  }

  void Cases() {
    writer_.Head("DOCUMENT_CONCLUSION_CASES");
    letter::Table table{{{words_("NOTICE_COLUMN_NO"), 1.3, letter::Align::kCentre},
                         {words_("DOCUMENT_RECORD"), 4.8},
                         {words_("NOTICE_COLUMN_AUTHORITY"), 3.2},
                         {words_("DOCUMENT_COLUMN_RESULT"), 2.5, letter::Align::kCentre},
                         {words_("DOCUMENT_COLUMN_DECISION"), 4.6},
                         {words_("DOCUMENT_COLUMN_EFFECTS"), 2.9}},
                        {}};
    for (const CaseView& view : cases_) {
      table.rows.push_back({absl::StrCat(table.rows.size() + 1), writer_.DocumentNoOf(view),
                            view.authority.name, words_(OutcomeKey(OutcomeOf(view))),
                            DecisionOf(view), EffectsOf(view)});
    }
    writer_.Put(std::move(table));
  }

  // Its number, and below it the day.
  std::string DecisionOf(const CaseView& view) const {
    std::string text = view.decision.no;
    const std::string day =
        view.decision.date.empty() ? FormatDay(LegalDay(view.ended)) : view.decision.date;
    absl::StrAppend(&text, text.empty() ? "" : "\n", day);
    return text;
  }

  std::string EffectsOf(const CaseView& view) const {
    if (!IsConcluded(view) || view.decision.result != CaseResult::kApproved) {
      return words_("LETTER_UNKNOWN");
    }
    std::string text;
    const auto result = results_.find(view.id);
    if (result != results_.end()) text = result->second.word;
    const std::string loop =
        Happened(view.loop_closed)
            ? words_("DOCUMENT_LOOP_CLOSED", {{"date", FormatDay(LegalDay(view.loop_closed))}})
            : words_("DOCUMENT_LOOP_OPEN");
    absl::StrAppend(&text, text.empty() ? "" : "\n", loop);
    return text;
  }

  // Why a case was not approved, and what one can do about it.
  void Detail(size_t index) {
    const CaseView& view = cases_[index];
    const Grounds grounds = IsDecided(view.state)
                                ? Grounds{view.decision.reasons, view.decision.remedies}
                                : view.grounds;
    if (grounds.reasons.empty() && grounds.remedies.empty()) return;
    writer_.Put(letter::Heading{
        words_("DOCUMENT_CONCLUSION_DETAIL", {{"number", absl::StrCat(index + 1)},
                                              {"record", writer_.DocumentNoOf(view)},
                                              {"outcome", words_(OutcomeKey(OutcomeOf(view)))}}),
        2});
    for (const std::string& reason : grounds.reasons) {
      writer_.Say(words_("DOCUMENT_REASON", {{"text", reason}}));
    }
    if (!grounds.remedies.empty()) {
      writer_.Say(words_("DOCUMENT_REMEDY", {{"text", grounds.remedies}}));
    }
  }

  DocumentWriter writer_;
  const LetterWords& words_;
  const ResultWordsByCase& results_;
  const std::vector<CaseView> cases_;
};

}  // namespace

letter::Document ConclusionLetter(const FoundDocument& found, const ResultWordsByCase& results,
                                  const LetterWords& words) {
  return ConclusionWriter(found, results, words).Write();
}

std::vector<std::string> ConclusionLetterKeys() {
  std::vector<std::string> keys = {"DOCUMENT_REASON", "DOCUMENT_REMEDY"};
  for (const char* outcome : kOutcomes) keys.push_back(OutcomeKey(outcome));
  return keys;
}

}  // namespace xiufu::intake
