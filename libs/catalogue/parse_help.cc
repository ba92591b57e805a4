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
  for (data::Table& row : table.Tables("window")) {
    HelpWindow window{row.Text("region"),        row.Text("name"),
                      row.Text("name_en"),       row.OptionalText("address"),
                      row.OptionalText("hours"), row.OptionalText("hotline"),
                      row.Text("source"),        ReadConfidence(row)};
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
