#include "libs/catalogue/parse_help.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/catalogue/parse_common.h"
#include "libs/data/table.h"

namespace xiufu::catalogue {
namespace {

constexpr absl::string_view kHotlineCharacters = "0123456789-,、 ";

void CheckHotline(data::Table& row, absl::string_view key, const std::string& number) {
  if (number.find_first_not_of(kHotlineCharacters.data()) != std::string::npos) {
    row.ComplainAbout(key, "not a telephone number");
  }
}

// A place without a window would be found by nobody.
void CheckEveryRegion(data::Table& table, const CatalogueData& data) {
  for (const Region& region : data.regions.all()) {
    const bool needs_one =
        region.current && IsRegionCode(region.code) && data.regions.CityOf(region.code) != nullptr;
    if (!needs_one) continue;
    const bool found =
        std::any_of(data.windows.begin(), data.windows.end(),
                    [&](const HelpWindow& window) { return window.region == region.code; });
    if (!found) table.ComplainAbout("window", absl::StrCat("none for region ", region.code));
  }
}

// Also read from versions that were kept before there were such rows.
void ParseTopics(data::Table& table, CatalogueData& data) {
  for (data::Table& row : data.archived ? table.OptionalTables("topic") : table.Tables("topic")) {
    ConsultationTopic topic{row.Text("id"), row.Text("name"), row.Text("name_en")};
    CheckNew(row, "id", topic.id, data.topics, &ConsultationTopic::id);
    row.Finish();
    data.topics.push_back(std::move(topic));
  }
}

// A number by which windows work, a row each; versions of before had some of them as keys.
struct WindowNumber {
  absl::string_view id;
  absl::string_view old_key;
  int WindowTerms::*term;
};
constexpr WindowNumber kWindowNumbers[] = {
    {"CONTACT_DAYS", "contact_days", &WindowTerms::contact_days},
    {"REGISTER_DAYS", "", &WindowTerms::register_days},
    {"AGENT_DAYS", "agent_days", &WindowTerms::agent_days},
    {"AGENT_SUBJECTS", "agent_subjects", &WindowTerms::agent_subjects},
    {"AGENT_APPLICATIONS", "agent_applications", &WindowTerms::agent_applications}};

void ParseWindowNumbers(data::Table& table, CatalogueData& data) {
  constexpr int64_t kMost = 3660;
  WindowTerms& terms = data.window_terms;
  std::vector<absl::string_view> ids;
  for (const WindowNumber& one : kWindowNumbers) {
    ids.push_back(one.id);
    if (!data.archived || one.old_key.empty()) continue;
    terms.*one.term = static_cast<int>(table.OptionalInteger(one.old_key, 1, kMost).value_or(0));
  }
  for (data::Table& row : data.archived ? table.OptionalTables("term") : table.Tables("term")) {
    const std::string id = row.OneOf("id", ids);
    const int number = static_cast<int>(row.Integer("number", 1, kMost));
    row.Text("source");
    ReadConfidence(row);
    for (const WindowNumber& one : kWindowNumbers) {
      if (one.id != id) continue;
      if (terms.*one.term != 0) row.ComplainAbout("id", absl::StrCat("'", id, "' twice"));
      terms.*one.term = number;
    }
    row.Finish();
  }
  for (const WindowNumber& one : kWindowNumbers) {
    if (data.archived || terms.*one.term != 0) continue;
    table.ComplainAbout("term", absl::StrCat("'", one.id, "' is missing"));
  }
}

void ParseWindowTerms(data::Table& table, CatalogueData& data) {
  ParseWindowNumbers(table, data);
  WindowTerms& terms = data.window_terms;
  terms.power_material =
      data.archived ? table.OptionalText("power_material") : table.Text("power_material");
  if (terms.power_material.empty()) return;
  CheckKnown(table, "power_material", {terms.power_material},
             NamesOf(data.materials, &MaterialKind::kind));
}

// The row that any line falls back on: without it a line would have no name for its paper.
void CheckFallback(data::Table& table, const std::vector<Form>& forms) {
  for (FormKind kind : {FormKind::kApplication, FormKind::kCommitment}) {
    const bool found = std::any_of(forms.begin(), forms.end(), [&](const Form& form) {
      return form.kind == kind && form.authority_kinds.empty();
    });
    if (!found)
      table.ComplainAbout("form", absl::StrCat("none of ", ToString(kind), " for any line"));
  }
}

}  // namespace

void ParseWindows(const data::File& file, data::Problems& problems, CatalogueData& data) {
  data::Table table(file.path, file.root, problems);
  ParseWindowTerms(table, data);
  ParseTopics(table, data);
  for (data::Table& row : table.Tables("window")) {
    HelpWindow window{
        row.Text("region"),          row.Text("name"),          row.Text("name_en"),
        row.OptionalText("address"), row.OptionalText("hours"), row.OptionalText("hotline"),
        row.Text("source"),          ReadConfidence(row),       row.OptionalText("id")};
    if (window.id.empty()) window.id = window.region;
    CheckNew(row, "id", window.id, data.windows, &HelpWindow::id);
    CheckHotline(row, "hotline", window.hotline);
    if (!window.region.empty() && !data.regions.IsCurrent(window.region)) {
      row.ComplainAbout("region", absl::StrCat("'", window.region, "' is not a current region"));
    }
    row.Finish();
    data.windows.push_back(std::move(window));
  }
  for (data::Table& row : table.Tables("hotline")) {
    Hotline hotline{row.Text("number"), row.Text("name"), row.Text("name_en"), row.Text("source"),
                    ReadConfidence(row)};
    CheckNew(row, "number", hotline.number, data.hotlines, &Hotline::number);
    CheckHotline(row, "number", hotline.number);
    row.Finish();
    data.hotlines.push_back(std::move(hotline));
  }
  CheckEveryRegion(table, data);
  table.Finish();
}

std::vector<Form> ParseForms(const data::File& file, const CatalogueData& data,
                             data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  std::vector<Form> forms;
  for (data::Table& row : table.Tables("form")) {
    Form form;
    form.kind = row.OneOf("kind", {"APPLICATION", "COMMITMENT"}) == "APPLICATION"
                    ? FormKind::kApplication
                    : FormKind::kCommitment;
    form.material = row.Text("material");
    CheckKnown(row, "material", {form.material}, NamesOf(data.materials, &MaterialKind::kind));
    form.authority_kinds = row.OptionalTexts("authority_kinds");
    CheckKnown(row, "authority_kinds", form.authority_kinds,
               NamesOf(data.authority_kinds, &AuthorityKind::id));
    form.name = row.Text("name");
    form.name_en = row.Text("name_en");
    form.clauses = row.Texts("clauses");
    form.provenance = ReadProvenance(row);
    row.Finish();
    forms.push_back(std::move(form));
  }
  CheckFallback(table, forms);
  table.Finish();
  return forms;
}

}  // namespace xiufu::catalogue
