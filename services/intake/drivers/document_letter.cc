#include "services/intake/drivers/document_letter.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "libs/base/legal_day.h"
#include "services/intake/drivers/case_letter.h"
#include "services/intake/drivers/conclusion_letter.h"
#include "services/intake/drivers/document_writer.h"
#include "services/intake/drivers/package_letter.h"

namespace xiufu::intake {
namespace {

constexpr absl::string_view kDocumentKeys[] = {"DOCUMENT_FOOTER",
                                               "DOCUMENT_FILE",
                                               "DOCUMENT_FILE_OF_CASE",
                                               "DOCUMENT_AGAIN",
                                               "DOCUMENT_ITEM",
                                               "DOCUMENT_NUMBER",
                                               "DOCUMENT_QUERY_CODE",
                                               "DOCUMENT_QUERY_CODE_HIDDEN",
                                               "DOCUMENT_RECEIVED_ON",
                                               "DOCUMENT_RECORDS",
                                               "DOCUMENT_RECORD",
                                               "DOCUMENT_WHAT",
                                               "DOCUMENT_AUTHORITY",
                                               "DOCUMENT_AUTHORITY_NO",
                                               "DOCUMENT_DECISION_NO",
                                               "DOCUMENT_DECISION_DATE",
                                               "DOCUMENT_RESULT",
                                               "DOCUMENT_EFFECTS",
                                               "DOCUMENT_UNTIL",
                                               "DOCUMENT_DEFECTS",
                                               "DOCUMENT_REASONS",
                                               "DOCUMENT_REMEDIES",
                                               "DOCUMENT_RECEIPT_BODY",
                                               "DOCUMENT_RECEIPT_QR",
                                               "DOCUMENT_RECEIPT_NOTE",
                                               "DOCUMENT_AS_TOLD",
                                               "DOCUMENT_BY_PLATFORM",
                                               "DOCUMENT_DATES_MAY_MOVE",
                                               "DOCUMENT_FREE",
                                               "DOCUMENT_CONCLUSION_BODY",
                                               "DOCUMENT_CONCLUSION_COUNT",
                                               "DOCUMENT_CONCLUSION_CASES",
                                               "DOCUMENT_CONCLUSION_DETAIL",
                                               "DOCUMENT_CONCLUSION_NOTE",
                                               "DOCUMENT_COLUMN_RESULT",
                                               "DOCUMENT_COLUMN_DECISION",
                                               "DOCUMENT_COLUMN_EFFECTS",
                                               "DOCUMENT_LOOP_CLOSED",
                                               "DOCUMENT_LOOP_OPEN"};

letter::Document ReceiptLetter(const FoundDocument& found, const LetterWords& words,
                               const std::string& progress_link) {
  DocumentWriter writer(found, words);
  const Application& application = writer.application();
  writer.Begin();
  writer.Say(words("DOCUMENT_RECEIPT_BODY", {{"date", writer.DayOf(application.submitted)},
                                             {"uscc", application.subject_uscc},
                                             {"count", absl::StrCat(application.record_count)}}));
  const std::string code =
      found.knows_query_code ? application.query_code : words("DOCUMENT_QUERY_CODE_HIDDEN");
  writer.Put(letter::Form{{{{words("DOCUMENT_NUMBER"), application.number}},
                           {{words("DOCUMENT_QUERY_CODE"), code},
                            {words("DOCUMENT_RECEIVED_ON"), writer.DayOf(application.submitted)}}},
                          false});
  writer.Head("DOCUMENT_RECORDS");
  letter::Table table{{{words("NOTICE_COLUMN_NO"), 1.3, letter::Align::kCentre},
                       {words("FORM_COLUMN_DOCUMENT"), 5},
                       {words("NOTICE_COLUMN_AUTHORITY"), 4},
                       {words("FORM_COLUMN_WHAT"), 6}},
                      {}};
  for (const RecordSnapshot& record : found.source.records) {
    table.rows.push_back({absl::StrCat(table.rows.size() + 1), words.Document(record),
                          record.authority.name, words.Act(record)});
  }
  writer.Put(std::move(table));
  if (found.knows_query_code) {
    const std::string link =
        progress_link.empty()
            ? absl::StrCat(application.number, " ", application.query_code)
            : absl::StrReplaceAll(progress_link, {{"{number}", application.number},
                                                  {"{code}", application.query_code}});
    writer.Put(letter::QrCode{link, words("DOCUMENT_RECEIPT_QR")});
  }
  writer.End({words("DOCUMENT_RECEIPT_NOTE"), words("DOCUMENT_FREE")});
  return writer.Take();
}

// Of the doors that have one.
constexpr absl::string_view kDoorLinks[] = {"DOOR_LINK_CREDIT_CHINA", "DOOR_LINK_GSXT",
                                            "DOOR_LINK_EXECUTING_COURT"};

std::string DoorLink(const ResultWords& result, const LetterWords& words) {
  const std::string key = absl::StrCat("DOOR_LINK_", result.door);
  const bool known =
      std::find(std::begin(kDoorLinks), std::end(kDoorLinks), key) != std::end(kDoorLinks);
  return known ? words(key) : "";
}

std::string TitleKey(DocumentKind kind) {
  return absl::StrCat("DOCUMENT_", ToString(kind), "_TITLE");
}

}  // namespace

letter::Document DocumentLetter(const FoundDocument& found, const ResultWordsByCase& results,
                                const LetterWords& words, const std::string& progress_link) {
  if (found.basis.kind == DocumentKind::kReceipt) {
    return ReceiptLetter(found, words, progress_link);
  }
  if (found.basis.kind == DocumentKind::kConclusion) {
    return ConclusionLetter(found, results, words);
  }
  if (found.basis.kind == DocumentKind::kPackage) {
    const auto result = results.find(found.basis.view->id);
    const ResultWords told = result == results.end() ? ResultWords() : result->second;
    return PackageLetter(found, DoorLink(told, words), told.papers, words);
  }
  return CaseLetter(found, results, words);
}

std::string DocumentFileName(const FoundDocument& found, const LetterWords& words) {
  std::vector<catalogue::MessageArg> args = {{"title", DocumentTitle(found.basis, words).zh},
                                             {"number", found.source.application.number},
                                             {"date", FormatDay(LegalDay(found.basis.dated))}};
  if (!found.basis.view) return words("DOCUMENT_FILE", args);
  // As the applicant named the records: an application may have many papers of one kind and day.
  size_t place = 1;
  for (const RecordSnapshot& record : found.source.records) {
    if (record.record == found.basis.view->record) break;
    ++place;
  }
  args.emplace_back("case", absl::StrCat(place));
  return words("DOCUMENT_FILE_OF_CASE", args);
}

catalogue::BilingualText DocumentTitle(const DocumentBasis& basis, const LetterWords& words) {
  catalogue::BilingualText title = words.Both(TitleKey(basis.kind));
  if (basis.ordinal < 2) return title;
  const std::string number = absl::StrCat(basis.ordinal);
  return {words("DOCUMENT_AGAIN", {{"title", title.zh}, {"number", number}}),
          absl::StrCat(title.en, " (", number, ")")};
}

absl::Status CheckDocumentMessages(const catalogue::Messages& messages) {
  std::vector<std::string> named = CaseLetterKeys();
  for (const std::string& key : ConclusionLetterKeys()) named.push_back(key);
  for (const std::string& key : PackageLetterKeys()) named.push_back(key);
  for (absl::string_view key : kDoorLinks) named.emplace_back(key);
  for (DocumentKind kind : kDocumentKinds) named.push_back(TitleKey(kind));
  std::vector<absl::string_view> keys(std::begin(kDocumentKeys), std::end(kDocumentKeys));
  keys.insert(keys.end(), named.begin(), named.end());
  return messages.Require(keys);
}

}  // namespace xiufu::intake
