#include "libs/catalogue/parse_items.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/catalogue/parse_common.h"
#include "libs/catalogue/parse_predicate.h"

namespace xiufu::catalogue {
namespace {

// GB/T 39046-2020, tables 6 and 5.
constexpr size_t kBaseCode = 10;
constexpr size_t kImplementationCode = 24;
constexpr size_t kOneThingCode = 50;

std::string ReadCode(data::Table& row, absl::string_view key, size_t longest) {
  std::string code = row.Text(key);
  const bool plain = std::all_of(code.begin(), code.end(), [](unsigned char c) {
    return absl::ascii_isupper(c) || absl::ascii_isdigit(c);
  });
  if (!plain || code.size() > longest) {
    row.ComplainAbout(key, absl::StrCat("not 1 to ", longest, " of 0-9 and A-Z"));
  }
  return code;
}

OneThing ReadOneThing(data::Table& row) {
  OneThing parent;
  parent.code = ReadCode(row, "code", kOneThingCode);
  parent.name = row.Text("name");
  parent.name_en = row.Text("name_en");
  parent.provisional = row.OptionalBool("provisional", false);
  parent.source = row.Text("source");
  parent.confidence = ReadConfidence(row);
  row.Finish();
  return parent;
}

Item ReadItem(data::Table& row, const CatalogueData& data) {
  Item item;
  item.id = row.Text("id");
  CheckNew(row, "id", item.id, data.items, &Item::id);
  item.matters = ReadMatters(row);
  if (item.matters.empty()) row.Complain("matters: missing");
  item.authority_kinds = row.Texts("authority_kinds");
  CheckKnown(row, "authority_kinds", item.authority_kinds,
             NamesOf(data.authority_kinds, &AuthorityKind::id));
  item.base_code = ReadCode(row, "base_code", kBaseCode);
  CheckNew(row, "base_code", item.base_code, data.items, &Item::base_code);
  item.name = row.Text("name");
  item.name_en = row.Text("name_en");
  item.provisional = row.OptionalBool("provisional", false);
  item.source = row.Text("source");
  item.confidence = ReadConfidence(row);
  row.Finish();
  return item;
}

// Two items for one kind of record of one line: nobody could say which it is.
void CheckOneItemEach(data::Table& row, const Item& item, const std::vector<Item>& before) {
  for (const Item& other : before) {
    const auto shared = [](const auto& some, const auto& others) {
      return std::find_first_of(some.begin(), some.end(), others.begin(), others.end()) !=
             some.end();
    };
    if (shared(item.matters, other.matters) &&
        shared(item.authority_kinds, other.authority_kinds)) {
      row.Complain(absl::StrCat("for a kind of record and a line that ", other.id, " has already"));
    }
  }
}

}  // namespace

void ParseItems(const data::File& file, data::Problems& problems, CatalogueData& data) {
  data::Table table(file.path, file.root, problems);
  std::vector<data::Table> parents = table.Tables("one_thing");
  if (parents.size() > 1) table.ComplainAbout("one_thing", "more than one");
  if (!parents.empty()) data.one_thing = ReadOneThing(parents.front());
  for (data::Table& row : table.Tables("item")) {
    Item item = ReadItem(row, data);
    CheckOneItemEach(row, item, data.items);
    data.items.push_back(std::move(item));
  }
  table.Finish();
}

std::vector<Implementation> ReadImplementations(data::Table& authority) {
  std::vector<Implementation> implementations;
  for (data::Table& row : authority.OptionalTables("implementation")) {
    Implementation each{row.Text("item"), ReadCode(row, "code", kImplementationCode),
                        row.OptionalBool("provisional", false)};
    CheckNew(row, "item", each.item, implementations, &Implementation::item);
    row.Finish();
    implementations.push_back(std::move(each));
  }
  return implementations;
}

}  // namespace xiufu::catalogue
