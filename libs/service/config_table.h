#pragma once

#include <toml++/toml.h>

#include <deque>
#include <set>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace xiufu::service {

// Everything that is wrong with one file, by line.
struct ConfigMistakes {
  std::string path;
  std::set<std::pair<int, std::string>> found;

  void Add(int line, absl::string_view what);
  // INVALID_ARGUMENT with all of them, one a line; OK when there are none.
  absl::Status AsStatus() const;
};

// One table of a TOML file, and which of its keys were asked for.
struct ConfigTable {
  ConfigMistakes* mistakes = nullptr;
  std::string name;                    // dotted, as a person would look for it
  const toml::table* table = nullptr;  // null: the file has none of this name
  std::set<std::string> asked;

  const toml::node* Find(absl::string_view key);
  void Wrong(const toml::node& node, absl::string_view key, absl::string_view what) const;
  // A missing table is told once, not once per key.
  void Missing(absl::string_view key) const;
  // Keys that nobody asked for are slips of the pen, most likely: names the nearest one that is
  // known.
  void TellUnknown() const;
};

// The tables of a file that were asked for; pointers into it stay.
using ConfigTables = std::deque<ConfigTable>;
// The one for `table` (or for a missing one of this name), so that all who ask share what is known
// of it.
ConfigTable* FindOrAdd(ConfigTables* tables, ConfigTable table);

// INVALID_ARGUMENT as file:line: what the parser says; NOT_FOUND and the like when the file cannot
// be read.
absl::StatusOr<toml::table> ParseToml(const std::string& path);

// True for "host:port" with a port from 1 to 65535.
bool IsHostAndPort(absl::string_view text);

}  // namespace xiufu::service
