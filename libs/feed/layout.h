#pragma once

#include <array>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/catalogue/facts.h"
#include "libs/feed/meaning.h"
#include "libs/feed/record_content.h"

namespace xiufu::feed {

// What a code or word in the status column says; nothing: the record stands.
struct StatusWord {
  std::vector<std::string> values;
  std::optional<Reported::Kind> reported;
};

// One layout of a feed. Names of columns are in upper case.
struct Layout {
  std::string id;  // "SGS-PENALTY-2018"
  std::string name;
  std::string name_en;
  std::optional<catalogue::MatterKind> matter;  // nothing: the name of the list tells
  std::string list;                             // what the list is called where rows do not say
  std::set<std::string> marks;                  // any of these columns may make it this layout
  std::vector<Meaning> required;
  std::array<std::vector<std::string>, kMeaningCount> columns;  // the preferred name first
  std::set<std::string> person_if_filled;  // columns that only natural persons have
  std::vector<StatusWord> statuses;

  // By every name.
  std::optional<Meaning> MeaningOf(absl::string_view column) const;
  // The name that complaints use where a file has no such column.
  const std::string& NameOf(Meaning meaning) const;
};

// Which kind of record an entry of a list is.
struct ListRule {
  catalogue::MatterKind matter = catalogue::MatterKind::kSeriousList;
  std::vector<std::string> words;             // all of them stand in the list's name
  std::vector<std::string> authority_kinds;   // empty: any
  std::vector<std::string> subject_prefixes;  // empty: any
  std::string name;                           // where the row does not name the list
};

struct ProcedureWord {
  std::string name;
  std::vector<std::string> words;
};

// deploy/feeds, checked. Immutable, cheap to copy.
class LayoutBook {
 public:
  // INVALID_ARGUMENT lists everything wrong at once, each line with file:line.
  static absl::StatusOr<LayoutBook> Load(absl::string_view dir);

  const std::vector<Layout>& layouts() const { return data_->layouts; }
  // Pointers stay valid as long as any copy of the book lives; nullptr when unknown.
  const Layout* Find(absl::string_view id) const;
  // The layout of a file with these columns: of those that one of them marks, the one that knows
  // most of them. nullptr when none does.
  const Layout* Recognise(const std::vector<std::string>& columns) const;

  bool IsPersonal(const std::string& column) const { return data_->personal.contains(column); }
  bool IsNaturalPerson(absl::string_view subject_kind) const;
  // The rule for an entry; nullptr when none fits.
  const ListRule* RuleFor(absl::string_view list, absl::string_view authority_kind,
                          absl::string_view subject_uscc) const;
  // "简易" of "简易程序"; the text itself when no word is known.
  std::string ProcedureOf(absl::string_view text) const;

 private:
  friend class BookParser;
  struct Data {
    std::vector<Layout> layouts;
    std::set<std::string> personal;
    std::vector<std::string> natural_persons;
    std::vector<ListRule> lists;
    std::vector<ProcedureWord> procedures;
  };
  explicit LayoutBook(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  std::shared_ptr<const Data> data_;
};

// As columns are compared: without blanks around them, ASCII letters in upper case.
std::string ColumnName(absl::string_view text);

}  // namespace xiufu::feed
