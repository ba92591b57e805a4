#include "services/intake/drivers/package_letter.h"

#include "absl/strings/str_cat.h"
#include "services/intake/drivers/document_writer.h"

namespace xiufu::intake {
namespace {

constexpr const char* kPackageKeys[] = {
    "DOCUMENT_PACKAGE_DOOR",
    "DOCUMENT_PACKAGE_LINK",
    "DOCUMENT_PACKAGE_QR",
    "DOCUMENT_PACKAGE_HOW",
    "DOCUMENT_PACKAGE_STEP_1",
    "DOCUMENT_PACKAGE_STEP_2",
    "DOCUMENT_PACKAGE_STEP_3",
    "DOCUMENT_PACKAGE_STEP_4",
    "DOCUMENT_PACKAGE_FORM",
    "DOCUMENT_PACKAGE_APPLICANT",
    "DOCUMENT_PACKAGE_PHONE",
    "DOCUMENT_PACKAGE_DETERMINED",
    "DOCUMENT_PACKAGE_PAPERS",
    "DOCUMENT_PACKAGE_NOTE",
    "DOCUMENT_PACKAGE_COLUMN_KIND",
    "DOCUMENT_PACKAGE_COLUMN_FILE",
    "DOCUMENT_PACKAGE_COLUMN_SHA256",
};
constexpr const char* kSteps[] = {"DOCUMENT_PACKAGE_STEP_1", "DOCUMENT_PACKAGE_STEP_2",
                                  "DOCUMENT_PACKAGE_STEP_3", "DOCUMENT_PACKAGE_STEP_4"};

// The door in words, as routing has told it.
std::string DoorInWords(const CaseView& view) {
  return view.grounds.reasons.empty() ? "" : view.grounds.reasons.front();
}

letter::Form FilledForm(const DocumentWriter& writer, const CaseView& view) {
  const LetterWords& words = writer.words();
  const Application& application = writer.application();
  const RecordSnapshot* record = writer.RecordOf(view);
  letter::Form form;
  form.rows = {
      {{words("FORM_NAME"), writer.subject_name()}, {words("FORM_USCC"), application.subject_uscc}},
      {{words("DOCUMENT_PACKAGE_APPLICANT"), application.applicant.name},
       {words("DOCUMENT_PACKAGE_PHONE"), application.applicant.phone}},
      {{words("DOCUMENT_AUTHORITY"), view.authority.name},
       {words("DOCUMENT_RECORD"), writer.DocumentNoOf(view)}}};
  if (record == nullptr) return form;
  form.rows.push_back({{words("DOCUMENT_WHAT"), words.What(*record)}});
  form.rows.push_back(
      {{words("DOCUMENT_PACKAGE_DETERMINED"), words.Day(record->words.determined_on)},
       {words("DOCUMENT_NUMBER"), application.number}});
  return form;
}

letter::Table PackagePapers(const FoundDocument& found,
                            const std::map<std::string, std::string>& names,
                            const LetterWords& words) {
  letter::Table table{{{words("NOTICE_COLUMN_NO"), 1.3, letter::Align::kCentre},
                       {words("DOCUMENT_PACKAGE_COLUMN_KIND"), 4},
                       {words("DOCUMENT_PACKAGE_COLUMN_FILE"), 4},
                       {words("DOCUMENT_PACKAGE_COLUMN_SHA256"), 7}},
                      {}};
  for (const Material& material : found.source.materials) {
    const auto name = names.find(material.kind);
    table.rows.push_back({absl::StrCat(table.rows.size() + 1),
                          name == names.end() ? material.kind : name->second, material.file_name,
                          HexEncode(material.sha256)});
  }
  return table;
}

}  // namespace

letter::Document PackageLetter(const FoundDocument& found, const std::string& door_link,
                               const std::map<std::string, std::string>& paper_names,
                               const LetterWords& words) {
  DocumentWriter writer(found, words);
  const CaseView& view = *found.basis.view;
  writer.Begin();
  writer.Say(words("DOCUMENT_PACKAGE_BODY", {{"authority", view.authority.name},
                                             {"record", writer.DocumentNoOf(view)},
                                             {"door", writer.OrUnknown(DoorInWords(view))}}));
  writer.Put(letter::Form{{{{words("DOCUMENT_PACKAGE_DOOR"), writer.OrUnknown(DoorInWords(view))}},
                           {{words("DOCUMENT_PACKAGE_LINK"), writer.OrUnknown(door_link)}}},
                          false});
  if (!door_link.empty()) writer.Put(letter::QrCode{door_link, words("DOCUMENT_PACKAGE_QR")});
  std::vector<std::string> steps;
  for (const char* key : kSteps) steps.push_back(words(key));
  writer.List("DOCUMENT_PACKAGE_HOW", steps);
  writer.Head("DOCUMENT_PACKAGE_FORM");
  writer.Put(FilledForm(writer, view));
  writer.Head("DOCUMENT_PACKAGE_PAPERS");
  writer.Put(PackagePapers(found, paper_names, words));
  writer.End({words("DOCUMENT_PACKAGE_NOTE"), words("DOCUMENT_FREE")});
  return writer.Take();
}

std::vector<std::string> PackageLetterKeys() {
  return {std::begin(kPackageKeys), std::end(kPackageKeys)};
}

}  // namespace xiufu::intake
