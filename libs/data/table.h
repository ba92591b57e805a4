#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "libs/data/node.h"
#include "libs/data/problems.h"

namespace xiufu::data {

// Reads one table of a data file key by key. Every mistake goes to the problems with file:line and
// reading goes on with an empty value. Finish() complains about keys that nobody asked for. Views
// `node` and `problems`.
class Table {
 public:
  Table(std::string file, const Node& node, Problems& problems);

  std::string Text(absl::string_view key);  // required, not empty
  std::string OptionalText(absl::string_view key);
  // Required, one of `allowed`; the first of them when it is not.
  std::string OneOf(absl::string_view key, absl::Span<const absl::string_view> allowed);
  int64_t Integer(absl::string_view key, int64_t low, int64_t high);
  std::optional<int64_t> OptionalInteger(absl::string_view key, int64_t low, int64_t high);
  bool OptionalBool(absl::string_view key, bool fallback);
  std::optional<bool> OptionalTruth(absl::string_view key);
  absl::CivilDay Day(absl::string_view key);
  std::optional<absl::CivilDay> OptionalDay(absl::string_view key);
  std::vector<std::string> OptionalTexts(absl::string_view key);  // no empty strings
  std::vector<std::string> Texts(absl::string_view key);          // at least one
  std::vector<absl::CivilDay> OptionalDays(absl::string_view key);
  std::vector<Table> OptionalTables(absl::string_view key);  // [[key]]
  std::vector<Table> Tables(absl::string_view key);          // at least one
  // Every key of this table, for tables whose keys are data ([messages.CASE_OPENED]). Counts as
  // asked for.
  std::vector<std::pair<std::string, Table>> Entries();

  void Finish();
  // A complaint of the caller's about this table, or about one of its keys.
  void Complain(absl::string_view what);
  void ComplainAbout(absl::string_view key, absl::string_view what);
  int line() const { return line_; }
  int LineOf(absl::string_view key) const;  // this table's where there is no such key
  const std::string& file() const { return file_; }

 private:
  const Node* Find(absl::string_view key);
  const Node* Require(absl::string_view key);
  // The value as a T; complains and gives nullptr when it is another type.
  template <typename T>
  const T* As(absl::string_view key, const Node* node, absl::string_view wanted);
  void CheckRange(absl::string_view key, const Node& node, int64_t value, int64_t low,
                  int64_t high);

  std::string file_;
  const Node::Fields* fields_;
  Problems* problems_;
  int line_;
  std::set<std::string> asked_;
};

}  // namespace xiufu::data
