// The only file of this library that reads files.
#include "absl/strings/str_cat.h"
#include "libs/data/folder.h"
#include "libs/data/table.h"
#include "libs/feed/layout.h"

namespace xiufu::feed {
namespace {

constexpr absl::string_view kCommon = "common";
constexpr absl::string_view kByList = "BY_LIST";
constexpr absl::string_view kNothing = "NONE";

std::set<std::string> Names(const std::vector<std::string>& texts) {
  std::set<std::string> names;
  for (const std::string& text : texts) names.insert(ColumnName(text));
  return names;
}

std::optional<catalogue::MatterKind> ReadMatter(data::Table& table, bool may_be_by_list) {
  const std::string text = table.Text("matter");
  const std::optional<catalogue::MatterKind> matter = catalogue::MatterNamed(text);
  if (!matter && !(may_be_by_list && text == kByList)) {
    table.ComplainAbout("matter", absl::StrCat("'", text, "' is no kind of record"));
  }
  return matter;
}

std::optional<Meaning> ReadMeaning(data::Table& table, absl::string_view key,
                                   absl::string_view text) {
  const std::optional<Meaning> meaning = MeaningNamed(text);
  if (!meaning) table.ComplainAbout(key, absl::StrCat("'", text, "' means nothing"));
  return meaning;
}

void ReadColumn(data::Table& row, Layout& layout) {
  const std::optional<Meaning> meaning = ReadMeaning(row, "meaning", row.Text("meaning"));
  for (const std::string& text : row.Texts("names")) {
    const std::string name = ColumnName(text);
    if (const std::optional<Meaning> other = layout.MeaningOf(name)) {
      row.ComplainAbout("names", absl::StrCat("'", text, "' is ", ToString(*other), " too"));
    }
    if (meaning) layout.columns[static_cast<size_t>(*meaning)].push_back(name);
  }
  row.Finish();
}

StatusWord ReadStatus(data::Table& row) {
  StatusWord status{row.Texts("values"), std::nullopt};
  const std::string reported =
      row.OneOf("reported", {kNothing, "MOVED_OUT", "REVOKED", "ANNULLED", "DISPUTED"});
  for (const Reported::Kind kind : {Reported::Kind::kMovedOut, Reported::Kind::kRevoked,
                                    Reported::Kind::kAnnulled, Reported::Kind::kDisputed}) {
    if (ToString(kind) == reported) status.reported = kind;
  }
  row.Finish();
  return status;
}

}  // namespace

class BookParser {
 public:
  explicit BookParser(data::Problems& problems) : problems_(problems) {}

  LayoutBook::Data Parse(const std::vector<data::File>& files, absl::string_view dir) {
    if (const data::File* common = data::RequireFile(files, dir, kCommon, problems_)) {
      ParseCommon(*common);
    }
    for (const data::File& file : files) {
      if (file.stem != kCommon) ParseLayout(file);
    }
    return std::move(data_);
  }

  static LayoutBook Book(LayoutBook::Data data) {
    return LayoutBook(std::make_shared<const LayoutBook::Data>(std::move(data)));
  }

 private:
  void ParseCommon(const data::File& file) {
    data::Table table(file.path, file.root, problems_);
    data_.natural_persons = table.Texts("natural_persons");
    data_.personal = Names(table.Texts("personal"));
    for (data::Table& row : table.Tables("column")) ReadColumn(row, common_);
    for (data::Table& row : table.Tables("procedure")) {
      data_.procedures.push_back({row.Text("name"), row.Texts("words")});
      row.Finish();
    }
    for (data::Table& row : table.Tables("list")) {
      ListRule rule;
      rule.matter = ReadMatter(row, false).value_or(rule.matter);
      rule.words = row.OptionalTexts("words");
      rule.authority_kinds = row.OptionalTexts("authority_kinds");
      rule.subject_prefixes = row.OptionalTexts("subject_prefixes");
      rule.name = row.OptionalText("name");
      row.Finish();
      data_.lists.push_back(std::move(rule));
    }
    const bool ends = !data_.lists.empty() && LastFitsAll(data_.lists.back());
    if (!ends) table.Complain("list: the last one fits everything, so that every entry has a kind");
    table.Finish();
  }

  static bool LastFitsAll(const ListRule& rule) {
    return rule.words.empty() && rule.authority_kinds.empty() && rule.subject_prefixes.empty();
  }

  void ParseLayout(const data::File& file) {
    data::Table table(file.path, file.root, problems_);
    Layout layout;
    layout.columns = common_.columns;
    layout.id = table.Text("id");
    for (const Layout& other : data_.layouts) {
      if (other.id == layout.id) table.ComplainAbout("id", absl::StrCat("'", layout.id, "' twice"));
    }
    layout.name = table.Text("name");
    layout.name_en = table.Text("name_en");
    table.Text("source");
    table.OneOf("confidence", {"T", "S", "F", "M", "I", "C"});
    layout.matter = ReadMatter(table, true);
    layout.list = table.OptionalText("list");
    layout.marks = Names(table.Texts("marks"));
    layout.person_if_filled = Names(table.OptionalTexts("person_if_filled"));
    for (data::Table& row : table.Tables("column")) ReadColumn(row, layout);
    for (const std::string& text : table.Texts("required")) {
      const std::optional<Meaning> meaning = ReadMeaning(table, "required", text);
      if (!meaning) continue;
      if (layout.NameOf(*meaning).empty()) {
        table.ComplainAbout("required", absl::StrCat("no column is ", text));
      }
      layout.required.push_back(*meaning);
    }
    for (data::Table& row : table.OptionalTables("status")) {
      layout.statuses.push_back(ReadStatus(row));
    }
    table.Finish();
    data_.layouts.push_back(std::move(layout));
  }

  data::Problems& problems_;
  LayoutBook::Data data_;
  Layout common_;  // its columns are in every layout
};

absl::StatusOr<LayoutBook> LayoutBook::Load(absl::string_view dir) {
  data::Problems problems;
  const std::vector<data::File> files = data::ReadFolder(dir, problems);
  Data data = BookParser(problems).Parse(files, dir);
  if (absl::Status status = problems.ToStatus(); !status.ok()) return status;
  return BookParser::Book(std::move(data));
}

}  // namespace xiufu::feed
